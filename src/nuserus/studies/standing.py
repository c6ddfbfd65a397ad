"""What taking part in a study gives to stand on, as SQL of `foundation.asking.standing`.

The group of a study is its own id: who takes part reads its plan. Each circle (team, committee, working
group) is a group too. The mission of a study, its own id again, is held by who conducts it. The mission
of one of its places is held by who may read what is collected there: never by a colleague of that place.
"""

from __future__ import annotations

from nuserus.studies.enums import COLLEAGUE, CONDUCTING

_MINE = "FROM studies_participation WHERE account_id = nuserus_user() AND state = 'accepted'"
_NAMES = ", ".join(f"'{part.value}'" for part in CONDUCTING)

# Told as "study_lead:<study>", which no role of the site is called.
PARTS = f"SELECT part || ':' || study_id {_MINE}"
GROUPS = (f"SELECT study_id {_MINE}", f"SELECT group_id {_MINE}")
CONDUCTED = f"SELECT study_id {_MINE} AND part IN ({_NAMES})"
MATERIALS = "SELECT * FROM studies_materials()"
# Told as "colleague:<place>": what was collected there is closed to them, whoever collected it.
COLLEAGUES = f"SELECT '{COLLEAGUE}:' || unnest(studies_closed())"

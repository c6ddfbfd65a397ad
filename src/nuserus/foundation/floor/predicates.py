"""The two predicates of the floor, as SQL text: who may read a row, who may write it.

They compare the scope columns of the row with what the transaction was told. Each value is read in
a scalar sub-select, which PostgreSQL evaluates once per statement (an InitPlan), not once per row.
Each sub-select is planned again for every table of every statement, which is what the floor costs a
short one (`bench/README.md`): hence one for all the levels that are open to the person as such, and
one for institutions and groups together, whose ids no two share.
The terms of `foundation.policy` say the same in Python; the matrix of access asks both.
"""

from __future__ import annotations

SCOPE_COLUMNS = (
    "scope_level",
    "scope_institution",
    "scope_group",
    "scope_author",
    "scope_mission",
)

_ASKED = "(SELECT nuserus_asked())"
_USER = "(SELECT nuserus_user())"


def _among(column: str, kind: str) -> str:
    return f"{column} = ANY ((SELECT nuserus_ids('{kind}'))::uuid[])"


def read_predicate(row: str = "") -> str:
    """SQL that is true where the person who asks may read the row.

    `row` is the alias of the table, if any. Nobody said who is asking: no level is open, the user is
    unknown and the lists are empty, so it is never true.
    """
    at = f"{row}." if row else ""
    return (
        f"({at}scope_level = ANY ((SELECT nuserus_levels())::text[])"
        f" OR {at}scope_author = {_USER}"
        f" OR CASE {at}scope_level WHEN 'institution' THEN {at}scope_institution"
        f" WHEN 'group' THEN {at}scope_group END = ANY ((SELECT nuserus_places())::uuid[])"
        f" OR {_among(f'{at}scope_mission', 'missions')})"
    )


def write_predicate(row: str = "") -> str:
    """SQL that is true where the person who asks may insert, change or delete the row.

    Its author, those named on its mission, the referent of its institution, and the group it
    belongs to when it is at that level. What may be done is for the terms above to say.
    """
    at = f"{row}." if row else ""
    return (
        f"{_ASKED} AND {_USER} IS NOT NULL AND ("
        f"{at}scope_author = {_USER}"
        f" OR {_among(f'{at}scope_mission', 'missions')}"
        f" OR {_among(f'{at}scope_institution', 'managed')}"
        f" OR ({at}scope_level = 'group' AND {_among(f'{at}scope_group', 'groups')}))"
    )

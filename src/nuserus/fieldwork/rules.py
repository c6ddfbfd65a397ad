"""Who may do what with what is collected on the field.

A visit and an observation are read by who wrote them and by those on the mission of the place, which the
database gives to no colleague of that place; who comes to work there reads no more what they saw and heard.
An observation in the making is its author's alone. One that was taken up from a fiche is read by who is on the
mission of the place *and* named to read the fiche. The
field journal is its author's, and nobody else's, ever. What was said at a restitution goes back to the
working group of the place and to who conducts the study.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Rule, ScopedRow, Term, author, in_group, on_mission, readable
from nuserus.studies.rules import collected


class _OnPlace(Term):
    """The person is on the mission of the place of the row, found at the end of `path`."""

    def __init__(self, path: str) -> None:
        self.path = path

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        found: Any = row
        for name in self.path.split("__"):
            found = getattr(found, name)
        return found in asking.missions

    def as_q(self, asking: Asking) -> Q:
        return Q(**{f"{self.path}__in": asking.missions})

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return _("Vous êtes l’une des personnes nommées pour ce lieu.")


_at_place = _OnPlace("place_id")
_at_its_place = _OnPlace("observation__place_id")

can_read_visit = Rule("fieldwork.Visit", "read", author | on_mission)
can_plan_visit = Rule("fieldwork.Visit", "add", on_mission)
can_change_visit = Rule("fieldwork.Visit", "change", on_mission)
can_read_visitor = Rule("fieldwork.Visitor", "read", author | on_mission)
can_name_visitor = Rule("fieldwork.Visitor", "add", on_mission)

can_read_observation = Rule("fieldwork.Observation", "read", collected | (on_mission & _at_place))
can_add_observation = Rule("fieldwork.Observation", "add", author & _at_place)
can_change_observation = Rule("fieldwork.Observation", "change", author & _at_place)
can_read_saying = Rule("fieldwork.Saying", "read", collected | (on_mission & _at_its_place))
can_write_saying = Rule("fieldwork.Saying", "add", author & _at_its_place)
can_read_presence = Rule("fieldwork.Presence", "read", collected | (on_mission & _at_its_place))
can_note_presence = Rule("fieldwork.Presence", "add", author & _at_its_place)

can_read_entry = Rule("fieldwork.JournalEntry", "read", author)
can_write_entry = Rule("fieldwork.JournalEntry", "add", author)
can_change_entry = Rule("fieldwork.JournalEntry", "change", author)
can_read_mention = Rule("fieldwork.JournalMention", "read", author)
can_write_mention = Rule("fieldwork.JournalMention", "add", author)

can_read_restitution = Rule("fieldwork.RestitutionMeeting", "read", in_group | on_mission)
can_write_restitution = Rule("fieldwork.RestitutionMeeting", "add", on_mission)
can_change_restitution = Rule("fieldwork.RestitutionMeeting", "change", on_mission)
can_read_theme = Rule("fieldwork.RestitutionTheme", "read", in_group | on_mission)
can_write_theme = Rule("fieldwork.RestitutionTheme", "add", on_mission)

# The guides of a study are read by all who take part in it; what was listened to, by nobody but the mission
# of the place and who planned it.
can_read_guide = Rule("fieldwork.Guide", "read", readable)
can_write_guide = Rule("fieldwork.Guide", "add", on_mission)
can_change_guide = Rule("fieldwork.Guide", "change", on_mission)
can_read_guide_version = Rule("fieldwork.GuideVersion", "read", readable)
can_add_guide_version = Rule("fieldwork.GuideVersion", "add", on_mission)

can_read_interview = Rule("fieldwork.Interview", "read", collected | on_mission)
can_plan_interview = Rule("fieldwork.Interview", "add", on_mission)
can_change_interview = Rule("fieldwork.Interview", "change", on_mission)
can_drop_interview = Rule("fieldwork.Interview", "delete", on_mission)
can_read_listened = Rule("fieldwork.InterviewParticipant", "read", collected | on_mission)
can_name_listened = Rule("fieldwork.InterviewParticipant", "add", on_mission)
can_read_draft_turn = Rule("fieldwork.DraftTurn", "read", collected | on_mission)
can_write_draft_turn = Rule("fieldwork.DraftTurn", "add", on_mission)
can_read_recording = Rule("fieldwork.Recording", "read", collected | on_mission)
can_add_recording = Rule("fieldwork.Recording", "add", on_mission)
can_change_recording = Rule("fieldwork.Recording", "change", on_mission)
can_read_piece = Rule("fieldwork.RecordingPiece", "read", collected | on_mission)
can_add_piece = Rule("fieldwork.RecordingPiece", "add", on_mission)

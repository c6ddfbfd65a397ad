"""Who may do what in a study.

Everybody who takes part reads its plan, calendar, decisions and bibliography (`in_group`, the group of
the study); a circle reads what is its own (`in_group`, the group of the circle). Who conducts it is on
its mission (`on_mission`). Parts are told in the roles as "study_lead:<study>".

For the apps above: what is collected in a place carries `scope_mission = StudyPlace.id` and the level
`restricted`. The database gives that mission to leads, researchers and practitioner-researchers of the
study, and to none of them for a place where they work or ever worked, or sit in the working group: a
practitioner-researcher never reads colleagues' interviews. What somebody collected is their own
(`scope_author`) besides, until they come to work there (`collected`).
"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Rule, ScopedRow, Term, author, has_role, in_group, manages_institution, on_mission
from nuserus.studies.enums import COLLEAGUE, Part


def part_in(asking: Asking, study_id: UUID, *parts: Part) -> bool:
    """Whether the person has one of these parts in this study."""
    return any(f"{part.value}:{study_id}" in asking.roles for part in parts)


def studies_with_part(asking: Asking, *parts: Part) -> list[UUID]:
    """The studies in which the person has one of these parts."""
    names = {part.value for part in parts}
    told = (role.partition(":") for role in asking.roles)
    return [UUID(study) for name, _colon, study in told if study and name in names]


class _HasPart(Term):
    """The person has one of these parts in the study of the row (`key`: the attribute that names it)."""

    def __init__(self, *parts: Part, key: str = "study_id") -> None:
        self.parts = parts
        self.key = key

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return part_in(asking, getattr(row, self.key), *self.parts)

    def as_q(self, asking: Asking) -> Q:
        return Q(**{f"{self.key}__in": studies_with_part(asking, *self.parts)})

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return _("Vous avez cette responsabilité dans l’étude.")


class _NoColleague(Term):
    """The person neither works nor worked in the place whose mission the row has, nor sits in its working group."""

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return f"{COLLEAGUE}:{row.scope_mission}" not in asking.roles

    def as_q(self, asking: Asking) -> Q:
        told = (role.partition(":") for role in asking.roles)
        closed = [UUID(place) for name, _colon, place in told if place and name == COLLEAGUE]
        return Q(scope_mission=None) | ~Q(scope_mission__in=closed)

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return ""


# Who collected something reads it, until they come to work where it was collected; the database says so too.
collected = author & _NoColleague()
leads_study = _HasPart(Part.LEAD)
takes_part = in_group | on_mission
_in_team = _HasPart(Part.LEAD, Part.RESEARCHER, Part.PRACTITIONER, Part.FACILITATOR)

can_read_study = Rule("studies.Study", "read", takes_part)
can_open_study = Rule("studies.Study", "add", has_role("study_lead"))
can_change_study = Rule("studies.Study", "change", _HasPart(Part.LEAD, key="pk"))
can_conduct_study = Rule("studies.Study", "conduct", on_mission)

can_read_retention = Rule("studies.RetentionRule", "read", takes_part)
can_change_retention = Rule("studies.RetentionRule", "change", leads_study)
can_read_phase = Rule("studies.Phase", "read", takes_part)
can_change_phase = Rule("studies.Phase", "change", on_mission)
can_read_step = Rule("studies.Step", "read", takes_part)
can_change_step = Rule("studies.Step", "change", on_mission)
can_read_cycle_note = Rule("studies.CycleNote", "read", takes_part)
can_write_cycle_note = Rule("studies.CycleNote", "add", on_mission | _in_team)

# The referent of a place reads to which study it is invited, and answers for it.
can_read_place = Rule("studies.StudyPlace", "read", takes_part | manages_institution)
can_invite_place = Rule("studies.StudyPlace", "add", leads_study)
can_change_place = Rule("studies.StudyPlace", "change", leads_study)
can_answer_place = Rule("studies.StudyPlace", "answer", manages_institution)
can_read_circle = Rule("studies.StudyGroup", "read", takes_part)
can_change_circle = Rule("studies.StudyGroup", "change", leads_study)
# One's own seat, those of one's circle, and all of them for who conducts the study.
can_read_seat = Rule("studies.Participation", "read", author | takes_part)
can_name_seat = Rule("studies.Participation", "add", leads_study)
can_change_seat = Rule("studies.Participation", "change", leads_study)
can_answer_seat = Rule("studies.Participation", "answer", author)

can_read_event = Rule("studies.CalendarEvent", "read", takes_part)
can_change_event = Rule("studies.CalendarEvent", "change", on_mission)
can_read_coming = Rule("studies.EventAnswer", "read", author | on_mission)
can_say_coming = Rule("studies.EventAnswer", "add", author)
can_read_feed = Rule("studies.CalendarFeed", "read", author)
can_change_feed = Rule("studies.CalendarFeed", "change", author)

can_read_decision = Rule("studies.Decision", "read", takes_part)
can_record_decision = Rule("studies.Decision", "add", on_mission)

can_read_agreement = Rule("studies.TrainingAgreement", "read", takes_part)
can_change_agreement = Rule("studies.TrainingAgreement", "change", on_mission)
can_read_session = Rule("studies.TrainingSession", "read", takes_part)
can_change_session = Rule("studies.TrainingSession", "change", on_mission)
can_read_attendance = Rule("studies.Attendance", "read", author | on_mission)
can_record_attendance = Rule("studies.Attendance", "add", on_mission)
can_read_certificate = Rule("studies.Certificate", "read", author | on_mission)
can_issue_certificate = Rule("studies.Certificate", "add", on_mission)
# Told to nobody: the team reads counts only, from five answers on.
can_read_self_evaluation = Rule("studies.SelfEvaluation", "read", author)
can_fill_self_evaluation = Rule("studies.SelfEvaluation", "change", author)

can_read_effect = Rule("studies.Effect", "read", takes_part)
can_write_effect = Rule("studies.Effect", "add", takes_part)
can_change_effect = Rule("studies.Effect", "change", on_mission)
can_read_reference = Rule("studies.Reference", "read", takes_part)
can_add_reference = Rule("studies.Reference", "add", takes_part)
can_change_reference = Rule("studies.Reference", "change", on_mission | _in_team)

# Known by who wrote them down and by those on the mission of the place: the floor gives it to no colleague of theirs.
can_read_participant = Rule("studies.Participant", "read", collected | on_mission)
can_add_participant = Rule("studies.Participant", "add", on_mission)
can_change_participant = Rule("studies.Participant", "change", on_mission)

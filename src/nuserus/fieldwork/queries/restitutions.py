"""Restitution meetings, for the working group of the place and who conducts the study."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch, QuerySet

from nuserus.fieldwork.models import RestitutionMeeting, RestitutionTheme
from nuserus.fieldwork.rules import can_read_restitution, can_read_theme, can_write_restitution
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Study, StudyPlace


def restitutions_of(asking: Asking, study: Study) -> QuerySet[RestitutionMeeting]:
    """Those of a study that the person may read, the last one first."""
    themes = can_read_theme.filter(RestitutionTheme.objects.order_by("position"), asking)
    rows = RestitutionMeeting.objects.select_related("study", "place__institution").filter(study=study)
    return can_read_restitution.filter(rows, asking).prefetch_related(Prefetch("themes", queryset=themes))


def restitution_for(asking: Asking, meeting_id: UUID) -> RestitutionMeeting:
    """One, with its themes. Raises Unreadable."""
    themes = can_read_theme.filter(RestitutionTheme.objects.order_by("position"), asking)
    rows = RestitutionMeeting.objects.select_related("study", "place__institution", "event")
    found = (
        can_read_restitution.filter(rows, asking)
        .filter(pk=meeting_id)
        .prefetch_related(Prefetch("themes", queryset=themes))
        .first()
    )
    if found is None:
        raise Unreadable
    return found


def may_give_back(asking: Asking, place: StudyPlace) -> bool:
    """Whether the person writes down restitutions of this place."""
    return can_write_restitution.allows(asking, RestitutionMeeting(place=place, scope_mission=place.study_id))

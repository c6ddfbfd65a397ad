"""Visits as the person may know them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from nuserus.fieldwork.enums import VisitState
from nuserus.fieldwork.models import Observation, Visit, Visitor
from nuserus.fieldwork.rules import can_read_observation, can_read_visit, can_read_visitor
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import EventKind
from nuserus.studies.models import CalendarEvent, StudyPlace
from nuserus.studies.rules import can_read_event


def visits_visible_to(asking: Asking) -> QuerySet[Visit]:
    """Those of the places of the person, with who goes."""
    goes = can_read_visitor.filter(Visitor.objects.select_related("account").order_by("account__display_name"), asking)
    rows = Visit.objects.select_related("study", "place__institution", "event")
    return can_read_visit.filter(rows, asking).prefetch_related(Prefetch("visitors", queryset=goes))


def visit_for(asking: Asking, visit_id: UUID) -> Visit:
    """One visit. Raises Unreadable."""
    found = visits_visible_to(asking).filter(pk=visit_id).first()
    if found is None:
        raise Unreadable
    return found


def coming_visits(asking: Asking) -> QuerySet[Visit]:
    """Those that are planned and not over, the next one first."""
    return visits_visible_to(asking).filter(state=VisitState.PLANNED, ends_at__gte=timezone.now()).order_by("starts_at")


def visits_to_close(asking: Asking) -> QuerySet[Visit]:
    """Those that are over and of which nobody said whether they were made."""
    return visits_visible_to(asking).filter(state=VisitState.PLANNED, ends_at__lt=timezone.now()).order_by("starts_at")


def past_visits(asking: Asking) -> QuerySet[Visit]:
    """Those that were made or cancelled, the last one first, with how many observations one may read of each."""
    rows = visits_visible_to(asking).exclude(state=VisitState.PLANNED)
    readable = Q(observations__in=can_read_observation.filter(Observation.objects.order_by(), asking).values("pk"))
    return rows.annotate(observed=Count("observations", filter=readable)).order_by("-starts_at", "-pk")


def visits_of_place(asking: Asking, place: StudyPlace) -> QuerySet[Visit]:
    """All of one place, the last one first."""
    return visits_visible_to(asking).filter(place=place).order_by("-starts_at", "-pk")


def events_for(asking: Asking, place: StudyPlace) -> QuerySet[CalendarEvent]:
    """Dates of the calendar that a visit of this place may be: not cancelled, not said to be elsewhere."""
    rows = CalendarEvent.objects.filter(study=place.study_id, cancelled_at=None)
    rows = rows.filter(Q(at_place=place) | Q(at_place=None, kind=EventKind.VISIT))
    return can_read_event.filter(rows, asking).order_by("-starts_at")


def announced_for(asking: Asking, place: StudyPlace) -> QuerySet[CalendarEvent]:
    """Visits to come of this place that the calendar announces and nobody planned, the next one first."""
    rows = events_for(asking, place).filter(at_place=place, kind=EventKind.VISIT, ends_at__gte=timezone.now())
    return rows.exclude(
        pk__in=can_read_visit.filter(Visit.objects.order_by(), asking)
        .filter(place=place, event__isnull=False)
        .values("event")
    ).order_by("starts_at")


def visits_around(asking: Asking, study_id: UUID, moment: datetime) -> list[Visit]:
    """The visits of a study that were not cancelled, the nearest to a moment first."""
    rows = visits_visible_to(asking).filter(study=study_id, place__in=asking.missions)
    found = list(rows.exclude(state=VisitState.CANCELLED))
    return sorted(found, key=lambda one: (abs((one.starts_at - moment).total_seconds()), str(one.pk)))

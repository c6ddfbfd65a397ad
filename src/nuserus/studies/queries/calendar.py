"""Dates of studies, and the same as iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.enums import Coming
from nuserus.studies.models import CalendarEvent, CalendarFeed, EventAnswer, Study
from nuserus.studies.queries.circles import hashed
from nuserus.studies.rules import can_read_coming, can_read_event, can_read_feed

# What a calendar shows of the past, and at most how much of it all.
_PAST = timedelta(days=400)
MAX_IN_A_FEED = 1000


def events_of(asking: Asking, study: Study) -> QuerySet[CalendarEvent]:
    """The dates of a study that the person may read, soonest first."""
    rows = CalendarEvent.objects.filter(study=study)
    return can_read_event.filter(rows, asking).select_related(
        "study", "group__place__institution", "at_place__institution"
    )


def events_ahead(asking: Asking) -> QuerySet[CalendarEvent]:
    """The dates to come of all the studies in which the person takes part."""
    rows = CalendarEvent.objects.filter(ends_at__gte=timezone.now(), cancelled_at=None)
    return can_read_event.filter(rows, asking).select_related("study", "at_place__institution").order_by("starts_at")


def readable_event(asking: Asking, event_id: UUID) -> CalendarEvent:
    """A date. Raises Unreadable."""
    rows = CalendarEvent.objects.select_related("study", "group__place__institution", "at_place__institution", "step")
    found = rows.filter(pk=event_id).first()
    if found is None:
        raise Unreadable
    can_read_event.require(asking, found)
    return found


def own_answer(asking: Asking, event: CalendarEvent) -> str:
    """What the person answered; "" as long as they have not."""
    mine = EventAnswer.objects.filter(event=event, account=asking.user_id).first()
    return mine.coming if mine else ""


def answers_to(asking: Asking, event: CalendarEvent) -> dict[Coming, int]:
    """How many answered what, for who conducts the study; others read their own."""
    rows = can_read_coming.filter(EventAnswer.objects.filter(event=event), asking)
    counted = dict(rows.order_by().values_list("coming").annotate(Count("pk")))
    return {coming: counted.get(coming, 0) for coming in Coming}


def who_answered(asking: Asking, event: CalendarEvent) -> QuerySet[EventAnswer]:
    """Who answered what, for who conducts the study."""
    rows = can_read_coming.filter(EventAnswer.objects.filter(event=event), asking)
    return rows.select_related("account").order_by("coming", "answered_at")


def has_feed(asking: Asking) -> bool:
    """Whether a secret address answers for the person."""
    return can_read_feed.filter(CalendarFeed.objects.filter(account=asking.user_id), asking).exists()


def feed_owner(secret: str) -> UUID | None:
    """Whose calendar a secret address is; None when it is nobody's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT studies_feed(%s)", [hashed(secret)])
        (found,) = cursor.fetchone()
    return UUID(str(found)) if found else None


def feed_of(asking: Asking) -> bytes:
    """The calendar of all the studies of the person."""
    rows = can_read_event.filter(CalendarEvent.objects.filter(ends_at__gte=timezone.now() - _PAST), asking)
    shown = rows.select_related("study", "at_place__institution").order_by("starts_at")[:MAX_IN_A_FEED]
    return as_calendar(shown, name=_("Mes études · nuserus"))


def as_calendar(events: Iterable[CalendarEvent], *, name: str, site: str = "") -> bytes:
    """These dates as a text/calendar file; `site` makes the links, when it is known."""
    calendar = Calendar()
    calendar.add("prodid", "-//nuserus//etudes//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for one in events:
        calendar.add_component(_event(one, site))
    made: bytes = calendar.to_ical()
    return made


def _event(one: CalendarEvent, site: str) -> Event:
    event = Event()
    event.add("uid", f"{one.pk}@nuserus")
    event.add("dtstamp", one.changed_at.astimezone(UTC))
    event.add("last-modified", one.changed_at.astimezone(UTC))
    event.add("dtstart", one.starts_at.astimezone(UTC))
    event.add("dtend", one.ends_at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("status", "CANCELLED" if one.cancelled_at else "CONFIRMED")
    event.add("summary", one.title)
    where = ", ".join(part for part in (one.where, one.at_place.institution.name if one.at_place else "") if part)
    if where:
        event.add("location", where)
    event.add("description", "\n".join(part for part in (one.study.title, one.notes) if part))
    if site:
        event.add("url", f"{site}/etudes/dates/{one.pk}/")
    return event

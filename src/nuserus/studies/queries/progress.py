"""Where a study is: numbers, and a line of time with its table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.studies.enums import PlaceState
from nuserus.studies.figures import Bar, bar_of, percent_of, said_days, said_minutes
from nuserus.studies.models import Effect, Reference, Step, Study
from nuserus.studies.queries.calendar import events_of
from nuserus.studies.queries.circles import headcounts, places_of
from nuserus.studies.queries.participants import consented
from nuserus.studies.queries.plan import decisions_of, planned_days, steps_of
from nuserus.studies.registry import Figure, registered_figures, small_cell
from nuserus.studies.rules import can_read_effect, can_read_reference


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A step on the line of time, with its place on the drawing."""

    step: Step
    bar: Bar
    y: int
    state: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing: its lines, its height, where today is, and the months below."""

    lines: list[TimeLine]
    height: int
    today: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Progress:
    """What the page of progress says."""

    figures: list[Figure]
    done: int
    steps: int
    percent: int
    timeline: Timeline | None
    undated: list[Step]


_ROW = 44


def progress_of(asking: Asking, study: Study) -> Progress:
    """Numbers that the person may read, and the line of time of the steps that have dates."""
    steps = steps_of(asking, study)
    done = sum(step.done_on is not None for step in steps)
    return Progress(
        figures=_figures(asking, study, steps) + registered_figures(asking, study),
        done=done,
        steps=len(steps),
        percent=percent_of(done, len(steps)),
        timeline=_timeline(steps),
        undated=[step for step in steps if step.starts_on is None],
    )


def _figures(asking: Asking, study: Study, steps: list[Step]) -> list[Figure]:
    places = list(places_of(asking, study))
    accepted = [place for place in places if place.state == PlaceState.ACCEPTED]
    counts = headcounts(study).values()
    events = list(events_of(asking, study).filter(cancelled_at=None))
    held = [event for event in events if event.ends_at < timezone.now()]
    effects = can_read_effect.filter(Effect.objects.filter(study=study), asking).count()
    references = can_read_reference.filter(Reference.objects.filter(study=study), asking).count()
    taking_part = sum(place.state != PlaceState.DECLINED for place in places)
    lines = [
        Figure(_("étapes faites"), str(sum(step.done_on is not None for step in steps)), str(len(steps))),
        Figure(_("jours prévus, tous établissements"), said_days(planned_days(steps, taking_part)) or "0"),
        Figure(_("établissements qui ont accepté"), str(len(accepted)), str(len(places))),
        Figure(
            _("personnes dans les groupes"), str(sum(one.seated for one in counts)), str(sum(o.seats for o in counts))
        ),
        Figure(_("métiers représentés"), str(len({trade for one in counts for trade in one.trades}))),
        Figure(_("rendez-vous tenus"), str(len(held)), str(len(events))),
        Figure(_("décisions notées"), str(decisions_of(asking, study).count())),
        *_trained(study),
        *consented(study),
        Figure(_("effets notés"), str(effects)),
        Figure(_("références lues ou à lire"), str(references)),
    ]
    return [line for line in lines if line.value != "0" or line.of not in ("", "0")]


def _trained(study: Study) -> list[Figure]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM studies_trained(%s)", [study.pk])
        people, minutes = cursor.fetchone()
    return [
        Figure(_("personnes formées"), small_cell(people)),
        Figure(_("heures de formation suivies"), said_minutes(minutes) if minutes else "0"),
    ]


def _timeline(steps: list[Step]) -> Timeline | None:
    dated = [(step, step.starts_on, step.ends_on or step.starts_on) for step in steps if step.starts_on]
    if not dated:
        return None
    first = min(starts for _step, starts, _ends in dated)
    last = max(ends for _step, _starts, ends in dated)
    today = timezone.localdate()
    lines = [
        TimeLine(step, bar_of(first, last, starts, ends), rank * _ROW, _state(step, starts, ends, today))
        for rank, (step, starts, ends) in enumerate(dated)
    ]
    here = bar_of(first, last, today, today).left if first <= today <= last else ""
    return Timeline(lines, len(dated) * _ROW, here, first, last)


def _state(step: Step, starts: date, ends: date, today: date) -> str:
    if step.done_on:
        return "done"
    if today > ends:
        return "late"
    return "now" if starts <= today else "ahead"

"""Days, hours and lines of time."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.studies.enums import Qualification
from nuserus.studies.figures import (
    WIDE,
    bar_of,
    in_halves,
    months_later,
    percent_of,
    said_days,
    said_minutes,
    total_days,
)
from nuserus.studies.queries.templates import retention_shapes, self_evaluation_items, study_shapes

# what is slow here is the machine that others use too
unhurried = settings(suppress_health_check=[HealthCheck.too_slow])
halves = st.integers(0, 500).map(lambda half: Decimal(half) / 2)
days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@unhurried
@given(st.lists(st.tuples(halves, st.booleans())), st.integers(0, 60))
def test_days_add_up_in_halves_and_grow_with_places(steps: list[tuple[Decimal, bool]], places: int) -> None:
    total = total_days(steps, places)
    assert in_halves(total)
    assert total_days(steps, places + 1) - total == sum(days for days, in_each in steps if in_each)
    assert total == total_days(list(reversed(steps)), places)


@unhurried
@given(st.decimals(0, 250, places=1))
def test_only_halves_are_halves(days: Decimal) -> None:
    assert in_halves(days) == ((days * 2) % 1 == 0)


def test_days_are_said_in_french() -> None:
    said = [said_days(Decimal(number)) for number in ("0", "0.5", "1", "1.0", "1.5", "2", "10", "12.5")]
    assert said == ["", "une demi-journée", "1 jour", "1 jour", "1,5 jour", "2 jours", "10 jours", "12,5 jours"]


@unhurried
@given(st.integers(0, 100_000))
def test_minutes_are_said_whole(minutes: int) -> None:
    words = said_minutes(minutes).replace("\xa0", " ")
    hours, _hour, left = words.partition(" h")
    assert minutes == (int(words.split(" ")[0]) if "min" in words else int(hours) * 60 + int(left or 0))


@unhurried
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_percentage_is_complete_only_when_all_is_done(part: int, whole: int) -> None:
    percent = percent_of(part, whole)
    assert 0 <= percent <= 100
    if whole:
        assert (percent == 100) == (part >= whole)
        assert (percent == 0) == (part == 0)


@unhurried
@given(days, st.integers(0, 600))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


@unhurried
@given(days, st.integers(0, 2000), st.integers(-2000, 4000), st.integers(0, 2000))
def test_a_bar_stays_on_its_line_and_is_seen(first: date, length: int, offset: int, lasts: int) -> None:
    last, starts = first + timedelta(days=length), first + timedelta(days=offset)
    bar = bar_of(first, last, starts, starts + timedelta(days=lasts))
    assert bar.x >= 0
    assert bar.width >= 15
    assert bar.left.endswith("%") and float(bar.left[:-1]) == bar.x / 10
    assert bar.x + bar.width <= WIDE


def test_the_default_template_is_the_programme_of_the_facts() -> None:
    shape = study_shapes()["two-phases"]
    assert len(shape.phases) == 2
    assert [(step.name, step.days) for step in shape.phases[0].steps] == [
        ("Observation et formation", Decimal(4)),
        ("Restitution au groupe de travail", Decimal(0)),
        ("Accompagnement à l’écriture", Decimal(3)),
        ("Journée d’échange", Decimal(1)),
    ]
    for one in study_shapes().values():
        assert all(in_halves(step.days) for phase in one.phases for step in phase.steps)
    assert len(retention_shapes()) == 5
    assert len(self_evaluation_items()) >= 5
    assert Qualification.UNSETTLED in Qualification

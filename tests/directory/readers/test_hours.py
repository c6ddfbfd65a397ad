"""Opening hours in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours

from nuserus.directory.readers.hours import exceptions, is_readable, sentences, status, week

SATURDAY = datetime(2026, 11, 21, 17, 51)  # noqa: DTZ001 - the local time of a place
PLAIN = "Mo-Fr 09:00-12:00,14:00-17:30; PH off"


def words(told: tuple[str, ...] | str) -> str:
    return (told if isinstance(told, str) else " ".join(told)).replace("\u00a0", " ")


def test_an_ordinary_week() -> None:
    assert [words(one) for one in sentences(PLAIN, SATURDAY)] == [
        "Fermé en ce moment. Ouvre lundi à 9 h.",
        "Du lundi au vendredi : de 9 h à 12 h et de 14 h à 17 h 30.",
        "Fermé le samedi et le dimanche.",
        "Fermé les jours fériés.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("24/7", "Ouvert tous les jours, 24 heures sur 24."),
        ("Mo-Su 09:00-12:00; Tu off", "Le lundi et du mercredi au dimanche : de 9 h à 12 h. Fermé le mardi."),
        ("Mo-Sa 22:00-02:00", "Du lundi au samedi : de 22 h à 2 h le lendemain. Fermé le dimanche."),
        ("Sa 10:00-24:00", "Le samedi : de 10 h à minuit. Fermé du lundi au vendredi et le dimanche."),
        ('We 08:00-18:00 "sur rendez-vous"', "Le mercredi : de 8 h à 18 h (sur rendez-vous)."),
        ("Mo 09:00-12:00 unknown", "Le lundi : de 9 h à 12 h, à confirmer."),
        ("Tu,Th 14:00-16:05", "Le mardi et le jeudi : de 14 h à 16 h 05."),
        ("Jul-Aug Mo 10:00-12:00; Sep-Jun Tu 10:00-12:00", "ils changent dans l’année."),
        ("Mo[1] 10:00-12:00", "Fermé cette semaine."),
        ("off", "Fermé en permanence."),
        ("PH 10:00-12:00", "Fermé en dehors des jours fériés."),
        ("Mo-Su 10:00-20:00; Dec 25 off", "Tous les jours : de 10 h à 20 h."),
    ],
)
def test_the_week_in_words(text: str, told: str) -> None:
    assert told in words(week(text, SATURDAY))


@pytest.mark.parametrize(
    ("text", "when", "is_open", "told"),
    [
        (PLAIN, SATURDAY.replace(day=23, hour=10), True, "Ouvert en ce moment, jusqu’à 12 h."),
        (PLAIN, SATURDAY.replace(day=23, hour=13), False, "Fermé en ce moment. Ouvre aujourd’hui à 14 h."),
        (PLAIN, SATURDAY.replace(day=22), False, "Fermé en ce moment. Ouvre demain à 9 h."),
        (PLAIN, SATURDAY.replace(month=12, day=25, hour=10), False, "Fermé en ce moment. Ouvre lundi à 9 h."),
        ("Jan 01 10:00-12:00", SATURDAY, False, "Fermé en ce moment. Ouvre le 1er janvier 2027 à 10 h."),
        ("Mo-Su 22:00-03:00", SATURDAY.replace(hour=23), True, "Ouvert en ce moment, jusqu’à 3 h."),
        ("Sa 10:00-24:00", SATURDAY, True, "Ouvert en ce moment, jusqu’à minuit."),
        ("24/7", SATURDAY, True, "Ouvert en ce moment."),
        ("Sa 10:00-20:00 unknown", SATURDAY, None, "Peut-être ouvert en ce moment : à vérifier auprès du lieu."),
        ('Sa 10:00-20:00 "sonner"', SATURDAY, True, "Ouvert en ce moment, jusqu’à 20 h (sonner)."),
        ("off", SATURDAY, False, "Fermé en ce moment."),
        ("n’importe quoi", SATURDAY, None, ""),
    ],
)
def test_now_in_words(text: str, when: datetime, is_open: bool | None, told: str) -> None:
    now = status(text, when)
    assert (now.is_open, words(now.sentence)) == (is_open, told)


def test_now_is_the_time_of_the_place() -> None:
    noon = datetime(2026, 11, 23, 11, 30, tzinfo=ZoneInfo("Europe/Paris"))
    text = "Mo-Fr 09:00-12:00"
    assert status(text, noon).is_open
    assert not status(text, noon, "974").is_open  # half past two in the afternoon
    assert not status(text, noon, "971").is_open  # half past six in the morning


def test_what_makes_an_exception() -> None:
    assert words(exceptions("SH off; Mo 09:00-10:00")).startswith("Horaires différents pendant les vacances scolaires")
    assert words(exceptions("PH 10:00-12:00")) == "Horaires particuliers les jours fériés."
    assert words(exceptions('Mo 09:00-10:00 || "sur rendez-vous"')) == "En dehors de ces horaires : sur rendez-vous."
    assert exceptions('Mo 09:00-10:00 "PH sonner"') == ()
    assert words(sentences('off || "sonner"', SATURDAY)).endswith("En dehors de ces horaires : sonner.")


def test_hours_that_follow_no_syntax_are_given_back() -> None:
    assert words(sentences("lundi 9h-12h", SATURDAY)) == "Horaires indiqués par le lieu : lundi 9h-12h"
    assert sentences("  ", SATURDAY) == ()
    assert not is_readable("Mo 09:00-10:00; " * 100)
    assert len(words(sentences("x" * 5000, SATURDAY))) < 600


DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
NAMES = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@st.composite
def weeks(draw: st.DrawFn) -> dict[int, tuple[int, int]]:
    """Days and, for each, a time of opening and of closing in quarters of an hour."""
    days = draw(st.sets(st.integers(0, 6)))
    return {day: draw(st.tuples(st.integers(0, 47), st.integers(48, 95))) for day in sorted(days)}


def _clock(quarters: int) -> str:
    return f"{quarters // 4:02d}:{quarters % 4 * 15:02d}"


@given(weeks(), st.integers(0, 60 * 24 * 400))
def test_every_day_is_told_once_and_now_agrees_with_the_hours(days: dict[int, tuple[int, int]], minutes: int) -> None:
    text = "; ".join(f"{DAYS[day]} {_clock(start)}-{_clock(end)}" for day, (start, end) in days.items()) or "off"
    when = SATURDAY + timedelta(minutes=minutes)
    now = status(text, when)
    assert now.is_open is OpeningHours(text).is_open(when)
    start, end = days.get(when.weekday(), (0, 0))
    assert now.is_open is (start * 15 <= when.hour * 60 + when.minute < end * 15)
    told = week(text, when)
    closed = [words(one) for one in told if one.startswith("Fermé")]
    opened = [words(one) for one in told if not one.startswith("Fermé")]
    assert len(closed) <= 1
    assert bool(opened) is bool(days)
    if days and len(days) < 7:
        assert len(closed) == 1
    for quarters in {moment for pair in days.values() for moment in pair}:
        hour = f"{quarters // 4} h" + (f" {quarters % 4 * 15:02d}" if quarters % 4 else "")
        assert any(hour in one for one in opened)


@given(st.text(max_size=80))
def test_no_text_breaks_the_telling(text: str) -> None:
    for sentence in sentences(text, SATURDAY):
        assert sentence


@given(
    st.lists(
        st.sampled_from(
            [
                "Mo",
                "Fr",
                "PH",
                "SH",
                "off",
                "-",
                ",",
                ";",
                "09:00",
                "-12:00",
                "||",
                '"x"',
                "Dec 25",
                "24/7",
                "week 2",
                " ",
                "unknown",
                "sunrise",
                "easter",
            ]
        ),
        max_size=10,
    )
)
def test_no_near_syntax_breaks_the_telling(parts: list[str]) -> None:
    for sentence in sentences(" ".join(parts), SATURDAY):
        assert sentence

"""Days and hours as they are read, in every template and every sentence."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation import override

import nuserus
from nuserus.ui.dates import date_format

SOURCE = Path(nuserus.__file__).parent
FIRST, SECOND = date(2026, 12, 1), date(2026, 12, 2)


def shown(value: object, how: str) -> str:
    return engines["django"].from_string("{{ value|" + how + " }}").render({"value": value})


@pytest.mark.parametrize(
    ("value", "how", "told"),
    [
        (FIRST, 'date:"j F Y"', "1er décembre 2026"),
        (FIRST, 'date:"l j F"', "mardi 1er décembre"),
        (FIRST, "date", "1er décembre 2026"),
        (FIRST, 'date:"Y-m-d"', "2026-12-01"),
        (FIRST, 'date:"c"', "2026-12-01"),
        (SECOND, 'date:"j F Y"', "2 décembre 2026"),
        (date(2026, 12, 11), 'date:"j F Y"', "11 décembre 2026"),
        (datetime(2026, 12, 1, 15, tzinfo=UTC), 'date:"j F Y, G \\h i"', "1er décembre 2026, 16 h"),
        (datetime(2026, 12, 1, 15, 5, tzinfo=UTC), 'date:"j F Y à G \\h i"', "1er décembre 2026 à 16 h 05"),
        (time(9, 0), 'time:"G \\h i"', "9 h"),
        (None, 'date:"j F Y"', ""),
        ("", "date", ""),
    ],
)
def test_templates_say_days_and_hours_as_one_says_them(value: object, how: str, told: str) -> None:
    assert shown(value, how) == told


def test_english_is_as_django_says_it() -> None:
    with override("en"):
        assert shown(FIRST, 'date:"j F Y"') == "1 December 2026"
        assert date_format(FIRST, "j F Y") == "1 December 2026"


def test_python_says_the_same() -> None:
    assert date_format(FIRST, "l j F Y") == "mardi 1er décembre 2026"
    assert date_format(FIRST) == "1er décembre 2026"
    assert date_format(datetime(2026, 12, 1, 9, tzinfo=UTC), "j F, G \\h i") == "1er décembre, 9 h"


def test_nothing_takes_the_dates_of_django() -> None:
    """A planted import is found: every date goes through one place."""
    taken = re.compile(r"from django\.utils\.formats import .*\b(?:date|time)_format|\bdefaultfilters\b")
    assert taken.search("from django.utils.formats import date_format, number_format")
    own = {SOURCE / "ui" / "dates.py", SOURCE / "ui" / "templatetags" / "nu.py"}
    assert [file for file in SOURCE.rglob("*.py") if file not in own and taken.search(file.read_text())] == []

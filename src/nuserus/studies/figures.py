"""Days, hours and lines of time: exact arithmetic, and how it is said."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HALF = Decimal("0.5")


def total_days(steps: Iterable[tuple[Decimal, bool]], places: int) -> Decimal:
    """Days of all the steps: (days, whether in each place) pairs, the latter counted once per place.

    >>> total_days([(Decimal("4"), True), (Decimal("1"), False)], 3)
    Decimal('13')
    """
    return sum((days * (places if in_each else 1) for days, in_each in steps), Decimal(0))


def in_halves(days: Decimal) -> bool:
    """Whether it is a number of half-days.

    >>> in_halves(Decimal("1.5")), in_halves(Decimal("1.2"))
    (True, False)
    """
    return days >= 0 and days % HALF == 0


def said_days(days: Decimal) -> str:
    """Days in words: « 4 jours », « 1,5 jour », « une demi-journée »; « » for none."""
    if days == 0:
        return ""
    if days == HALF:
        return _("une demi-journée")
    shown = number_format(days.normalize() if days % 1 else int(days), use_l10n=True)
    return ngettext("%(days)s jour", "%(days)s jours", 2 if days >= 2 else 1) % {"days": shown}


def said_minutes(minutes: int) -> str:
    """A length in hours and minutes: « 3 h 30 », « 7 h », « 45 min »."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return _("%(minutes)d min") % {"minutes": left}
    if not left:
        return _("%(hours)d h") % {"hours": hours}
    return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": left}


def percent_of(part: float | Decimal, whole: float | Decimal) -> int:
    """A whole percentage, rounded down but for 0: never 100 before all is done, never 0 once begun.

    >>> percent_of(999, 1000), percent_of(1, 1000), percent_of(0, 0), percent_of(7, 7), percent_of(9, 7)
    (99, 1, 0, 100, 100)
    """
    if whole <= 0 or part <= 0:
        return 0
    return max(1, min(100, int(Decimal(part) * 100 / Decimal(whole))))


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last of that month.

    >>> months_later(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of time on a drawing that is `WIDE` units wide: where it begins, how long it is."""

    x: int
    width: int

    @property
    def left(self) -> str:
        """Where it begins, as SVG says it."""
        return _share(self.x)

    @property
    def across(self) -> str:
        """How long it is, as SVG says it."""
        return _share(self.width)


WIDE = 1000
_THIN = 15


def _share(units: int) -> str:
    return f"{units * 100 // WIDE}.{units * 1000 // WIDE % 10}%"


def bar_of(first: date, last: date, starts: date, ends: date) -> Bar:
    """The place of `starts`–`ends` (both days included) on a line that goes from `first` to `last`.

    It stays on the line, and is wide enough to be seen.
    """
    length = (last - first).days + 1
    x = round(WIDE * max(0, (starts - first).days) / length)
    end = round(WIDE * min(length, (ends - first).days + 1) / length)
    width = min(max(_THIN, end - x), WIDE)
    return Bar(min(max(0, x), WIDE - width), width)

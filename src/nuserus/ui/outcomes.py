"""The three bars of « ce que cela a donné »."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Bar:
    """One outcome: how many trials, and its share of all in whole percents."""

    kind: str
    shape: str
    word: str | Promise
    count: int
    percent: int


def bars_of(worked: int, partly: int, not_here: int) -> list[Bar]:
    """Give the three bars in the order in which they are always shown; failure shows as much as success.

    >>> [bar.percent for bar in bars_of(3, 1, 0)]
    [75, 25, 0]
    """
    total = (worked + partly + not_here) or 1

    def bar(kind: str, shape: str, word: str | Promise, count: int) -> Bar:
        return Bar(kind, shape, word, count, round(100 * count / total))

    return [
        bar("ok", "ok", _("a marché"), worked),
        bar("care", "en-partie", _("en partie"), partly),
        bar("stop", "stop", _("pas chez nous"), not_here),
    ]

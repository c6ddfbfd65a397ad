"""What the apps above declare: figures of the progress page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.studies.models import Study

# A count below which what is counted might be recognised.
FEWEST = 5


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the progress page: what is counted, how many, and of how many where that is known."""

    label: str | Promise
    value: str
    of: str = ""


Figures = Callable[[Asking, Study], list[Figure]]
_figures: dict[str, tuple[int, Figures]] = {}


def register_figures(key: str, *, position: int, figures: Figures) -> None:
    """Add lines to the progress page, smallest position first; they count what the person who asks may read.

    Called from `AppConfig.ready`. Raises ValueError when the key is taken.
    """
    if key in _figures:
        raise ValueError(f"There are figures {key} already")
    _figures[key] = (position, figures)


def registered_figures(asking: Asking, study: Study) -> list[Figure]:
    """The lines of the apps above, in order."""
    ordered = sorted(_figures.items(), key=lambda item: (item[1][0], item[0]))
    return [line for _key, (_position, figures) in ordered for line in figures(asking, study)]


def small_cell(count: int) -> str:
    """A count of people as it may be shown: the small ones are not told apart.

    >>> small_cell(0), small_cell(5)
    ('0', '5')
    """
    if 0 < count < FEWEST:
        return _("moins de 5")
    return str(count)

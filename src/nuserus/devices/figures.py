"""What is counted about each device of the catalogue: apps above may add their own figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from nuserus.foundation.asking import Asking


@dataclass(frozen=True, slots=True)
class DeviceFigure:
    """`count` gives, for this person, a number for each device that has any (never 0); `words` says it."""

    key: str
    position: int
    count: Callable[[Asking], Mapping[UUID, int]]
    words: Callable[[int], str]


_figures: dict[str, DeviceFigure] = {}


def register_device_figure(
    key: str,
    *,
    position: int,
    count: Callable[[Asking], Mapping[UUID, int]],
    words: Callable[[int], str],
) -> None:
    """Add a figure to each line of the catalogue: "3 fiches". One query for the whole catalogue.

    Called from `AppConfig.ready`. Raises ValueError when the key is taken.
    """
    if key in _figures:
        raise ValueError(f"There is a figure {key} already")
    _figures[key] = DeviceFigure(key, position, count, words)


def device_figures() -> list[DeviceFigure]:
    """The figures, in order."""
    return sorted(_figures.values(), key=lambda figure: (figure.position, figure.key))

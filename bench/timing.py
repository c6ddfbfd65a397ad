"""Measuring two sides in turn, and saying what was measured."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

WARM_UP = 3
Item = TypeVar("Item")


@dataclass(slots=True)
class Sample:
    """Durations of one side, in seconds."""

    name: str
    seconds: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The duration below which this share of the runs is (0.5: median), in milliseconds."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] * 1000

    @property
    def median(self) -> float:
        return self.at(0.5)

    @property
    def p95(self) -> float:
        return self.at(0.95)


def alternate(runs: int, **sides: Callable[[], object]) -> list[Sample]:
    """Run the sides in turn; as `alternate_over` with nothing to hand over."""
    given: dict[str, Callable[[None], object]] = {name: _without_item(run) for name, run in sides.items()}
    return alternate_over([None], runs, warm_up=True, **given)


def alternate_over(
    items: Sequence[Item], runs: int, *, warm_up: bool = True, **sides: Callable[[Item], object]
) -> list[Sample]:
    """Run every side over every item, `runs` times, in turn and in an order that turns too.

    Unless told not to, each item is first run by every side and not counted. The garbage collector
    waits meanwhile.
    """
    samples = {name: Sample(name) for name in sides}
    names = list(sides)
    for item in items if warm_up else ():
        for _ in range(WARM_UP if len(items) == 1 else 1):
            for run in sides.values():
                run(item)
    gc.collect()
    gc.disable()
    try:
        for turn in range(runs):
            for rank, item in enumerate(items):
                for place in range(len(names)):
                    name = names[(turn + rank + place) % len(names)]
                    start = time.perf_counter()
                    sides[name](item)
                    samples[name].seconds.append(time.perf_counter() - start)
    finally:
        gc.enable()
    return list(samples.values())


def _without_item(run: Callable[[], object]) -> Callable[[None], object]:
    return lambda _item: run()


class Timer:
    """Context manager: wall-clock `seconds` of its block."""

    seconds = 0.0

    def __enter__(self) -> Timer:
        self._start = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._start


@dataclass(slots=True)
class Report:
    """Tables in Markdown, printed as they come and kept for bench/README.md."""

    lines: list[str] = field(default_factory=list)

    def title(self, text: str) -> None:
        self._say("", f"### {text}", "")

    def say(self, text: str) -> None:
        self._say(text)

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        body = [list(head), *[list(row) for row in rows]]
        widths = [max(len(row[place]) for row in body) for place in range(len(head))]
        ruled = [body[0], ["-" * width for width in widths], *body[1:]]
        self._say(
            *(f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |" for row in ruled)
        )

    def _say(self, *lines: str) -> None:
        for line in lines:
            print(line, flush=True)
            self.lines.append(line)


def milliseconds(value: float) -> str:
    """A duration as it is read: 0.28, 4.1, 132."""
    return f"{value:.2f}" if value < 1 else f"{value:.1f}" if value < 100 else f"{value:.0f}"


def verdict(ratio: float, limit: float) -> str:
    """A ratio beside what it may be."""
    return f"{ratio:.2f} (≤ {limit}) {'ok' if ratio <= limit else 'MISSED'}"

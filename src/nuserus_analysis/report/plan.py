"""What is asked of an analysis, and why one can't be made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from nuserus_analysis.reinert import Mode
from nuserus_analysis.text.lemmas import Lemmas
from nuserus_analysis.text.segments import WORDS, Cutting

MOST_CLASSES: Final = 30
LOOKED_FOR: Final = 10  # classes that the tree is grown to before one is advised where to stop
FEWEST_SEGMENTS: Final = 10
OTHER_SIZE: Final = 12 / 14  # of the second segments of a double classification, after Reinert's 12 and 14 forms

Progress = Callable[["Step", int, int], None]


class Step(StrEnum):
    """What is being done."""

    READING = "reading"
    CUTTING = "cutting"
    DIVIDING = "dividing"
    COMPARING = "comparing"
    WRITING = "writing"


class Reason(StrEnum):
    """Why there is nothing to compare."""

    NO_WORD = "no word"
    ONE_SHORT_DOCUMENT = "one short document"
    FEW_SEGMENTS = "few segments"
    ONLY_GRAMMAR = "only grammar"
    NO_DIVISION = "no division"


class NothingToCompare(Exception):
    """The corpus says too little for its vocabularies to be compared; `found` is how many segments there are."""

    def __init__(self, reason: Reason, found: int = 0) -> None:
        super().__init__(f"{reason} ({found})")
        self.reason, self.found = reason, found


@dataclass(frozen=True, slots=True)
class Plan:
    """`k`: classes (None: advised by the tree itself); `words` of a segment when it is cut by words;
    `least`: segments that must hold a word for it to count; `most`: words that count, at most.
    """

    k: int | None = None
    mode: Mode = Mode.REINERT
    cutting: Cutting = Cutting.WORDS
    words: int = WORDS
    double: bool = False
    lemmas: Lemmas = Lemmas.SIMPLE
    least: int = 3
    most: int | None = 10_000


def unheard(_step: Step, _done: int, _total: int) -> None:
    """Progress that nobody follows."""

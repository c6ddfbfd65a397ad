"""What finds names by reading the whole sentence: a model, behind this one method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from nuserus_analysis.screening.flags import Span


class NamesFinder(Protocol):
    """Reads texts and says where people are named."""

    def names_in(self, texts: Sequence[str]) -> list[list[Span]]:
        """The spans of people's names in each text, in the order of the texts."""
        ...

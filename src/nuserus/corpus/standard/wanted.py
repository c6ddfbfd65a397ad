"""Where given words stand in a text, whatever their case, accents and what joins them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Final, Generic, TypeVar

from nuserus_analysis.screening import folded_words
from nuserus_analysis.text import fold

Found = TypeVar("Found")
_WORD: Final = re.compile(r"[^\W_]+")
_GAP: Final = re.compile(r"[\s’'.,-]{1,3}")


class Wanted(Generic[Found]):
    """Sequences of words to look for; of two that begin at one place, the longest is found.

    >>> list(Wanted({"Les Tilleuls": 1}).found_in("Aux tilleuls, les TILLEULS."))
    [(14, 26, 1)]
    """

    def __init__(self, wanted: Mapping[str, Found]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Found]]] = {}
        for words, found in wanted.items():
            sequence = folded_words(words)
            if sequence:
                self._by_first.setdefault(sequence[0], []).append((sequence, found))
        for sequences in self._by_first.values():
            sequences.sort(key=lambda one: -len(one[0]))

    def found_in(self, text: str) -> Iterator[tuple[int, int, Found]]:
        """Where they stand: code points, half-open, in order, none over another."""
        words = [(found.start(), found.end(), fold(found.group())) for found in _WORD.finditer(text)]
        rank = 0
        while rank < len(words):
            length = 1
            for sequence, found in self._by_first.get(words[rank][2], ()):
                if _stands(text, words[rank : rank + len(sequence)], sequence):
                    length = len(sequence)
                    yield words[rank][0], words[rank + length - 1][1], found
                    break
            rank += length


def _stands(text: str, words: list[tuple[int, int, str]], sequence: Iterable[str]) -> bool:
    wanted = tuple(sequence)
    if tuple(word for _start, _end, word in words) != wanted:
        return False
    return all(_GAP.fullmatch(text[before[1] : after[0]]) for before, after in pairwise(words))

"""Sentences and words of a text, each with the place where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass


def listed(words: str) -> frozenset[str]:
    """A list of words as it is easiest to read and to complete."""
    return frozenset(words.split())


# A dot after one of these does not end a sentence.
ABBREVIATIONS = listed("etc ex cf p pp art tél tel av apr env m mm mme mr dr pr st ste no num max min nb vs")
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*(?:-[^\W\d_]+)*|\d+(?:[.,]\d+)?")
_END = re.compile(r"[.!?…]+[»”\")\]]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, where it starts and ends."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower().replace("'", "’")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it is written, with its place, its line (from 0), and its words."""

    text: str
    start: int
    end: int
    line: int
    words: tuple[Word, ...]


def words_in(text: str, start: int = 0) -> tuple[Word, ...]:
    """The words of a text that stands at `start`. An elided article is part of its word: « l’enfant »."""
    return tuple(Word(found.group(), start + found.start(), start + found.end()) for found in WORD.finditer(text))


def sentences_in(text: str) -> list[Sentence]:
    """The sentences of a text in order; the end of a line ends a sentence."""
    sentences: list[Sentence] = []
    start = 0
    for rank, line in enumerate(text.split("\n")):
        cut = 0
        for end in [*_ends(line), len(line)]:
            piece = line[cut:end]
            left = len(piece) - len(piece.lstrip())
            said = piece.strip()
            words = words_in(said, start + cut + left)
            if words:
                at = start + cut + left
                sentences.append(Sentence(said, at, at + len(said), rank, words))
            cut = end
        start += len(line) + 1
    return sentences


def _ends(line: str) -> list[int]:
    ends = []
    for found in _END.finditer(line):
        before = WORD.findall(line[: found.start()])
        # « etc. » in the middle of a line: the next word says whether a new sentence begins
        following = line[found.end() :].lstrip()
        abbreviated = found.group() == "." and bool(before) and before[-1].lower() in ABBREVIATIONS
        if not (abbreviated and following[:1].islower()) and not (
            abbreviated and before[-1].lower() in {"m", "mm", "mme", "mr", "dr", "pr", "st", "ste", "art", "p", "pp"}
        ):
            ends.append(found.end())
    return ends

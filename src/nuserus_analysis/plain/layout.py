"""How a text stands on the page: length, lines, signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nuserus_analysis.plain.advice import RULES, Advice
from nuserus_analysis.plain.sentences import Sentence

MOST_WORDS = 15
MOST_LINES = 5
_SIGN = re.compile(r"[;&\\]|\[\s?…?\s?\]|\([^)\n]*\)|(?<=\w)\s?/\s?(?=[^\W\d])|…|\.{3}")
_SHOUTED = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{6,}\b")


def read_layout(text: str, sentences: Sequence[Sentence]) -> Iterator[Advice]:
    """Long sentences, several on a line, more than five lines, hard signs, capitals."""
    seen: set[int] = set()
    for sentence in sentences:
        if len(sentence.words) > MOST_WORDS:
            yield _about("long", sentence)
        if sentence.line in seen:
            yield _about("line", sentence)
        seen.add(sentence.line)
    lines = list(dict.fromkeys(sentence.line for sentence in sentences))
    if len(lines) > MOST_LINES:
        yield _about("lines", next(one for one in sentences if one.line == lines[MOST_LINES]))
    for rule, pattern in (("sign", _SIGN), ("capitals", _SHOUTED)):
        for found in pattern.finditer(text):
            said = found.group()
            yield Advice(RULES[rule], found.start(), found.end(), said, said.lower() if rule == "capitals" else "")


def _about(rule: str, sentence: Sentence) -> Advice:
    return Advice(RULES[rule], sentence.start, sentence.end, sentence.text)

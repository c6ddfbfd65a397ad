"""Names after a title: « Mme Durand », « M. et Mme Haddad », « le docteur Ferrand »."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nuserus_analysis.screening.flags import Confidence, Found, Kind
from nuserus_analysis.screening.tokens import Word, words_of
from nuserus_analysis.screening.words import PARTICLES, TITLES, is_common

_WITH_CAPITAL = frozenset({"me", "pr", "m", "mm", "maitre"})
_BETWEEN = re.compile(r"\.?\s{0,2}$")
_JOINED = re.compile(r"(?:\s{1,2}|['’])$")
MOST_WORDS = 5


def find_titled_names(text: str) -> Iterator[Found]:
    """A title, the words of the name after it, and a second title between them."""
    words = words_of(text)
    place = 0
    while place < len(words):
        found = _titled(words, place)
        if found is None:
            place += 1
            continue
        last, confidence = found
        yield Found(Kind.NAME, words[place].start, words[last].end, confidence)
        place = last + 1


def _titled(words: Sequence[Word], place: int) -> tuple[int, Confidence] | None:
    """The place of the last word of the name whose title is here; None when there is none."""
    if not _is_title(words[place]):
        return None
    after = place + 1
    if after + 1 < len(words) and words[after].key == "et" and _is_title(words[after + 1]):
        after += 2
    if after >= len(words) or not _BETWEEN.match(words[after].gap):
        return None
    last = _end_of_name(words, after)
    if last is not None:
        return last, Confidence.SURE
    short = words[place].key in {"mme", "mlle", "mr"}
    if short and len(words[after].text) > 2 and not is_common(words[after].text):
        return after, Confidence.LIKELY
    return None


def _is_title(word: Word) -> bool:
    return word.key in TITLES and (word.key not in _WITH_CAPITAL or word.is_capitalised)


def _end_of_name(words: Sequence[Word], first: int) -> int | None:
    last = None
    for place in range(first, min(first + MOST_WORDS, len(words))):
        word = words[place]
        if place > first and not _JOINED.match(word.gap):
            break
        if word.is_capitalised and len(word.text) > 1:
            last = place
        elif word.key not in PARTICLES:
            break
    return last

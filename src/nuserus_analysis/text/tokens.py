"""Words with their stems, empty words marked."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from nuserus_analysis.text.acronyms import ACRONYMS
from nuserus_analysis.text.folding import fold, normalise
from nuserus_analysis.text.stems import stem
from nuserus_analysis.text.stopwords import STOP_WORDS
from nuserus_analysis.text.words import words

_SHORT: Final = 12
"""Up to so many code points, capitals are those of an acronym rather than of a sentence."""


class Lexeme(NamedTuple):
    """A word of a text with all that the analyser knows of it."""

    text: str
    start: int
    end: int
    stem: str
    empty: bool
    """True for a stop word, a lone letter, or a sign without a stem."""
    joined: str
    """On the first part of a hyphenated compound: the stem of the whole."""
    size: int
    """On the first part of a compound: how many parts it has; otherwise 1."""


def lexemes(text: str) -> Iterator[Lexeme]:
    """Yield every word of *text* in order.

    A stop word in capitals that is also an acronym is not empty ("un ES", "le SI"),
    unless a whole sentence is in capitals.
    """
    text = normalise(text)
    shouted = len(text) > _SHORT and text.isupper()
    for surface, start, end, form, whole, size in words(text):
        stemmed, empty, acronym = _read(form)
        kept = not empty or (acronym and not shouted)
        yield Lexeme(surface, start, end, stemmed, not kept, stem(whole) if whole else "", size)


@lru_cache(maxsize=1 << 16)
def _read(form: str) -> tuple[str, bool, bool]:
    """Return the stem of a form, whether it is empty, and whether its capitals may save it."""
    stemmed, folded = stem(form), fold(form)
    if folded in STOP_WORDS:
        return stemmed, True, len(form) > 1 and form.isupper() and folded in ACRONYMS
    return stemmed, not stemmed or (len(stemmed) == 1 and stemmed.isalpha()), False

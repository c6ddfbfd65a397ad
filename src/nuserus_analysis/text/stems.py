"""One stem for all the forms of a word."""

import threading
from functools import lru_cache
from typing import Final

import snowballstemmer

from nuserus_analysis.text.acronyms import ACRONYMS
from nuserus_analysis.text.endings import infinitive, repair
from nuserus_analysis.text.folding import fold
from nuserus_analysis.text.limits import MAX_WORD_CHARACTERS


class _Snowball(threading.local):
    """A stemmer for each thread: it works on the word it holds, so two threads would mix theirs."""

    def __init__(self) -> None:
        self.french = snowballstemmer.stemmer("french")


_SNOWBALL: Final = _Snowball()


def _stem_folded(word: str) -> str:
    if word in ACRONYMS or len(word) < 3 or not word.isalpha():
        return word
    if word[-1] == "s" and word[:-1] in ACRONYMS:
        return word[:-1]
    # Snowball gives back "é" for the "ité" it was lent: the index holds folded stems only.
    return fold(_SNOWBALL.french.stemWord(repair(word)))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return the stem of *word*, in folded letters; an empty string if it has no letter.

    Acronyms of the field and words with figures come back folded and whole.
    French Snowball: https://snowballstem.org/algorithms/french/stemmer.html

    >>> stem("éducatrices") == stem("Éducateur"), stem("autisme") == stem("autistes"), stem("IME")
    (True, True, 'ime')
    """
    return _stem_folded(fold(word[:MAX_WORD_CHARACTERS])[:MAX_WORD_CHARACTERS])


@lru_cache(maxsize=1 << 16)
def second_stem(word: str) -> str:
    """Return the stem of *word* read as a verb in the plural present, empty if it can't be one.

    >>> second_stem("accompagnons") == stem("accompagner")
    True
    """
    spoken = infinitive(fold(word[:MAX_WORD_CHARACTERS])[:MAX_WORD_CHARACTERS])
    return _stem_folded(spoken) if spoken else ""

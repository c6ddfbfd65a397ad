"""Words that are known to be no resident: the institution, its devices, credited authors, towns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from nuserus_analysis.text import fold

_WORD = re.compile(r"[^\W_]+")


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in their order.

    >>> folded_words("Résidence Jean-Moulin")
    ('residence', 'jean', 'moulin')
    """
    return tuple(fold(found.group()) for found in _WORD.finditer(text))


@dataclass(frozen=True, slots=True)
class Known:
    """Names of a sheet that are not those of people to protect.

    `names` holds whole names as sequences of folded words: « Jean Moulin » spares « Jean-Moulin » and
    « Moulin », never « Jean » alone. `places` holds towns, spared unless a title or a person stands before.
    """

    names: frozenset[tuple[str, ...]] = frozenset()
    places: frozenset[tuple[str, ...]] = frozenset()

    def spares(self, words: str) -> bool:
        """Whether the words are a known name, or the end of one."""
        said = folded_words(words)
        return bool(said) and said in self.names

    def is_place(self, words: str) -> bool:
        """Whether the words are the name of a town."""
        return folded_words(words) in self.places


NOTHING_KNOWN = Known()


def known(names: Iterable[str] = (), places: Iterable[str] = ()) -> Known:
    """What is known, from names as they are written.

    >>> known(["Résidence Les Tilleuls"]).spares("Les Tilleuls")
    True
    >>> known(["Jeanne Martin"]).spares("Jeanne")
    False
    """
    sequences: set[tuple[str, ...]] = set()
    for name in names:
        words = folded_words(name)
        sequences |= {words[place:] for place in range(len(words))}
    return Known(frozenset(sequences), frozenset(folded_words(place) for place in places))

"""Wordings that may stand for one another, as sequences of stems."""

from collections.abc import Iterable, Mapping
from functools import cache

from nuserus_analysis.text.acronyms import ACRONYM_RINGS
from nuserus_analysis.text.limits import MAX_QUERY_CHARACTERS
from nuserus_analysis.text.tokens import lexemes

Stems = tuple[str, ...]
"""The stems of a wording in order, stop words left out."""

Synonyms = Mapping[Stems, tuple[Stems, ...]]
"""For each wording, the other wordings that find the same things, best first."""


def stems_of(wording: str) -> Stems:
    """Return the stems of a wording; empty when it holds stop words only.

    >>> stems_of("emploi du temps") == stems_of("Emplois du temps")
    True
    """
    return tuple(lexeme.stem for lexeme in lexemes(wording[:MAX_QUERY_CHARACTERS]) if not lexeme.empty)


def build_synonyms(
    rings: Iterable[Iterable[str]] = (), narrower: Iterable[tuple[str, Iterable[str]]] = ()
) -> dict[Stems, tuple[Stems, ...]]:
    """Make a synonym table from plain wordings.

    *rings*: wordings that replace each other. *narrower*: (broader wording, wordings
    that it finds), read one way only. Wordings without a stem are left out.

    >>> build_synonyms([("TV", "télévision")])
    {('tv',): (('televis',),), ('televis',): (('tv',),)}
    """
    table: dict[Stems, dict[Stems, None]] = {}
    for ring in rings:
        members = [stems for stems in dict.fromkeys(map(stems_of, ring)) if stems]
        for stems in members:
            table.setdefault(stems, {}).update(dict.fromkeys(other for other in members if other != stems))
    for broader, found in narrower:
        key = stems_of(broader)
        others = [stems for stems in map(stems_of, found) if stems and stems != key]
        if key and others:
            table.setdefault(key, {}).update(dict.fromkeys(others))
    return {key: tuple(others) for key, others in table.items() if others}


def merge_synonyms(*tables: Synonyms) -> dict[Stems, tuple[Stems, ...]]:
    """Return one table that holds the synonyms of all, in the order given."""
    merged: dict[Stems, dict[Stems, None]] = {}
    for table in tables:
        for key, others in table.items():
            merged.setdefault(key, {}).update(dict.fromkeys(others))
    return {key: tuple(others) for key, others in merged.items()}


@cache
def acronym_synonyms() -> Synonyms:
    """Return the synonyms that hold on every instance: acronyms and their long forms."""
    return build_synonyms(ACRONYM_RINGS)


def longest_match(stems: Stems, start: int, synonyms: Synonyms, longest: int) -> int:
    """Return how many stems from *start* make the longest wording that has synonyms, 0 if none."""
    for size in range(min(longest, len(stems) - start), 0, -1):
        if stems[start : start + size] in synonyms:
            return size
    return 0


def longest_wording(synonyms: Synonyms) -> int:
    """Return the number of stems of the longest wording in the table."""
    return max(map(len, synonyms), default=0)

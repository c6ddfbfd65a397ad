"""Words of the field: which form counts as which lemma, before any general dictionary is asked.

The list is data (`data/lexicon.txt`); acronyms come from :mod:`nuserus_analysis.text.acronyms`, and
keep their capitals whatever the case they were written in when that cannot be another word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from nuserus_analysis.text.acronyms import ACRONYM_RINGS

_SHORTEST = 4  # letters of an acronym that no sentence takes for a word when it is written small
_ALSO_WORDS = frozenset({"mas", "fam", "gem", "dys", "caf", "pai", "cada"})


@cache
def domain_lexicon() -> Mapping[str, str]:
    """Form → lemma.

    >>> [domain_lexicon()[form] for form in ("référente", "co-construit", "IME", "essms")]
    ['référent', 'co-construire', 'IME', 'ESSMS']
    """
    text = (files("nuserus_analysis.text") / "data" / "lexicon.txt").read_text(encoding="utf-8")
    return MappingProxyType({**_acronyms(), **read_lexicon(text.splitlines())})


def read_lexicon(lines: Iterable[str]) -> dict[str, str]:
    """Read lines « lemma: form form »; `#` begins a comment. Raises ValueError for a line without a colon."""
    found: dict[str, str] = {}
    for line in lines:
        entry = line.partition("#")[0].strip()
        if not entry:
            continue
        lemma, colon, forms = entry.partition(":")
        if not colon or not lemma.strip():
            raise ValueError(f"A line of a lexicon is « lemma: form form », not {entry!r}")
        for form in (lemma.strip(), *forms.split()):
            found[form] = lemma.strip()
    return found


def _acronyms() -> dict[str, str]:
    found: dict[str, str] = {}
    for ring in ACRONYM_RINGS:
        short = ring[0]
        found[short] = found[short.upper()] = short
        if len(short) >= _SHORTEST and short.lower() not in _ALSO_WORDS:
            found[short.lower()] = short
    return found

"""The word of the dictionary behind each form: *accompagnions* is *accompagner*.

Three ways, chosen by name, never by what happens to be installed, so that two machines give one result:

* `NONE`: the form itself;
* `SIMPLE`: simplemma, a dictionary with rules, word by word;
* `HYBRID`: spaCy reads the sentence (extra `nlp`); its lemma is taken when simplemma gives the same or
  knows it as a word, else simplemma's. The sentence helps, and no word is invented.

The words of the field (:mod:`nuserus_analysis.text.lexicon`) come first in all three but `NONE`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from typing import Any, Final

import simplemma

from nuserus_analysis.text.lexicon import domain_lexicon
from nuserus_analysis.text.occurrences import Kind, Occurrence

MODEL: Final = "fr_core_news_sm"
_UNUSED: Final = ["parser", "ner"]
LONGEST: Final = 60  # letters of a word that is looked up; beyond, it is its own lemma
_TOGETHER: Final = 5_000  # occurrences that spaCy reads at once
# simplemma knows these forms under another entry than grammars do
_REPAIRED: Final = {"j'": "je", "m'": "me", "t'": "te", "leur": "leur", "leurs": "leur", "entr'": "entre"}


class Lemmas(StrEnum):
    """How lemmas are found."""

    NONE = "none"
    SIMPLE = "simple"
    HYBRID = "hybrid"


class ModelMissing(Exception):
    """spaCy or its French model is not installed (extra `nlp`)."""


def hybrid_is_available() -> bool:
    """Whether spaCy and its French model are installed; loads neither."""
    return find_spec("spacy") is not None and find_spec(MODEL) is not None


def simple_lemma(form: str) -> str:
    """The lemma of a form by simplemma; of a compound that it does not know, the form in small letters.

    >>> simple_lemma("éducatrices"), simple_lemma("étions"), simple_lemma("l'"), simple_lemma("IME")
    ('éducateur', 'être', 'le', 'IME')
    """
    return _simple(form)


@lru_cache(maxsize=1 << 16)
def _simple(form: str) -> str:
    if form in _REPAIRED:
        return _REPAIRED[form]
    if not form or len(form) > LONGEST or (form.isupper() and len(form) > 1):
        return form
    return simplemma.lemmatize(form, lang="fr").lower()


@lru_cache(maxsize=1 << 16)
def _known(form: str) -> bool:
    return bool(form) and len(form) <= LONGEST and simplemma.is_known(form, lang="fr")


def merged(of_spacy: str, form: str) -> str:
    """The hybrid: spaCy's lemma when simplemma agrees or knows it as a word, else simplemma's."""
    simple = _simple(form)
    said = of_spacy.lower() if not form.isupper() else form
    return said if said == simple or (said and " " not in said and _known(said)) else simple


def lemmatise(
    texts: Iterable[Sequence[Occurrence]],
    how: Lemmas = Lemmas.SIMPLE,
    *,
    lexicon: Mapping[str, str] | None = None,
) -> Iterator[list[str]]:
    """The lemma of each occurrence of each text; numbers, addresses and signs are their own.

    `lexicon`: form → lemma, before all else; that of the field when it is None. Raises ModelMissing when
    the hybrid is asked for without spaCy.
    """
    known = domain_lexicon() if lexicon is None else lexicon
    if how == Lemmas.HYBRID:
        yield from _hybrid(texts, known)
        return
    find = _simple if how == Lemmas.SIMPLE else _itself
    for read in texts:
        yield [_one(found, known if how != Lemmas.NONE else {}, find) for found in read]


def _itself(form: str) -> str:
    return form


def _one(found: Occurrence, known: Mapping[str, str], find: Callable[[str], str]) -> str:
    if found.kind != Kind.WORD:
        return found.form
    return known.get(found.form) or find(found.form)


def _hybrid(texts: Iterable[Sequence[Occurrence]], known: Mapping[str, str]) -> Iterator[list[str]]:
    model = _model()
    for read in texts:
        lemmas: list[str] = []
        for start in range(0, len(read), _TOGETHER):
            part = read[start : start + _TOGETHER]
            for found, said in zip(part, _read_by(model, part), strict=True):
                lemmas.append(_one(found, known, lambda form, said=said: merged(said, form)))  # type: ignore[misc]
        yield lemmas


@lru_cache(maxsize=1)
def _model() -> Any:
    if not hybrid_is_available():
        raise ModelMissing
    import spacy  # a second and 100 MB, for those who ask for it

    return spacy.load(MODEL, exclude=_UNUSED)


def _read_by(model: Any, read: Sequence[Occurrence]) -> list[str]:
    """spaCy's lemmas for our own occurrences: it is given the words, so offsets never differ."""
    from spacy.tokens import Doc

    if not read:
        return []
    said = [found.text.replace("’", "'") if found.kind == Kind.WORD else found.text for found in read]
    spaces = [one.end < other.start for one, other in pairwise(read)] + [False]
    return [token.lemma_ for token in model(Doc(model.vocab, words=said, spaces=spaces))]

"""French sentences for generated sheets: correct agreement, Zipfian words, one subject per sheet."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

from bench.words import DOING, LIKE, MOMENTS, NAMES, PEOPLE, THINGS, Adjective, Noun, Verb

Item = TypeVar("Item")
VOWELS = "aeiouyéèêàâîôûœh"
OWN_THINGS = 7
OWN_PEOPLE = 3


def zipf(size: int) -> list[float]:
    """Cumulated weights of `size` ranks, each 1/rank."""
    return list(accumulate(1 / rank for rank in range(1, size + 1)))


class Writer:
    """Writes the texts of one sheet after another; `begin` gives the next its own few words.

    `towns` are the long tail: rare proper names, each in a handful of sheets.
    """

    def __init__(self, rng: Random, towns: Sequence[str]) -> None:
        self.rng = rng
        self.towns = towns
        self._weights = {id(words): zipf(len(words)) for words in (PEOPLE, THINGS, DOING, LIKE, MOMENTS, NAMES, towns)}
        self._things: list[Noun] = []
        self._people: list[Noun] = []
        self.device = ""
        self.public = ""

    def begin(self, device: str, public: str) -> None:
        """Start a sheet about a device, for these people."""
        self._things = [self.pick(THINGS) for _ in range(OWN_THINGS)]
        self._people = [self.pick(PEOPLE) for _ in range(OWN_PEOPLE)]
        self.device = device[:1].lower() + device[1:]
        self.public = public[:1].lower() + public[1:]

    def title(self) -> str:
        """One line of at most 160 characters."""
        patterns = (
            f"{self.pick(DOING).infinitive} {self.the(self.thing())} avec {self.public}",
            f"{self.device} pour {self.pick(DOING).infinitive} {self.the(self.thing())}",
            f"{self.some(self.thing())} {self.pick(MOMENTS)} : {self.public} et {self.device}",
        )
        return _sentence(self.rng.choice(patterns))[:-1][:160]

    def text(self, sentences: int) -> str:
        """Some sentences about the sheet's subject."""
        return " ".join(self._one() for _ in range(sentences))

    def quote(self) -> str:
        """Words of a person, where a rare proper name stands."""
        return f"« {self._one()} » ({self.pick(NAMES)}, {self.pick(self.towns)})"

    def _one(self) -> str:
        return _sentence(_PATTERNS[self.rng.randrange(len(_PATTERNS))](self))

    # -- what the patterns are made of

    def pick(self, words: Sequence[Item]) -> Item:
        weights = self._weights[id(words)]
        return self.rng.choices(words, cum_weights=weights)[0]

    def thing(self) -> Noun:
        return self.rng.choice(self._things) if self.rng.random() < 0.7 else self.pick(THINGS)

    def who(self) -> Noun:
        return self.rng.choice(self._people) if self.rng.random() < 0.7 else self.pick(PEOPLE)

    def do(self) -> Verb:
        return self.pick(DOING)

    def to(self, verb: Verb) -> str:
        """« de poser », « d’installer »."""
        return f"d’{verb.infinitive}" if verb.infinitive[0] in VOWELS else f"de {verb.infinitive}"

    def like(self, noun: Noun, *, many: bool) -> str:
        if self.rng.random() < 0.5:
            return ""
        adjective: Adjective = self.pick(LIKE)
        return f" {adjective.beside(noun, many=many)}"

    def the(self, noun: Noun) -> str:
        if self.rng.random() < 0.4:
            return f"les {noun.many}{self.like(noun, many=True)}"
        article = "l’" if noun.one[0] in VOWELS else "la " if noun.feminine else "le "
        return f"{article}{noun.one}{self.like(noun, many=False)}"

    def some(self, noun: Noun) -> str:
        if self.rng.random() < 0.4:
            return f"des {noun.many}{self.like(noun, many=True)}"
        return f"{'une' if noun.feminine else 'un'} {noun.one}{self.like(noun, many=False)}"

    def one_of(self, noun: Noun) -> str:
        """A singular subject."""
        return f"{'une' if noun.feminine else 'un'} {noun.one}{self.like(noun, many=False)}"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


_PATTERNS = (
    lambda w: f"nous {w.do().we} {w.the(w.thing())} {w.pick(MOMENTS)}",
    lambda w: f"{w.one_of(w.who())} {w.do().it} {w.some(w.thing())} avec {w.the(w.who())}",
    lambda w: f"au début, {w.one_of(w.who())} {w.do().it} {w.the(w.thing())}, puis nous {w.do().we} {w.the(w.thing())}",
    lambda w: (
        f"{w.pick(MOMENTS)}, {w.one_of(w.who())} {w.do().it} {w.the(w.thing())} sans {w.do().infinitive} le reste"
    ),
    lambda w: f"nous avons {w.do().done} {w.some(w.thing())} pour {w.do().infinitive} {w.the(w.thing())}",
    lambda w: f"avec {w.device}, {w.one_of(w.who())} peut {w.do().infinitive} {w.some(w.thing())}",
    lambda w: f"pour {w.public}, nous {w.do().we} d’abord {w.the(w.thing())}",
    lambda w: (
        f"il faut {w.do().infinitive} {w.the(w.thing())} et {w.do().infinitive} {w.the(w.thing())} {w.pick(MOMENTS)}"
    ),
    lambda w: f"{w.one_of(w.who())} a {w.do().done} {w.the(w.thing())} ; on a {w.do().done} {w.some(w.thing())}",
    lambda w: f"on demande à {w.one_of(w.who())} {w.to(w.do())} {w.the(w.thing())}",
    lambda w: f"ce n’est pas {w.the(w.thing())} qui compte, c’est {w.the(w.who())} qui {w.do().it} {w.pick(MOMENTS)}",
    lambda w: f"quand {w.one_of(w.who())} ne veut pas {w.do().infinitive}, nous {w.do().we} {w.some(w.thing())}",
)

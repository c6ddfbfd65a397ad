"""Who marked which stretch of a text with which code.

A stretch goes from `start` up to but not with `end`, in characters of its document. `by_units` turns
characters into sentences or speaker turns, when small differences at the ends must not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

HALF = 0.5


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """One marked stretch."""

    start: int
    end: int
    code: str

    @property
    def length(self) -> int:
        return self.end - self.start

    def shared(self, other: Span) -> int:
        """How much both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True)
class Continuum:
    """One document: its length, and the spans of each coder in the order of the coders of the study."""

    length: int
    spans: tuple[tuple[Span, ...], ...]


@dataclass(frozen=True)
class Unitizing:
    """The documents that several coders all read. `codes` in alphabetical order."""

    coders: tuple[str, ...]
    continua: tuple[Continuum, ...]

    @classmethod
    def of(cls, documents: Iterable[tuple[int, Mapping[str, Iterable[Span]]]]) -> Unitizing:
        """From (length, spans of each coder) of each document; who read and marked nothing has no span there.

        Spans of one coder and one code that overlap are one span. Raises ValueError for fewer than two
        coders, coders that differ between documents, or a span that is empty or leaves its document.
        """
        given = [(length, {coder: tuple(spans) for coder, spans in by.items()}) for length, by in documents]
        coders = tuple(given[0][1]) if given else ()
        if len(coders) < 2:
            raise ValueError("Two coders at least are needed: there is nothing to compare")
        continua = []
        for length, by in given:
            if set(by) != set(coders):
                raise ValueError("Every coder must have read every document (an empty list where nothing was marked)")
            for spans in by.values():
                _check(spans, length)
            continua.append(Continuum(length, tuple(_united(by[coder]) for coder in coders)))
        return cls(coders, tuple(continua))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({span.code for one in self.continua for spans in one.spans for span in spans}))

    @cached_property
    def overlapping(self) -> bool:
        """Whether a coder put two codes on the same place: then there is no single code per character."""
        return any(
            first.end > second.start
            for one in self.continua
            for spans in one.spans
            for first, second in pairwise(spans)
        )

    @property
    def length(self) -> int:
        return sum(one.length for one in self.continua)

    @property
    def prevalence(self) -> dict[str, float]:
        """The share of what was read that each code covers, over all coders."""
        covered = dict.fromkeys(self.codes, 0)
        for one in self.continua:
            for spans in one.spans:
                for span in spans:
                    covered[span.code] += span.length
        return {code: count / (self.length * len(self.coders)) for code, count in covered.items()}

    def only(self, code: str) -> Unitizing:
        """The same study as if the others had not been used."""
        return self.renamed({code: code})

    def renamed(self, names: Mapping[str, str]) -> Unitizing:
        """Codes under another name (those of one domain under its name); codes without a name are left out."""
        return Unitizing(
            self.coders,
            tuple(
                Continuum(
                    one.length,
                    tuple(
                        _united(Span(span.start, span.end, names[span.code]) for span in spans if span.code in names)
                        for spans in one.spans
                    ),
                )
                for one in self.continua
            ),
        )


def by_units(spans: Iterable[Span], units: Sequence[tuple[int, int]]) -> list[Span]:
    """Spans counted in units (sentences, speaker turns): which units they cover, from 0.

    `units`: (start, end) of each in characters, in order. A span covers the units of which it has half at
    least; if there is none, the one of which it has most. Spans outside all units are left out.
    """
    found = []
    for span in spans:
        shared = [span.shared(Span(start, end, "")) for start, end in units]
        if not any(shared):
            continue
        covered = [
            rank
            for rank, (here, (start, end)) in enumerate(zip(shared, units, strict=True))
            if here and here >= HALF * (end - start)
        ]
        if not covered:
            most = max(range(len(units)), key=lambda rank: (shared[rank], -rank))
            covered = [most]
        found.append(Span(covered[0], covered[-1] + 1, span.code))
    return found


def _check(spans: Iterable[Span], length: int) -> None:
    for span in spans:
        if not 0 <= span.start < span.end <= length:
            raise ValueError(f"A span from {span.start} to {span.end} does not lie in a text of {length}")


def _united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """In order, spans of one code that overlap made one; those that only touch stay two."""
    found: list[Span] = []
    last: dict[str, int] = {}
    for span in sorted(spans):
        rank = last.get(span.code)
        if rank is not None and found[rank].end > span.start:
            found[rank] = Span(found[rank].start, max(found[rank].end, span.end), span.code)
        else:
            last[span.code] = len(found)
            found.append(span)
    return tuple(found)

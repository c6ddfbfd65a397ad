"""A corpus: documents with their variables, each in turns of speech.

The text of a document is canonical; a turn is a span of it, so what is found in a turn has its place in
the document. What is between two turns (the name of who speaks) is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from nuserus_analysis.text.canonical import canonical, canonical_text


@dataclass(frozen=True, slots=True)
class Turn:
    """``text[start:end]`` of a document, half-open, in code points, and who speaks (empty: nobody is named)."""

    speaker: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """A canonical text in turns that follow one another, with a name and variables."""

    name: str
    text: str
    turns: tuple[Turn, ...]
    variables: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_text(cls, name: str, text: str, variables: Mapping[str, str] | None = None) -> Document:
        """A text that nobody shares: one turn."""
        plain = canonical_text(text)
        return cls(name, plain, (Turn("", 0, len(plain)),), dict(variables or {}))

    @classmethod
    def of_turns(
        cls, name: str, turns: Iterable[tuple[str, str]], variables: Mapping[str, str] | None = None
    ) -> Document:
        """Turns given as (speaker, text); the text of the document is theirs, one under the other."""
        said = [(speaker, canonical_text(text)) for speaker, text in turns]
        spans: list[Turn] = []
        at = 0
        for speaker, text in said:
            spans.append(Turn(speaker, at, at + len(text)))
            at += len(text) + 1
        return cls(name, "\n".join(text for _speaker, text in said), tuple(spans), dict(variables or {}))

    @property
    def sha256(self) -> str:
        """Digest of the canonical text."""
        return canonical(self.text).sha256

    def said(self, turn: Turn) -> str:
        return self.text[turn.start : turn.end]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents in their order."""

    documents: tuple[Document, ...]

    @property
    def variables(self) -> tuple[str, ...]:
        """Names of all the variables, in the order in which they are met."""
        return tuple(dict.fromkeys(name for document in self.documents for name in document.variables))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who speaks, in the order in which they are met."""
        turns = (turn for document in self.documents for turn in document.turns)
        return tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))

"""What comes from a participant's words: who keeps it says how it is taken back.

Each app that keeps something derived from what a participant said, wrote or did registers a redactor. A
withdrawal calls them all, as the system role, in its one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from nuserus.consent.enums import Fate, Mode

MASK = "█"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A withdrawal that is being done: who (a participant), in which place of a study (its mission), how far."""

    id: UUID
    subject: UUID
    mission: UUID
    mode: Mode


@dataclass(frozen=True, slots=True)
class Trace:
    """One line of the receipt: what, how many, what became of it. Never content, never a name."""

    what: str | Promise
    count: int
    fate: Fate


Redact = Callable[[Withdrawn], list[Trace]]


@dataclass(frozen=True, slots=True)
class Redactor:
    """How one app takes back what it keeps in `models` ("corpus.Turn")."""

    key: str
    models: tuple[str, ...]
    redact: Redact


_redactors: dict[str, Redactor] = {}


def register_redactor(key: str, *, models: tuple[str, ...], redact: Redact) -> None:
    """Say how the rows of `models` that come from somebody are taken back. Called from `AppConfig.ready`.

    `redact` uses the ORM plainly, as the system role, inside the transaction of the withdrawal; whatever it
    raises undoes the whole. Raises ValueError when the key is taken.
    """
    if key in _redactors:
        raise ValueError(f"There is a redactor {key} already")
    _redactors[key] = Redactor(key, models, redact)


def redactors() -> Iterator[Redactor]:
    """All of them, by key: the same order each time, so that two withdrawals never wait for each other."""
    for key in sorted(_redactors):
        yield _redactors[key]


def placeholder(text: str) -> str:
    """The same length and the same lines, without a word: offsets into the text stay true.

    >>> placeholder("Il rit.\\nSouvent.")
    '███████\\n████████'
    """
    return "".join("\n" if sign == "\n" else MASK for sign in text)

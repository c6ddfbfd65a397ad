"""A term of access: a predicate, the same as a query, and a sentence."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol
from uuid import UUID

from django.db.models import Q

from nuserus.foundation.asking import Asking


class ScopedRow(Protocol):
    """What a term looks at: the scope columns."""

    scope_level: str
    scope_institution: UUID | None
    scope_group: UUID | None
    scope_author: UUID | None
    scope_mission: UUID | None


class Term(ABC):
    """One reason why somebody may do something with a row."""

    @abstractmethod
    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        """Whether the reason holds for this person and this row."""

    @abstractmethod
    def as_q(self, asking: Asking) -> Q:
        """The rows for which it holds."""

    @abstractmethod
    def why(self, asking: Asking, row: ScopedRow) -> str:
        """The sentence that says so to the person; only asked where `allows` is true."""

    def __and__(self, other: Term) -> Term:
        return _Both(self, other)

    def __or__(self, other: Term) -> Term:
        return _Either(self, other)


def everything() -> Q:
    """A Q that is true of every row (an empty Q() is not, under `|`)."""
    return ~Q(pk__in=[])


def nothing() -> Q:
    """A Q that is true of no row."""
    return Q(pk__in=[])


class _Both(Term):
    def __init__(self, first: Term, second: Term) -> None:
        self.first = first
        self.second = second

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return self.first.allows(asking, row) and self.second.allows(asking, row)

    def as_q(self, asking: Asking) -> Q:
        return self.first.as_q(asking) & self.second.as_q(asking)

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return f"{self.first.why(asking, row)} {self.second.why(asking, row)}"


class _Either(Term):
    def __init__(self, first: Term, second: Term) -> None:
        self.first = first
        self.second = second

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return self.first.allows(asking, row) or self.second.allows(asking, row)

    def as_q(self, asking: Asking) -> Q:
        return self.first.as_q(asking) | self.second.as_q(asking)

    def why(self, asking: Asking, row: ScopedRow) -> str:
        holding = self.first if self.first.allows(asking, row) else self.second
        return holding.why(asking, row)

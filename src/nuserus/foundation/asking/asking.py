"""The person who asks, with everything they may stand on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asking, as the database was told it at the opening of the transaction.

    `user_id` is None for an anonymous visitor. `institutions` are confirmed memberships, `managed`
    those whose referent the person is, `missions` the restricted things they are named on,
    `verified` whether they may read the level `network`.
    """

    user_id: UUID | None = None
    roles: frozenset[str] = frozenset()
    institutions: frozenset[UUID] = frozenset()
    managed: frozenset[UUID] = frozenset()
    groups: frozenset[UUID] = frozenset()
    missions: frozenset[UUID] = frozenset()
    verified: bool = False

    @property
    def is_anonymous(self) -> bool:
        return self.user_id is None


ANONYMOUS = Asking()


def asking_of(request: HttpRequest) -> Asking:
    """Who is asking in this request; anonymous when the middleware did not run."""
    asking: Asking = getattr(request, "asking", ANONYMOUS)
    return asking

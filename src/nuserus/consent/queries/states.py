"""The state of a consent, computed from what was said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nuserus.consent.enums import FOLLOWS
from nuserus.consent.models import ConsentEvent


@dataclass(frozen=True, slots=True)
class Standing:
    """What the events of one consent add up to."""

    state: str
    since: datetime
    expires_at: datetime | None
    notice_version: UUID
    position: int


def standing_after(events: Iterable[ConsentEvent]) -> Standing | None:
    """Fold the events of one consent, in order. Raises ValueError when one may not follow the last."""
    standing: Standing | None = None
    for event in events:
        before = standing.state if standing else None
        state = FOLLOWS[before].get(event.kind)
        if state is None:
            raise ValueError(f"{event.kind} cannot follow {before}")
        standing = Standing(state, event.at, event.expires_at, event.notice_version_id, event.position)
    return standing

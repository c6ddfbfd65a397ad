"""What the weekly digest of one account says."""

from __future__ import annotations

import hashlib
import hmac
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from nuserus.notifications.enums import NOT_SURELY_SENT, Frequency, SendingState
from nuserus.notifications.models import Notice, Sending
from nuserus.notifications.queries.preferences import Wishes
from nuserus.notifications.queries.told import Told, told
from nuserus.notifications.registry import DigestLine, digest_sections

logger = logging.getLogger(__name__)

MOST_NOTICES = 12
MOST_LINES = 6
MOST_READ = 100
TOLD_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Part:
    """One heading and its lines."""

    heading: str
    lines: list[DigestLine]


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest: notices that no mail surely told, how many more there are, and what waits.

    The same sentence about the same thing is one line; `carried` are the notices behind the lines.
    """

    notices: list[Told] = field(default_factory=list)
    carried: list[UUID] = field(default_factory=list)
    more: int = 0
    parts: list[Part] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not self.notices and not self.parts

    @property
    def said(self) -> str:
        """A keyed print of every line: tells two equal digests, and nothing of what they say."""
        lines = [str(notice) for notice in self.carried]
        lines += [f"{line.text}\x1f{line.address}" for part in self.parts for line in part.lines]
        key = settings.SECRET_KEY.encode()
        return hmac.new(key, "\x1e".join(lines).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def digest_for(account_id: UUID, wishes: Wishes, *, sending_id: UUID) -> Digest:
    """What the digest of this record says, acting as its account, in the language that is active."""
    lines: dict[tuple[str, str], list[Told]] = {}
    for line in told(_to_tell(account_id, wishes, sending_id)):
        if line.address:
            lines.setdefault((line.sentence, line.address), []).append(line)
    shown = list(lines.values())[:MOST_NOTICES]
    return Digest(
        notices=[same[0] for same in shown],
        carried=[line.id for same in shown for line in same],
        more=len(lines) - len(shown),
        parts=_parts(account_id),
    )


def _to_tell(account_id: UUID, wishes: Wishes, sending_id: UUID) -> QuerySet[Notice]:
    """Unread notices that the person wants to hear of and that no other mail surely brought, last first."""
    rows = Notice.objects.filter(
        scope_author=account_id, read_at=None, happened_at__gte=timezone.now() - TOLD_WITHIN
    ).filter(Q(carried_by=None) | Q(carried_by=sending_id) | Q(carried_by__state__in=NOT_SURELY_SENT))
    # those whose own mail is still on its way, or has surely arrived, are not told twice
    rows = rows.filter(Q(sending=None) | Q(sending__state__in=NOT_SURELY_SENT))
    kinds = set(rows.values_list("kind", flat=True))
    wanted = [kind for kind in kinds if wishes.frequency(kind) != Frequency.NONE]
    return rows.filter(kind__in=wanted).order_by("-happened_at", "-id")[:MOST_READ]


def _parts(account_id: UUID) -> list[Part]:
    parts = []
    for section in digest_sections():
        try:
            with transaction.atomic():
                lines = section.lines(account_id)[:MOST_LINES]
        except Exception:  # one app's mistake must not silence all the others
            logger.exception("Section %s of the digest failed", section.key)
            continue
        if lines:
            parts.append(Part(str(section.heading), lines))
    return parts


def last_said(account_id: UUID) -> str:
    """The print of the last digest that surely left; "" when none did."""
    left = Sending.objects.filter(scope_author=account_id, notice=None, state=SendingState.SENT)
    return left.order_by("-week").values_list("said", flat=True).first() or ""

"""One tap in a mail, and no more mail of that kind: links that work without signing in, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.foundation.audit import record
from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency
from nuserus.notifications.models import Preference
from nuserus.notifications.registry import addressees, notice_kind


@dataclass(frozen=True, slots=True)
class Stop:
    """What a link stops: mail of one kind (or the digest, or everything) to one account."""

    account_id: UUID
    kind: str


def _signer() -> Signer:
    # a mail is read years later, after the key has changed: the old ones still open this door, and no other
    old: list[bytes | str] = [*settings.NUSERUS_OLD_SECRET_KEYS]
    return Signer(salt="nuserus.notifications.stop", sep=".", fallback_keys=old)


def stop_address(stop: Stop) -> str:
    """The path that stops it, for whoever holds it: it is only ever sent to the account's own address."""
    token = _signer().sign_object([stop.account_id.hex, stop.kind])
    return reverse("stopping:stop", args=[token])


def read_stop(token: str) -> Stop | None:
    """What a token stops; None when it is not one of ours, or was cut on its way."""
    try:
        account, kind = _signer().unsign_object(token)
        stop = Stop(UUID(account), str(kind))
    except (BadSignature, ValueError, TypeError):
        return None
    return stop if stop.kind in (DIGEST, EVERYTHING) or notice_kind(stop.kind) else None


def stop_mail(stop: Stop) -> None:
    """Send no more mail of that kind to that account. Done twice it is done; a closed account stays closed."""
    if addressees().find(stop.account_id) is None:
        return
    with acting_as(stop.account_id):
        Preference.objects.update_or_create(
            scope_author=stop.account_id, kind=stop.kind, defaults={"frequency": Frequency.NONE}
        )
        record("stop mail", actor=stop.account_id, object_id=stop.account_id, content=stop.kind)

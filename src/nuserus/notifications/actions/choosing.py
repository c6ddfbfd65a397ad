"""Choosing what to hear of by mail."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.notifications.enums import DIGEST, EVERYTHING, Frequency
from nuserus.notifications.models import Preference
from nuserus.notifications.queries.preferences import wishes_of
from nuserus.notifications.registry import notice_kind


def choose_mail(*, actor: Asking, wanted: Mapping[str, Frequency]) -> None:
    """Keep what differs from before, by kind; the digest and everything are kinds here.

    Raises PermissionDenied to a visitor, ValueError for a kind that nobody declares.
    """
    if actor.user_id is None:
        raise PermissionDenied
    before = wishes_of(actor.user_id)
    for kind, frequency in wanted.items():
        if kind not in (DIGEST, EVERYTHING) and notice_kind(kind) is None:
            raise ValueError(f"No app declares the kind of notice {kind}")
        held = Frequency.NONE if kind == EVERYTHING and before.silent else None
        known = held or (Frequency.WEEKLY if kind == EVERYTHING else before.chosen(kind))
        if frequency != known:
            Preference.objects.update_or_create(
                scope_author=actor.user_id, kind=kind, defaults={"frequency": frequency}
            )
    record("choose mail", actor=actor.user_id, object_id=actor.user_id)

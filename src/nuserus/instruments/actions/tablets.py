"""Letting a device send fiches, and stopping it."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line
from nuserus.instruments.models import Tablet
from nuserus.instruments.rules import can_add_tablet, can_revoke_tablet

MOST_TABLETS = 20


@transaction.atomic
def add_tablet(*, actor: Asking, label: str) -> tuple[Tablet, str]:
    """Let a device send in the person's name; with its secret, that is kept nowhere."""
    if actor.user_id is None:
        raise PermissionDenied
    secret = secrets.token_urlsafe(24)
    tablet = Tablet(
        account_id=actor.user_id,
        label=plain_line(label)[:60],
        secret_sha256=_hash(secret),
        scope_level=Level.RESTRICTED,
        scope_author=actor.user_id,
    )
    if not can_add_tablet.allows(actor, tablet):
        raise PermissionDenied
    if not tablet.label:
        raise ValidationError(_("Donnez un nom à l’appareil, pour le reconnaître dans la liste."))
    if Tablet.objects.filter(revoked_at=None).count() >= MOST_TABLETS:
        raise ValidationError(_("Vous avez déjà vingt appareils. Arrêtez ceux qui ne servent plus."))
    tablet.save(force_insert=True)
    record("let a device send", actor=actor.user_id, object_id=tablet.pk)
    return tablet, secret


@transaction.atomic
def revoke_tablet(*, actor: Asking, tablet: Tablet) -> None:
    """A device that was lost, or no longer serves: its secret opens nothing any more."""
    can_revoke_tablet.require(actor, tablet)
    if tablet.revoked_at is None:
        tablet.revoked_at = timezone.now()
        tablet.save(update_fields=["revoked_at"])
        record("stop a device", actor=actor.user_id, object_id=tablet.pk)


def account_of_secret(secret: str) -> UUID | None:
    """Whose device has this secret; None when it was stopped or never was."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT instruments_tablet_account(%s)", [_hash(secret)])
        found: tuple[UUID | None] | None = cursor.fetchone()
    return found[0] if found else None


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()

"""Two entries of the catalogue that are one: a moderator keeps one of them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Device
from nuserus.devices.registry import merge_followers
from nuserus.devices.rules import can_merge_device, can_read_device
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.models.base import new_id


@transaction.atomic
def merge_devices(*, actor: Asking, gone: Device, kept: Device) -> None:
    """Merge a device of the catalogue, or a proposal, into another device of the catalogue.

    Inventories and what other apps keep follow; the old address leads to the kept one; a place that had not
    named it keeps the old name as its own. Raises ValidationError when they cannot be merged.
    """
    can_read_device.require(actor, gone)
    can_merge_device.require(actor, gone)
    if gone.pk == kept.pk or not kept.is_accepted or gone.status == DeviceStatus.REFUSED:
        raise ValidationError(_("Choisissez un autre matériel du catalogue : celui que l’on garde."))
    if gone.status == DeviceStatus.PROPOSED and gone.proposed_by_id == actor.user_id:
        raise ValidationError(_("C’est votre proposition : une autre personne de la modération y répond."))
    with connection.cursor() as cursor:
        cursor.execute("SELECT devices_merge(%s, %s, %s)", [gone.pk, kept.pk, new_id()])
    for follow in merge_followers().values():
        follow(gone.slug, kept.slug)
    record("merge device", actor=actor.user_id, object_id=gone.pk, content=str(kept.pk))

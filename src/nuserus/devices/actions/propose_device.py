"""Proposing a device that the catalogue lacks, and answering a proposal."""

from __future__ import annotations

import secrets

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.models import Device, DeviceFamily, MergedDevice
from nuserus.devices.queries import devices_named, own_proposals
from nuserus.devices.rules import can_change_device
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record

MAX_WAITING = 5


def propose_device(*, actor: Asking, name: str, family: DeviceFamily, description: str = "") -> Device:
    """Propose a device: its proposer may use it at once, others once a moderator has accepted it.

    Raises ValidationError when the catalogue has that name already, or when too many proposals
    wait; PermissionDenied to a visitor.
    """
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour proposer un matériel."))
    if devices_named(name).exists():
        raise ValidationError(_("Ce matériel est déjà dans le catalogue. Choisissez-le dans la liste."))
    if own_proposals(actor).filter(status=DeviceStatus.PROPOSED).count() >= MAX_WAITING:
        raise ValidationError(_("Cinq de vos propositions attendent déjà une réponse. Attendez-la avant d’en ajouter."))
    device = Device(
        # Never a name that another hidden proposal could hold already.
        slug=f"proposition-{secrets.token_hex(8)}",
        name=name.strip(),
        family=family,
        description=description,
        status=DeviceStatus.PROPOSED,
        proposed_by_id=actor.user_id,
        proposed_at=timezone.now(),
    )
    device.save(force_insert=True)
    record("propose device", actor=actor.user_id, object_id=device.pk)
    return device


def accept_device(*, actor: Asking, device: Device) -> None:
    """Put a proposal in the catalogue, as it is. Raises ValidationError when it was answered."""
    _require_waiting(actor, device)
    if devices_named(device.name).exists():
        raise ValidationError(_("Le catalogue a déjà un matériel de ce nom. Refusez en disant lequel choisir."))
    device.status = DeviceStatus.ACCEPTED
    device.slug = _free_slug(device.name)
    device.save(force_update=True)
    record("accept device", actor=actor.user_id, object_id=device.pk)


def refuse_device(*, actor: Asking, device: Device, answer: str) -> None:
    """Refuse a proposal and say why. Raises ValidationError without a reason, or once answered."""
    _require_waiting(actor, device)
    if not answer.strip():
        raise ValidationError(_("Dites pourquoi : la personne qui propose lira votre réponse."))
    device.status = DeviceStatus.REFUSED
    device.answer = answer.strip()
    device.save(force_update=True)
    record("refuse device", actor=actor.user_id, object_id=device.pk)


def _require_waiting(actor: Asking, device: Device) -> None:
    can_change_device.require(actor, device)
    if device.proposed_by_id == actor.user_id:
        raise ValidationError(_("C’est votre proposition : une autre personne de la modération y répond."))
    if device.status != DeviceStatus.PROPOSED:
        raise ValidationError(_("Cette proposition a déjà reçu une réponse. Rien n’a changé."))


def _free_slug(name: str) -> str:
    wanted = slugify(name)[:60] or "materiel"
    # Addresses of pages that are not devices.
    taken = {"proposer", "propositions", "inventaire", "reseau", "releves"}
    taken |= set(Device.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    taken |= set(MergedDevice.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, 1_000))
    return next(slug for slug in candidates if slug not in taken)

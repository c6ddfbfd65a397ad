"""Writing the inventory of an institution: its referents do."""

from __future__ import annotations

from dataclasses import dataclass, fields
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.devices.enums import INVENTORY_LEVELS
from nuserus.devices.models import Deployment, Device
from nuserus.devices.queries import devices_to_choose_from, to_confirm
from nuserus.devices.queries.inventory import labels_of_publics, labels_of_trades
from nuserus.devices.rules import (
    can_add_deployment,
    can_change_deployment,
    can_delete_deployment,
)
from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class DeploymentAnswers:
    """What a place says of one of its devices; `used_by` and `with_publics` are slugs."""

    device: Device
    scope_level: str = Level.INSTITUTION
    own_name: str = ""
    quantity: int | None = None
    stage: str = ""
    used_by: tuple[str, ...] = ()
    with_publics: tuple[str, ...] = ()
    data_held: str = ""
    cost: str = ""
    remarks: str = ""


def record_deployment(*, actor: Asking, institution: Institution, answers: DeploymentAnswers) -> Deployment:
    """Add a device to the inventory of an institution.

    Raises PermissionDenied when the person is not its referent, ValidationError on a trade or a
    public that is not in the lists, or a level that an inventory cannot have.
    """
    deployment = Deployment(institution=institution, scope_institution=institution.pk, recorded_by_id=actor.user_id)
    if not can_add_deployment.allows(actor, deployment):
        raise PermissionDenied(_("Seuls les référents de ce lieu tiennent son inventaire."))
    _write(actor, deployment, answers)
    deployment.save(force_insert=True)
    record("record deployment", actor=actor.user_id, object_id=deployment.pk)
    return deployment


def change_deployment(*, actor: Asking, deployment: Deployment, answers: DeploymentAnswers) -> None:
    """Change a line of an inventory; it counts as checked today. Raises like `record_deployment`."""
    can_change_deployment.require(actor, deployment)
    _write(actor, deployment, answers)
    deployment.last_checked = timezone.localdate()
    deployment.save(force_update=True)
    record("change deployment", actor=actor.user_id, object_id=deployment.pk)


def confirm_deployments(*, actor: Asking, institution: Institution, only: UUID | None = None) -> int:
    """Say that what nobody confirmed for a year is still true: of the place, or of one line. Returns how many.

    Raises PermissionDenied for who is not a referent of the place.
    """
    if not can_add_deployment.allows(actor, Deployment(institution=institution, scope_institution=institution.pk)):
        raise PermissionDenied(_("Seuls les référents de ce lieu tiennent son inventaire."))
    rows = to_confirm(actor, institution)
    confirmed = list((rows.filter(pk=only) if only else rows).values_list("pk", flat=True))
    Deployment.objects.filter(pk__in=confirmed).update(last_checked=timezone.localdate())
    for line in confirmed:
        record("confirm deployment", actor=actor.user_id, object_id=line)
    return len(confirmed)


def remove_deployment(*, actor: Asking, deployment: Deployment) -> None:
    """Take a line off an inventory."""
    can_delete_deployment.require(actor, deployment)
    removed = deployment.pk
    deployment.delete()
    record("remove deployment", actor=actor.user_id, object_id=removed)


def _write(actor: Asking, deployment: Deployment, answers: DeploymentAnswers) -> None:
    _require_known(actor, deployment, answers)
    for field in fields(answers):
        value = getattr(answers, field.name)
        setattr(deployment, field.name, list(value) if isinstance(value, tuple) else value)


def _require_known(actor: Asking, deployment: Deployment, answers: DeploymentAnswers) -> None:
    if answers.scope_level not in INVENTORY_LEVELS:
        raise ValidationError(_("Choisissez qui peut lire cette ligne parmi les trois réponses."))
    if len(labels_of_trades(answers.used_by)) != len(set(answers.used_by)):
        raise ValidationError(_("Un métier choisi n’est pas dans la liste. Choisissez de nouveau."))
    if len(labels_of_publics(answers.with_publics)) != len(set(answers.with_publics)):
        raise ValidationError(_("Un public choisi n’est pas dans la liste. Choisissez de nouveau."))
    kept = answers.device.pk == deployment.device_id
    if not kept and not devices_to_choose_from(actor).filter(pk=answers.device.pk).exists():
        raise ValidationError(_("Ce matériel n’est pas dans le catalogue. Choisissez-le dans la liste."))

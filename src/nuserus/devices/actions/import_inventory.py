"""An inventory that comes back as a workbook: kept, shown, then applied or thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.devices.actions.record_deployment import DeploymentAnswers, change_deployment, record_deployment
from nuserus.devices.enums import UPLOAD_DAYS
from nuserus.devices.models import Deployment, Device, InventoryUpload
from nuserus.devices.rules import can_add_deployment, can_add_upload, can_delete_upload, can_read_upload
from nuserus.devices.workbooks.opening import refuse_other_kinds
from nuserus.devices.workbooks.planning import Plan, plan_of
from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record

MOST_WAITING = 5


@dataclass(frozen=True, slots=True)
class Applied:
    """What a workbook did."""

    added: int
    changed: int
    left_out: int


class PlanChanged(Exception):
    """The inventory, or the lists, are no longer what was shown."""


def keep_upload(*, actor: Asking, institution: Institution, file_name: str, content: bytes) -> InventoryUpload:
    """Keep a workbook until its sender decides.

    Raises PermissionDenied for who is not a referent of the place; ValidationError, one sentence, for another
    kind of file, or when too many wait.
    """
    if actor.user_id is None:
        raise PermissionDenied(_("Seuls les référents de ce lieu tiennent son inventaire."))
    upload = InventoryUpload(
        institution=institution,
        uploaded_by_id=actor.user_id,
        file_name=file_name.replace("\x00", "")[-120:] or "inventaire.xlsx",
        content=content,
        scope_institution=institution.pk,
        scope_author=actor.user_id,
    )
    if not can_add_upload.allows(actor, upload):
        raise PermissionDenied(_("Seuls les référents de ce lieu tiennent son inventaire."))
    refuse_other_kinds(content)
    waiting = can_read_upload.filter(InventoryUpload.objects.filter(institution=institution), actor).count()
    if waiting >= MOST_WAITING:
        raise ValidationError(
            _("Cinq fichiers attendent déjà votre décision. Enregistrez-les ou jetez-les avant d’en déposer un autre.")
        )
    upload.save(force_insert=True)
    record("keep inventory workbook", actor=actor.user_id, object_id=upload.pk)
    return upload


@transaction.atomic
def apply_upload(*, actor: Asking, upload: InventoryUpload, fingerprint: str, without_faults: bool) -> Applied:
    """Do what was shown, all of it or nothing, and let the file go.

    `fingerprint` is that of the plan that was shown; PlanChanged is raised when it would be another one now.
    `without_faults`: leave out the rows that are wrong; otherwise ValidationError is raised when there is one.
    Raises PermissionDenied for who is no longer a referent.
    """
    can_read_upload.require(actor, upload)
    institution = upload.institution
    blank = Deployment(institution=institution, scope_institution=institution.pk)
    if not can_add_deployment.allows(actor, blank):
        raise PermissionDenied(_("Seuls les référents de ce lieu tiennent son inventaire."))
    # two of the same file, or a file and the form, one after the other
    InventoryUpload.objects.select_for_update().get(pk=upload.pk)
    list(Deployment.objects.filter(institution=institution).order_by("pk").select_for_update(of=("self",)))
    plan = plan_of(actor, institution, bytes(upload.content))
    if plan.fingerprint != fingerprint:
        raise PlanChanged
    if plan.faults and not without_faults:
        raise ValidationError(_("Des lignes sont à revoir. Rien n’est enregistré, le fichier est gardé."))
    _write(actor, institution, plan)
    _let_go(actor, upload, "apply inventory workbook")
    return Applied(len(plan.added), len(plan.changed), plan.rows_with_faults)


def discard_upload(*, actor: Asking, upload: InventoryUpload) -> None:
    """Throw a workbook away: the inventory stays as it is."""
    can_read_upload.require(actor, upload)
    can_delete_upload.require(actor, upload)
    _let_go(actor, upload, "discard inventory workbook")


def forget_uploads() -> int:
    """Throw away the workbooks that nobody decided about for UPLOAD_DAYS days. Returns how many."""
    with as_system("forget workbooks that nobody decided about"):
        before = timezone.now() - timedelta(days=UPLOAD_DAYS)
        return InventoryUpload.objects.filter(uploaded_at__lt=before).delete()[0]


def _write(actor: Asking, institution: Institution, plan: Plan) -> None:
    planned_rows = [*plan.added, *plan.changed]
    devices = Device.objects.in_bulk([planned.given["device"] for planned in planned_rows])
    for planned in planned_rows:
        given: dict[str, Any] = {**planned.given, "device": devices[planned.given["device"]]}
        answers = DeploymentAnswers(**given)
        if planned.line is None:
            record_deployment(actor=actor, institution=institution, answers=answers)
        else:
            change_deployment(actor=actor, deployment=planned.line, answers=answers)


def _let_go(actor: Asking, upload: InventoryUpload, what: str) -> None:
    gone = upload.pk
    upload.delete()
    record(what, actor=actor.user_id, object_id=gone)

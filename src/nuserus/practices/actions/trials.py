"""Essayé chez nous: reporting a trial, changing it, taking it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.practices.actions.indexing import index_sheet
from nuserus.practices.actions.telling_people import tell_tried
from nuserus.practices.enums import Outcome, SheetStatus
from nuserus.practices.models import Sheet, Trial
from nuserus.practices.rules import can_delete_trial, can_read_sheet, can_report_trial

TRIAL_DELETED = "practices.trial_deleted"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a trial in one of their places; `publics` are slugs."""

    institution: Institution
    outcome: Outcome
    publics: tuple[str, ...] = ()
    comment: str = ""


def report_trial(*, actor: Asking, sheet: Sheet, told: Told) -> Trial:
    """Say what a sheet gave in a place of the actor; said again, it replaces what they said before.

    Raises Unreadable when the sheet is not there for the actor, PermissionDenied when they are not
    verified, the place is not theirs, or it is the one that tells the sheet.
    """
    can_read_sheet.require(actor, sheet)
    if sheet.status != SheetStatus.PUBLISHED:
        raise PermissionDenied(_("On ne raconte un essai que d’une fiche publiée."))
    if told.institution.pk not in actor.institutions or told.institution.pk == sheet.institution_id:
        raise PermissionDenied(_("On raconte un essai depuis un autre établissement, où l’on travaille."))
    proposed = Trial(scope_level=sheet.scope_level, scope_author=actor.user_id)
    can_report_trial.require(actor, proposed)
    answers = {
        "outcome": told.outcome,
        "publics": list(told.publics),
        "comment": told.comment.strip(),
        "sheet_version": max(sheet.version, 1),
        "scope_level": sheet.scope_level,
        "scope_author": actor.user_id,
    }
    trial, is_new = Trial.objects.update_or_create(
        sheet=sheet, institution=told.institution, author_id=actor.user_id, defaults=answers
    )
    record("report trial" if is_new else "change trial", actor=actor.user_id, object_id=trial.pk, content=told.comment)
    if is_new:
        tell_tried(sheet, actor=actor.user_id)
    index_sheet(sheet)
    return trial


def delete_trial(*, actor: Asking, trial: Trial) -> None:
    """Take back one's own report. Raises Unreadable or PermissionDenied."""
    can_delete_trial.require(actor, trial)
    sheet, trial_id = trial.sheet, trial.pk
    trial.delete()
    record("delete trial", actor=actor.user_id, object_id=trial_id)
    note_withdrawal(TRIAL_DELETED, object_id=trial_id)
    index_sheet(sheet)

"""Speaking of the questions, deciding, and making a version of what was decided."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.instruments.actions.instruments import add_version_from_sheets
from nuserus.instruments.enums import RemarkState
from nuserus.instruments.models import Instrument, InstrumentVersion, Remark
from nuserus.instruments.rules import can_decide_remark, can_lead_instrument, can_remark, can_take_back_remark
from nuserus.instruments.standard.rewording import reworded
from nuserus.instruments.standard.workbook import read_sheets

MOST_WAITING = 300


@transaction.atomic
def add_remark(*, actor: Asking, version: InstrumentVersion, question: str, comment: str, wording: str) -> Remark:
    """Say something of a question (its name; empty: of the whole), and perhaps how to word it.

    Raises ValidationError on an unknown question or on nothing said, PermissionDenied outside the group.
    """
    if actor.user_id is None:
        raise PermissionDenied
    remark = Remark(
        instrument_id=version.instrument_id,
        version=version,
        question=question,
        comment=plain_text(comment)[:1500].strip(),
        wording=plain_line(wording)[:500],
        author_id=actor.user_id,
        scope_level=version.scope_level,
        scope_institution=version.scope_institution,
        scope_group=version.scope_group,
        scope_author=actor.user_id,
    )
    if not can_remark.allows(actor, remark):
        raise PermissionDenied(_("Seules les personnes du lieu ou du groupe parlent de cette grille."))
    if question and question not in {one.name for one in version.asked.questions}:
        raise ValidationError(_("Cette question n’est pas dans cette version."))
    if not remark.comment and not remark.wording:
        raise ValidationError(_("Écrivez une remarque, ou une autre formulation."))
    if Remark.objects.filter(instrument=version.instrument_id, state=RemarkState.WAITING).count() >= MOST_WAITING:
        raise ValidationError(
            _("Beaucoup de remarques attendent déjà une réponse. Revenez quand elles auront été lues.")
        )
    remark.save(force_insert=True)
    record("remark on instrument", actor=actor.user_id, object_id=version.instrument_id)
    return remark


@transaction.atomic
def decide_remark(*, actor: Asking, remark: Remark, taken: bool, answer: str) -> None:
    """Answer a remark: taken up or not, with a word."""
    can_decide_remark.require(actor, remark)
    remark.state = RemarkState.TAKEN if taken else RemarkState.DECLINED
    remark.answer = plain_line(answer)[:400]
    remark.decided_at = timezone.now()
    remark.save(update_fields=["state", "answer", "decided_at"])
    record("decide remark on instrument", actor=actor.user_id, object_id=remark.instrument_id)


@transaction.atomic
def take_back_remark(*, actor: Asking, remark: Remark) -> None:
    """Take back one's own remark."""
    can_take_back_remark.require(actor, remark)
    record("take back remark on instrument", actor=actor.user_id, object_id=remark.instrument_id)
    remark.delete()


@transaction.atomic
def make_agreed_version(*, actor: Asking, instrument: Instrument, base: InstrumentVersion) -> InstrumentVersion:
    """A version with the wordings that were taken up since `base`, whose workbook it starts from.

    The last wording taken for a question wins. Raises ValidationError when there is none.
    """
    can_lead_instrument.require(actor, instrument)
    taken = Remark.objects.filter(version=base, state=RemarkState.TAKEN).exclude(wording="").order_by("decided_at")
    wordings = {remark.question: remark.wording for remark in taken if remark.question}
    sheets, found = reworded(read_sheets(bytes(base.workbook)), wordings)
    if not found:
        raise ValidationError(_("Aucune formulation n’a encore été reprise pour cette version."))
    note = ngettext("%(count)d formulation du groupe", "%(count)d formulations du groupe", len(found))
    return add_version_from_sheets(actor=actor, instrument=instrument, sheets=sheets, note=note % {"count": len(found)})

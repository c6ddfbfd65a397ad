"""Hearing those who live there, and those who work there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.charters.actions.charters import RuleWords, add_rule, change_rule, remove_rule
from nuserus.charters.enums import ProposalKind, ProposalState
from nuserus.charters.models import Charter, Consultation, HouseRule, PlainReading, Proposal
from nuserus.charters.rules import (
    can_decide_proposal,
    can_propose,
    can_take_back_proposal,
    can_work_on_charter,
)
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line, plain_text

MOST_WAITING = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One moment of listening; `who` says roles, never names."""

    held_on: date
    gathering: str
    who: str
    said: str
    accompanied: int = 0
    others: int = 0
    changed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOver:
    """One reading of the simple version by people concerned."""

    readers: str
    how_many: int
    way: str
    done_on: date
    what_changed: str = ""


@transaction.atomic
def record_consultation(*, actor: Asking, charter: Charter, heard: Heard) -> Consultation:
    """Keep who was heard, what they said, and what it changed. Raises ValidationError on a day to come."""
    can_work_on_charter.require(actor, charter)
    _refuse_tomorrow(heard.held_on, "held_on")
    consultation = Consultation.objects.create(
        charter=charter,
        held_on=heard.held_on,
        gathering=heard.gathering,
        who=plain_line(heard.who)[:200],
        accompanied=heard.accompanied,
        others=heard.others,
        said=plain_text(heard.said)[:2000],
        changed=plain_text(heard.changed)[:2000],
        recorded_by_id=actor.user_id,
    )
    record("record consultation", actor=actor.user_id, object_id=charter.pk)
    return consultation


@transaction.atomic
def remove_consultation(*, actor: Asking, consultation: Consultation) -> None:
    """Take back what was recorded by mistake; versions adopted since keep it."""
    can_work_on_charter.require(actor, consultation.charter)
    record("remove consultation", actor=actor.user_id, object_id=consultation.charter_id)
    consultation.delete()


@transaction.atomic
def write_simple(*, actor: Asking, charter: Charter, text: str) -> None:
    """Write the simple version, one idea a line. It is FALC again once people concerned read this very text."""
    can_work_on_charter.require(actor, charter)
    lines = (plain_line(line) for line in text.splitlines())
    charter.simple = "\n".join(line for line in lines if line)[:1500]
    charter.save()
    record("write simple version of charter", actor=actor.user_id, object_id=charter.pk)


@transaction.atomic
def record_reading(*, actor: Asking, charter: Charter, read: ReadOver) -> PlainReading:
    """Keep that people concerned read the simple version as it stands. Raises ValidationError without one."""
    can_work_on_charter.require(actor, charter)
    if not charter.simple:
        raise ValidationError(_("Écrivez d’abord la version simple."))
    _refuse_tomorrow(read.done_on, "done_on")
    reading = PlainReading.objects.create(
        charter=charter,
        text=charter.simple,
        readers=plain_line(read.readers)[:200],
        how_many=read.how_many,
        way=read.way,
        what_changed=plain_text(read.what_changed)[:1000],
        done_on=read.done_on,
        recorded_by_id=actor.user_id,
    )
    record("record reading of charter", actor=actor.user_id, object_id=charter.pk)
    return reading


@transaction.atomic
def propose(  # noqa: PLR0913 (a proposal is all of these)
    *, actor: Asking, charter: Charter, kind: ProposalKind, words: RuleWords | None, rule: HouseRule | None, reason: str
) -> Proposal:
    """Propose to add, change or remove a rule: any member of the place.

    Raises PermissionDenied for others, ValidationError when a sentence lacks or too many wait.
    """
    proposal = Proposal(
        charter=charter,
        rule=rule,
        kind=kind,
        reason=plain_line(reason)[:400],
        scope_level=Level.INSTITUTION,
        scope_institution=charter.institution_id,
        scope_author=actor.user_id,
    )
    if actor.user_id is None or not can_propose.allows(actor, proposal):
        raise PermissionDenied(_("Les membres de ce lieu proposent des règles."))
    proposal.author_id = actor.user_id
    waiting = Proposal.objects.filter(charter=charter, state=ProposalState.WAITING)
    if waiting.count() >= MOST_WAITING:
        raise ValidationError(_("Beaucoup de propositions attendent déjà. Parlez-en avec la personne référente."))
    if kind != ProposalKind.REMOVE:
        said = (words or RuleWords("")).cleaned()
        proposal.sentence, proposal.why = said.sentence, said.why
        proposal.otherwise, proposal.pictogram = said.otherwise, said.pictogram
    elif rule is not None:
        proposal.sentence = rule.sentence
    proposal.save(force_insert=True)
    record("propose house rule", actor=actor.user_id, object_id=charter.pk)
    return proposal


@transaction.atomic
def decide_proposal(*, actor: Asking, proposal: Proposal, take: bool, answer: str = "") -> None:
    """Take a proposal into what is worked on, or decline it in words. Raises ValidationError without them."""
    can_decide_proposal.require(actor, proposal)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.state != ProposalState.WAITING:
        raise ValidationError(_("Quelqu’un a déjà répondu à cette proposition."))
    proposal.answer = plain_line(answer)[:400]
    if take:
        _take(actor, proposal)
    elif not proposal.answer:
        raise ValidationError({"answer": _("Dites en une phrase pourquoi elle n’est pas retenue.")})
    proposal.state = ProposalState.TAKEN if take else ProposalState.DECLINED
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "answer", "decided_at"])
    record(f"{proposal.state} house rule", actor=actor.user_id, object_id=proposal.charter_id)


def _take(actor: Asking, proposal: Proposal) -> None:
    words = RuleWords(proposal.sentence, proposal.why, proposal.otherwise, proposal.pictogram)
    rule = proposal.rule
    if proposal.kind == ProposalKind.ADD or (rule is None and proposal.kind == ProposalKind.CHANGE):
        add_rule(actor=actor, charter=proposal.charter, words=words)
    elif rule is not None and proposal.kind == ProposalKind.CHANGE:
        change_rule(actor=actor, rule=rule, words=words)
    elif rule is not None:
        proposal.rule = None
        proposal.save(update_fields=["rule"])
        remove_rule(actor=actor, rule=rule)


@transaction.atomic
def take_back_proposal(*, actor: Asking, proposal: Proposal) -> None:
    """Forget one's own proposal while it waits."""
    can_take_back_proposal.require(actor, proposal)
    if proposal.state != ProposalState.WAITING:
        raise ValidationError(_("Quelqu’un a déjà répondu à cette proposition."))
    proposal.delete()


def _refuse_tomorrow(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("Cette date n’est pas encore passée.")})

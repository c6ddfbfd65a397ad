"""Somebody takes back their part: everything that depends on it changes in one transaction.

It is done by the system role, on its own connection: rows that the person who records it may not read change
too. Their right is checked first. The request is committed before it is carried out, so that what fails (it
then undoes itself whole) or what a dying process left is done again by a job, and the receipt says that it waits.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import connections
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from procrastinate.contrib.django import app

from nuserus.consent.actions.outbox import empty_outbox
from nuserus.consent.enums import Fate, How, Mode, Purpose, State, Step
from nuserus.consent.models import Consent, ConsentEvent, Flagged, ForgottenFile, Withdrawal, WithdrawalTrace
from nuserus.consent.provenance import (
    Trace,
    Withdrawn,
    derived_from,
    flag,
    page_of,
    redactors,
    who_answers_for,
)
from nuserus.consent.queries.cards import card_person
from nuserus.consent.queries.receipts import taken_back_by_card
from nuserus.consent.rules import can_withdraw_all
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable

SUBJECT_WITHDRAWN = "consent.subject_withdrawn"
CARRY_OUT = "nuserus.consent.tasks.carry_out_withdrawal"
# What is collected: taken back by every mode. The rest is about using what was collected.
COLLECTING = frozenset({Purpose.TAKE_PART, Purpose.RECORD_AUDIO, Purpose.IMAGE, Purpose.RECONTACT})
MADE_FROM = gettext_lazy("choses faites à partir des paroles reprises")
_log = logging.getLogger(__name__)


def withdraw_subject(  # noqa: PLR0913 - who, where, how far, and how it was said
    *, actor: Asking, subject: UUID, mission: UUID, mode: Mode, how: How = How.ORAL, witness: str = ""
) -> UUID:
    """Take back all that a person without an account (a participant) gave on a mission, as far as `mode` says.

    Returns the id of the withdrawal: `queries.receipts` tells what became of it, also when it has to wait.
    Nothing may have been written before in the caller's transaction: the system would wait for it. Raises
    Unreadable for who is not on the mission or when there is no such person, ValidationError when a witness lacks.
    """
    if how == How.ORAL and not witness.strip():
        raise ValidationError({"witness": _("Dites qui était là : sa fonction, pas son nom.")})
    author = who_answers_for(subject, mission)
    row = _row(subject=subject, mission=mission, mode=mode, author=author)
    row.how, row.witness, row.recorded_by = how, witness.strip()[:80], actor.user_id
    # it may erase for ever: who wrote the person down and is named there no more does it no more
    if author is None or mission not in actor.missions or how == How.CARD:
        raise Unreadable
    can_withdraw_all.require(actor, row)
    return _ask_and_carry_out(row)


def withdraw_subject_by_card(*, digest: str, mode: Mode) -> UUID:
    """The same, by the person themselves, with their card. Raises Unreadable when the card opens nothing."""
    person = card_person(digest)
    if person is None or not taken_back_by_card(person)[0]:
        raise Unreadable
    row = _row(subject=person.subject, mission=person.mission, mode=mode, author=person.author)
    row.how = How.CARD
    return _ask_and_carry_out(row)


def carry_out(withdrawal_id: UUID) -> bool:
    """Do a withdrawal that was asked for, once; then let its files go. Whether all rows are changed.

    What a redactor raises undoes everything: the request waits, and a job tries again.
    """
    try:
        carry_out_or_raise(withdrawal_id)
    except Exception as failure:  # noqa: BLE001 - whatever an app above did wrong, the request is kept
        # the words of a failure may hold those that are being erased: its kind says enough
        _log.error("withdrawal %s waits: %s", withdrawal_id, type(failure).__name__)
        with as_system("a withdrawal that has to wait", recorded=False):
            Withdrawal.objects.filter(pk=withdrawal_id).update(tries=F("tries") + 1)
        return False
    empty_outbox(withdrawal_id)
    return True


def carry_out_or_raise(withdrawal_id: UUID, *, noted: bool = True) -> None:
    """Do it in one transaction of the system; `noted`: the ledger gets its line."""
    with as_system("carry out a withdrawal"), override("fr"):
        row = Withdrawal.objects.select_for_update().get(pk=withdrawal_id)
        if row.done_at is not None:
            return
        _wait_for_others(row.subject)
        withdrawn = Withdrawn(row.pk, row.subject, row.mission, Mode(row.mode))
        now = timezone.now()
        end_consents(row, at=now)
        _keep_traces(row, _redacted(withdrawn))
        row.done_at = now
        row.settled_at = None if ForgottenFile.objects.filter(withdrawal=row).exists() else now
        row.save(update_fields=["done_at", "settled_at"])
        record(f"withdrawal {row.mode} done", actor=row.recorded_by, object_id=row.pk)
        if noted:
            note_withdrawal(SUBJECT_WITHDRAWN, object_id=row.pk, details=_ids(row))


def redact_again(subject: UUID, key: str) -> None:
    """What arrived after a person withdrew is dealt with like the rest, by the redactor of this key."""
    with as_system("what arrived after a withdrawal"), override("fr"):
        done = Withdrawal.objects.select_for_update().filter(subject=subject, done_at__isnull=False)
        row = done.exclude(mode=Mode.STOP_COLLECTING).order_by("-requested_at").first()
        redactor = next((one for one in redactors() if one.key == key), None)
        if row is None or redactor is None:
            return
        _wait_for_others(subject)
        withdrawn = Withdrawn(row.pk, row.subject, row.mission, Mode(row.mode))
        _keep_traces(row, redactor.redact(withdrawn))
        if ForgottenFile.objects.filter(withdrawal=row, done_at=None).exists():
            row.settled_at = None
            row.save(update_fields=["settled_at"])
    empty_outbox(row.pk)


def _keep_traces(row: Withdrawal, found: list[Trace]) -> None:
    first = WithdrawalTrace.objects.filter(withdrawal=row).count()
    WithdrawalTrace.objects.bulk_create(
        WithdrawalTrace(
            withdrawal=row, position=position, what=str(trace.what)[:200], count=trace.count, fate=trace.fate
        )
        for position, trace in enumerate((trace for trace in found if trace.count), start=first)
    )


def end_consents(row: Withdrawal, *, at: datetime) -> None:
    """Withdraw what the person, and who represents them, agreed to on the mission of this withdrawal.

    The day of each step is the same: the receipt finds them again by it.
    """
    standing = Consent.objects.select_for_update().filter(
        subject=row.subject, object_id=row.subject, scope_mission=row.scope_mission, state=State.GIVEN
    )
    if row.mode == Mode.STOP_COLLECTING:
        standing = standing.filter(purpose__in=COLLECTING)
    for consent in standing.order_by("pk"):
        ConsentEvent(
            consent=consent.pk,
            kind=Step.WITHDRAWN,
            subject=consent.subject,
            purpose=consent.purpose,
            object_kind=consent.object_kind,
            object_id=consent.object_id,
            voice=consent.voice,
            how=row.how,
            witness=row.witness,
            notice_version_id=consent.notice_version_id,
            recorded_by=row.recorded_by,
            at=at,
            scope_author=consent.scope_author,
            scope_mission=consent.scope_mission,
        ).save(force_insert=True)


def _row(*, subject: UUID, mission: UUID, mode: Mode, author: UUID | None) -> Withdrawal:
    return Withdrawal(
        subject=subject, mode=mode, scope_level=Level.RESTRICTED, scope_author=author, scope_mission=mission
    )


def _ask_and_carry_out(row: Withdrawal) -> UUID:
    with as_system("a person withdraws"):
        row.save(force_insert=True)
        record(f"withdrawal {row.mode} asked", actor=row.recorded_by, object_id=row.pk)
    if not carry_out(row.pk):
        app.configure_task(CARRY_OUT).defer(withdrawal_id=str(row.pk))
    return row.pk


def _wait_for_others(subject: UUID) -> None:
    """One withdrawal of a person at a time; and none waits for ever behind somebody who writes."""
    with connections["system"].cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(subject)])


def _redacted(withdrawn: Withdrawn) -> list[Trace]:
    """Everything that the apps above changed, then what nobody dealt with."""
    traces: list[Trace] = []
    for redactor in redactors():
        before = Flagged.objects.filter(withdrawal=withdrawn.id).count()
        found = redactor.redact(withdrawn)
        traces += found
        if Flagged.objects.filter(withdrawal=withdrawn.id).count() == before:
            for trace in found:
                if trace.fate == Fate.FLAGGED and trace.count:
                    flag(withdrawn, trace.what, kind=redactor.key)
    return traces + _made_from(withdrawn)


def _made_from(withdrawn: Withdrawn) -> list[Trace]:
    """What was made from the person's words, however far, and that no redactor says it dealt with."""
    if withdrawn.mode == Mode.STOP_COLLECTING:
        return []
    dealt = withdrawn.done | set(Flagged.objects.filter(withdrawal=withdrawn.id).values_list("object_id", flat=True))
    known = {model for redactor in redactors() for model in redactor.models}
    left = [
        (kind, made)
        for kind, made in derived_from([withdrawn.subject, *withdrawn.done])
        if made not in dealt and (kind not in known or _is_there(kind, made))
    ]
    for kind, made in left:
        flag(withdrawn, _name_of(kind), kind=kind, object_id=made, address=page_of(kind, made))
    return [Trace(MADE_FROM, len(left), Fate.FLAGGED)]


def _is_there(kind: str, object_id: UUID) -> bool:
    return bool(apps.get_model(kind).objects.filter(pk=object_id).exists())


def _name_of(kind: str) -> str:
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except LookupError:
        return kind


def _ids(row: Withdrawal) -> dict[str, str]:
    said = {
        "subject": row.subject,
        "mission": row.scope_mission,
        "mode": row.mode,
        "how": row.how,
        "author": row.scope_author or "",
        "by": row.recorded_by or "",
    }
    return {key: str(value) for key, value in said.items()}

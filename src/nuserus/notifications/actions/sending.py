"""One record, one mail at most: claim, say all but the end, note that it leaves, end, note the answer.

SMTP can't promise « exactly once »; docs/adr says what is promised instead, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.mail import EmailMultiAlternatives
from django.utils import timezone, translation

from nuserus.foundation.asking import acting_as
from nuserus.notifications.actions.posting import Never, NobodyKnows, NotNow, post
from nuserus.notifications.actions.writing import digest_mail, notice_mail
from nuserus.notifications.enums import DIGEST, Frequency, SendingState
from nuserus.notifications.models import Notice, Sending
from nuserus.notifications.queries.digest import digest_for, last_said
from nuserus.notifications.queries.preferences import wishes_of
from nuserus.notifications.queries.told import told
from nuserus.notifications.registry import Addressee, addressees, notice_kind

LEASE = timedelta(minutes=10)
"""After this long a claim is taken to be that of a dead worker. Its holder can do no harm if it is not:
whoever lost the claim may not let the mail leave."""
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
GIVE_UP = timedelta(days=3)


class ClaimLost(Exception):
    """Somebody else holds the record, or the account or its address changed: nothing may leave."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A record held by this worker."""

    sending_id: UUID
    recipient_id: UUID
    token: UUID


def send(*, sending_id: UUID, recipient_id: UUID) -> None:
    """Send the mail of one record, if it waits and nobody else holds it. May be called any number of times."""
    claim = take_claim(sending_id, recipient_id)
    if claim is None:
        return
    addressee = addressees().find(recipient_id)
    message = prepare(claim, addressee) if addressee else None
    if addressee is None or message is None:
        note(claim, SendingState.DROPPED)
        return
    try:
        answer = post(message, leave=lambda: note_leaving(claim, addressee))
    except ClaimLost:
        _let_go(claim)
    except NotNow as refusal:
        note_delay(claim, _without(addressee, str(refusal)))
    except Never as refusal:
        note(claim, SendingState.REFUSED, _without(addressee, str(refusal)))
    except NobodyKnows as doubt:
        note(claim, SendingState.UNKNOWN, _without(addressee, str(doubt)))
    else:
        note(claim, SendingState.SENT, _without(addressee, answer))


def take_claim(sending_id: UUID, recipient_id: UUID) -> Claim | None:
    """Hold the record, or None: it is held, ended, not due, or it left without an answer and stays so."""
    now = timezone.now()
    with acting_as(recipient_id):
        row = Sending.objects.select_for_update().filter(pk=sending_id, scope_author=recipient_id).first()
        if row is None:
            return None
        held = row.claimed_at is not None and row.claimed_at > now - LEASE
        if row.state == SendingState.LEAVING and not held:
            # its worker died between the end of the message and the answer: nobody can know, so never again
            row.state, row.ended_at = SendingState.UNKNOWN, now
            row.save(update_fields=["state", "ended_at"])
            return None
        due = row.state == SendingState.WAITING and row.next_try_at <= now
        abandoned = row.state == SendingState.CLAIMED and not held
        if not due and not abandoned:
            return None
        if abandoned and row.created_at < now - GIVE_UP:  # whoever prepares it dies of it, each time
            row.state, row.ended_at = SendingState.REFUSED, now
            row.save(update_fields=["state", "ended_at"])
            return None
        row.state, row.claim, row.claimed_at = SendingState.CLAIMED, uuid4(), now
        row.attempts += 1
        row.save(update_fields=["state", "claim", "claimed_at", "attempts"])
        return Claim(sending_id, recipient_id, row.claim)


def prepare(claim: Claim, addressee: Addressee) -> EmailMultiAlternatives | None:
    """The mail as it is to be now, acting as its recipient; None when there is nothing to send any more."""
    with acting_as(claim.recipient_id), translation.override(addressee.language):
        row = Sending.objects.select_related("notice").filter(pk=claim.sending_id).first()
        if row is None:
            return None
        if row.notice is None:
            return _digest(row, claim, addressee)
        return _notice(row.notice, claim, addressee)


def _notice(notice: Notice, claim: Claim, addressee: Addressee) -> EmailMultiAlternatives | None:
    if notice.read_at is not None or wishes_of(claim.recipient_id).frequency(notice.kind) != Frequency.IMMEDIATE:
        return None
    (words,) = told([notice])
    if not words.address:
        return None  # out of the recipient's reach since: not even its kind leaves the site
    kind = notice_kind(notice.kind)
    dates = kind.dates(notice.about) if kind and kind.dates and notice.about else None
    return notice_mail(
        words, account_id=claim.recipient_id, sending_id=claim.sending_id, to=addressee.address, dates=dates
    )


def _digest(row: Sending, claim: Claim, addressee: Addressee) -> EmailMultiAlternatives | None:
    wishes = wishes_of(claim.recipient_id)
    if wishes.frequency(DIGEST) == Frequency.NONE:
        return None
    digest = digest_for(claim.recipient_id, wishes, sending_id=row.pk)
    if digest.is_empty or digest.said == last_said(claim.recipient_id):
        return None
    row.said = digest.said
    row.save(update_fields=["said"])
    Notice.objects.filter(scope_author=claim.recipient_id, pk__in=digest.carried).update(carried_by=row)
    return digest_mail(digest, account_id=claim.recipient_id, sending_id=row.pk, to=addressee.address)


def note_leaving(claim: Claim, addressee: Addressee) -> None:
    """Commit that from now on the mail may have left. Raises ClaimLost when it must not."""
    now = timezone.now()
    with acting_as(claim.recipient_id):
        if addressees().find(claim.recipient_id) != addressee:
            raise ClaimLost
        rows = Sending.objects.filter(pk=claim.sending_id, claim=claim.token, state=SendingState.CLAIMED)
        if not rows.update(state=SendingState.LEAVING, left_at=now, claimed_at=now):
            raise ClaimLost


def note(claim: Claim, state: SendingState, answer: str = "") -> None:
    """Commit how it ended, unless somebody else holds the record by now."""
    with acting_as(claim.recipient_id):
        Sending.objects.filter(pk=claim.sending_id, claim=claim.token).update(
            state=state, ended_at=timezone.now(), answer=answer[:200]
        )


def note_delay(claim: Claim, answer: str) -> None:
    """Commit that the server did not take it, and when to ask again; after three days it is refused."""
    now = timezone.now()
    with acting_as(claim.recipient_id):
        row = Sending.objects.select_for_update().filter(pk=claim.sending_id, claim=claim.token).first()
        if row is None:
            return
        if row.created_at < now - GIVE_UP:
            row.state, row.ended_at = SendingState.REFUSED, now
        else:
            row.state, row.next_try_at = SendingState.WAITING, now + pause_after(row.attempts)
            row.left_at = None
        row.answer = answer[:200]
        row.save(update_fields=["state", "ended_at", "next_try_at", "left_at", "answer"])


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: one minute, two, four… six hours at most."""
    return min(FIRST_PAUSE * (1 << min(attempts - 1, 20)), LONGEST_PAUSE)


def _let_go(claim: Claim) -> None:
    """Nothing left; who still holds the record looks again in a minute, at the address of then."""
    note_delay(claim, "")


def _without(addressee: Addressee, answer: str) -> str:
    """The answer for the operator, without the address that servers like to repeat."""
    return answer.replace(addressee.address, "…")

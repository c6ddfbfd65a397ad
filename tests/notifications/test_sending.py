"""One record, one mail at most: a real mail server, and workers that are killed at every step."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from email.message import EmailMessage
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings

from nuserus.foundation.asking import acting_as
from nuserus.notifications import tasks
from nuserus.notifications.actions import sending
from nuserus.notifications.actions.reading import mark_all_read
from nuserus.notifications.enums import EVERYTHING, Frequency, SendingState
from nuserus.notifications.models import Notice, Preference, Sending
from nuserus.people.actions.closing import close_account
from nuserus.people.enums import NameAfterClosing
from nuserus.people.models import Account
from tests.factories.people import make_account
from tests.notifications.conftest import ROOT, MailServer
from tests.notifications.kinds import CLOSED, TITLE, tell

pytestmark = pytest.mark.usefixtures("database", "kind")

SIGKILLED = -signal.SIGKILL


def record_of(account: Account) -> Sending:
    with acting_as(account.pk):
        return Sending.objects.get(week="")


def send_due() -> None:
    tasks.send_due(timestamp=0)


def text_of(mail: EmailMessage) -> str:
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join(parts)


def run_worker(server: MailServer, step: str) -> int:
    """A worker of its own process on what is in the queue; its exit code."""
    command = [sys.executable, "-m", "tests.notifications.dying_worker", step]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **server.environment}, timeout=60, check=False
    ).returncode


def test_mail_says_who_why_and_how_to_stop(mail_server: MailServer) -> None:
    ana, eve = make_account(email="ana@exemple.test"), make_account()
    tell(eve, ana, title=".un point en tête\n.\nsuite <b>gras</b>")
    send_due()
    (mail,) = mail_server.mails()
    record = record_of(ana)
    assert record.state == SendingState.SENT
    assert record.answer == "250 kept"
    assert mail["To"] == mail["X-To"] == "ana@exemple.test"
    assert mail["Message-ID"] == f"<{record.pk}@localhost>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http://localhost:8000/avis/arreter/")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "point" not in mail["Subject"]
    plain, html = (part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
    assert ".un point en tête\n.\nsuite <b>gras</b>" in plain.replace("\r\n", "\n")
    assert "&lt;b&gt;gras" in html
    assert "http://localhost:8000/pratiques/" in plain.replace("\r\n", "\n")
    send_due()
    assert len(mail_server.mails()) == 1


@pytest.mark.parametrize(
    ("step", "first", "mails", "state"),
    [
        ("nowhere", 0, 1, SendingState.SENT),
        ("before the claim", SIGKILLED, 1, SendingState.SENT),
        ("after the claim", SIGKILLED, 1, SendingState.SENT),
        ("during DATA", SIGKILLED, 1, SendingState.SENT),
        ("before the end", SIGKILLED, 0, SendingState.UNKNOWN),
        ("after 250", SIGKILLED, 1, SendingState.UNKNOWN),
    ],
)
def test_worker_killed_at_each_step_never_sends_twice(
    step: str,
    first: int,
    mails: int,
    state: SendingState,
    mail_server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    assert run_worker(mail_server, step) == first
    monkeypatch.setattr(sending, "LEASE", timedelta(0))
    for _round in range(3):
        send_due()
    record = record_of(ana)
    assert record.state == state
    assert [mail["Message-ID"] for mail in mail_server.mails()] == [f"<{record.pk}@localhost>"] * mails
    with acting_as(ana.pk):
        assert Notice.objects.filter(read_at=None).count() == 1
    # what did not surely arrive is in the next digest, once
    _digest_day(ana)
    (*_, last) = mail_server.mails() or [EmailMessage()]
    expected = mails + (state == SendingState.UNKNOWN)
    assert len(mail_server.mails()) == expected
    if state == SendingState.UNKNOWN:
        assert TITLE in text_of(last)


def _digest_day(*accounts: Account) -> None:
    """Monday: a record for each account, then the mails."""
    from nuserus.people.models import Account as Accounts

    long_ago = timezone.now() - timedelta(days=30)
    Accounts.objects.filter(pk__in=[account.pk for account in accounts]).update(created_at=long_ago)
    tasks.write_digests(timestamp=0)
    tasks.write_digests(timestamp=0)
    send_due()
    send_due()


def test_live_claim_is_left_to_its_holder_and_a_lost_one_sends_nothing(mail_server: MailServer) -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    record = record_of(ana)
    held = sending.take_claim(record.pk, ana.pk)
    assert held is not None
    assert sending.take_claim(record.pk, ana.pk) is None
    send_due()
    assert mail_server.mails() == []
    with acting_as(ana.pk):
        Sending.objects.update(claimed_at=timezone.now() - sending.LEASE * 2)
    send_due()
    assert len(mail_server.mails()) == 1
    # the first holder wakes up: it lost its claim, so its mail may not leave
    addressee = sending.addressees().find(ana.pk)
    assert addressee is not None
    with pytest.raises(sending.ClaimLost):
        sending.note_leaving(held, addressee)
    sending.note(held, SendingState.REFUSED)
    assert record_of(ana).state == SendingState.SENT


def test_refusals_that_may_pass_are_tried_again_later(mail_server: MailServer) -> None:
    ana, eve = make_account(email="later-ana@exemple.test"), make_account()
    ben = make_account(email="busy-ben@exemple.test")
    tell(eve, ana, ben)
    before = timezone.now()
    send_due()
    for person, said in ((ana, "451 come back"), (ben, "452 full")):
        record = record_of(person)
        assert (record.state, record.attempts, record.answer) == (SendingState.WAITING, 1, said)
        assert record.next_try_at >= before + sending.FIRST_PAUSE
    send_due()
    assert record_of(ana).attempts == 1
    with acting_as(ana.pk):
        Sending.objects.update(next_try_at=before)
        Account.objects.filter(pk=ana.pk).update(email="ana@exemple.test")
    _confirm(ana, "ana@exemple.test")
    send_due()
    assert record_of(ana).state == SendingState.SENT
    assert [mail["X-To"] for mail in mail_server.mails()] == ["ana@exemple.test"]
    with acting_as(ben.pk):
        Sending.objects.update(next_try_at=before, created_at=before - sending.GIVE_UP - timedelta(hours=1))
    send_due()
    assert record_of(ben).state == SendingState.REFUSED


def test_pauses_grow_and_stay_within_six_hours() -> None:
    pauses = [sending.pause_after(attempts) for attempts in range(1, 40)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[3], pauses[-1]) == (timedelta(minutes=1), timedelta(minutes=8), timedelta(hours=6))


@pytest.mark.parametrize(
    ("address", "said"), [("never-ana@exemple.test", "550 <…> unknown"), ("after-ana@x.test", "554 no")]
)
def test_refusals_for_good_are_noted_without_the_address(address: str, said: str, mail_server: MailServer) -> None:
    ana, eve = make_account(email=address), make_account()
    tell(eve, ana)
    send_due()
    record = record_of(ana)
    assert (record.state, record.answer) == (SendingState.REFUSED, said)
    send_due()
    assert mail_server.mails() == []


def test_server_that_hangs_up_without_an_answer_leaves_a_doubt(mail_server: MailServer) -> None:
    ana, eve = make_account(email="mute-ana@exemple.test"), make_account()
    tell(eve, ana)
    send_due()
    send_due()
    assert record_of(ana).state == SendingState.UNKNOWN
    assert len(mail_server.mails()) == 1


def test_server_that_is_not_there_is_asked_again(mail_server: MailServer, settings: Settings) -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    settings.EMAIL_PORT = 1
    send_due()
    assert record_of(ana).state == SendingState.WAITING
    assert "ConnectionRefused" in record_of(ana).answer
    settings.EMAIL_PORT = mail_server.port
    with acting_as(ana.pk):
        Sending.objects.update(next_try_at=timezone.now())
    send_due()
    assert len(mail_server.mails()) == 1


def _confirm(account: Account, address: str) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.filter(user=account).delete()
    EmailAddress.objects.create(user=account, email=address, verified=True, primary=True)


def test_closed_account_gets_nothing_and_leaves_nothing(mail_server: MailServer) -> None:
    ana, eve = make_account(), make_account()
    tell(eve, ana)
    with acting_as(ana.pk):
        Preference.objects.create(scope_author=ana.pk, kind=EVERYTHING, frequency=Frequency.WEEKLY)
        close_account(account=ana, name_after=NameAfterClosing.KEEP)
    tell(eve, ana)
    send_due()
    assert mail_server.mails() == []
    with acting_as(ana.pk):
        assert Notice.objects.count() == 1
        assert not Preference.objects.exists()


def test_address_changed_while_the_mail_is_said_gets_nothing_at_the_old_one(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, eve = make_account(email="vieille@exemple.test"), make_account()
    tell(eve, ana)
    note_leaving = sending.note_leaving

    def change_then_leave(claim: sending.Claim, addressee: sending.Addressee) -> None:
        Account.objects.filter(pk=ana.pk).update(email="neuve@exemple.test")
        _confirm(ana, "neuve@exemple.test")
        note_leaving(claim, addressee)

    monkeypatch.setattr(sending, "note_leaving", change_then_leave)
    send_due()
    assert mail_server.mails() == []
    with acting_as(ana.pk):
        Sending.objects.update(next_try_at=timezone.now())
    send_due()
    assert [mail["X-To"] for mail in mail_server.mails()] == ["neuve@exemple.test"]


def test_unconfirmed_address_gets_nothing(mail_server: MailServer) -> None:
    ana, eve = make_account(verified=False), make_account()
    tell(eve, ana)
    send_due()
    assert mail_server.mails() == []
    assert record_of(ana).state == SendingState.DROPPED


def test_nothing_leaves_about_what_is_closed_to_the_recipient_now(mail_server: MailServer) -> None:
    ana, eve = make_account(), make_account()
    about: UUID = tell(eve, ana)
    CLOSED.add(about)
    send_due()
    _digest_day(ana)
    assert mail_server.mails() == []
    assert record_of(ana).state == SendingState.DROPPED


def test_nothing_leaves_that_was_read_or_stopped_meanwhile(mail_server: MailServer) -> None:
    ana, ben, eve = make_account(), make_account(), make_account()
    tell(eve, ana, ben)
    with acting_as(ana.pk) as asking:
        assert mark_all_read(actor=asking) == 1
    with acting_as(ben.pk):
        Preference.objects.create(scope_author=ben.pk, kind=EVERYTHING, frequency=Frequency.NONE)
    send_due()
    _digest_day(ana, ben)
    assert mail_server.mails() == []
    assert record_of(ana).state == record_of(ben).state == SendingState.DROPPED

"""The weekly digest: once a week, in the person's language, only what they may read, and only if there is something."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from nuserus.foundation.asking import acting_as, current_asking
from nuserus.notifications import tasks
from nuserus.notifications.actions.reading import mark_all_read
from nuserus.notifications.actions.weekly import prepare_digests
from nuserus.notifications.enums import DIGEST, Frequency, SendingState
from nuserus.notifications.models import Preference, Sending
from nuserus.notifications.registry import DigestLine, forget_digest_section, register_digest_section
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_member, make_sheet
from tests.notifications.kinds import CLOSED, KIND, TITLE, tell

pytestmark = pytest.mark.usefixtures("database", "kind")


def known(*accounts: Account) -> None:
    """Accounts that were there before this week."""
    before = timezone.now() - timedelta(days=30)
    Account.objects.filter(pk__in=[account.pk for account in accounts]).update(created_at=before)


def week() -> list[EmailMultiAlternatives]:
    """The mails of one more week; what was prepared before is taken to be of weeks ago."""
    mail.outbox.clear()
    tasks.write_digests(timestamp=0)
    tasks.send_due(timestamp=0)
    tasks.write_digests(timestamp=0)
    tasks.send_due(timestamp=0)
    return [message for message in mail.outbox if isinstance(message, EmailMultiAlternatives)]


def weeks_later(*accounts: Account) -> None:
    for account in accounts:
        with acting_as(account.pk):
            for place, sending in enumerate(Sending.objects.exclude(week="").order_by("week"), start=1):
                sending.week = f"1999-W{place:02}"
                sending.save(update_fields=["week"])


@pytest.fixture
def section() -> Iterator[dict[UUID, list[DigestLine]]]:
    """Lines by account, from a section of the tests' own."""
    lines: dict[UUID, list[DigestLine]] = {}

    def mine(account: UUID) -> list[DigestLine]:
        asking = current_asking()
        assert asking is not None and asking.user_id == account
        return lines.get(account, [])

    register_digest_section("test.section", 5, mine, heading="Une rubrique")
    yield lines
    forget_digest_section("test.section")


def wants_weekly(*accounts: Account) -> None:
    for account in accounts:
        with acting_as(account.pk):
            Preference.objects.create(scope_author=account.pk, kind=KIND, frequency=Frequency.WEEKLY)


def test_digest_says_what_happened_once_and_nothing_the_week_after() -> None:
    ana, ben, eve = make_account(), make_account(), make_account()
    known(ana, ben, eve)
    wants_weekly(ana, ben)
    tell(eve, ana)
    tell(eve, ana)
    (message,) = week()
    assert message.to == [ana.email]
    assert message.body.count(TITLE) == 1
    assert TITLE in str(message.alternatives[0][0])
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    weeks_later(ana, ben, eve)
    assert week() == []
    tell(eve, ana)
    weeks_later(ana, ben, eve)
    assert len(week()) == 1


def test_nothing_to_say_is_no_mail_and_the_same_again_neither(section: dict[UUID, list[DigestLine]]) -> None:
    ana, ben = make_account(), make_account()
    known(ana, ben)
    section[ana.pk] = [DigestLine("Votre brouillon attend", "/partager/")]
    (message,) = week()
    assert "Une rubrique\n\n- Votre brouillon attend\n  http://localhost:8000/partager/" in message.body
    with acting_as(ben.pk):
        assert Sending.objects.get().state == SendingState.DROPPED
    weeks_later(ana, ben)
    assert week() == []
    section[ana.pk] = [DigestLine("Une fiche à relire", "/relecture/")]
    weeks_later(ana, ben)
    assert len(week()) == 1


def test_one_section_that_fails_does_not_silence_the_others(
    section: dict[UUID, list[DigestLine]], caplog: pytest.LogCaptureFixture
) -> None:
    ana = make_account()
    known(ana)

    def broken(account: UUID) -> list[DigestLine]:
        list(Sheet.objects.raw("SELECT no_such_column FROM practices_sheet"))
        return []

    register_digest_section("test.broken", 1, broken)
    section[ana.pk] = [DigestLine("Votre brouillon attend", "/partager/")]
    try:
        assert len(week()) == 1
    finally:
        forget_digest_section("test.broken")
    assert "test.broken" in caplog.text


def test_digest_is_written_in_the_language_of_the_person() -> None:
    ana, ben, eve = make_account(language="en"), make_account(), make_account()
    known(ana, ben)
    wants_weekly(ana, ben)
    tell(eve, ana, ben)
    bodies = {message.to[0]: str(message.alternatives[0][0]) for message in week()}
    assert '<html lang="en">' in bodies[ana.email]
    assert '<html lang="fr">' in bodies[ben.email]


def test_person_who_lost_access_reads_nothing_that_reveals() -> None:
    ana, eve = make_account(), make_account()
    known(ana)
    wants_weekly(ana)
    CLOSED.add(tell(eve, ana))
    tell(eve, ana, title="Encore ouverte")
    (message,) = week()
    everything = message.message().as_string() + message.body + str(message.alternatives)
    assert "Encore ouverte" in message.body
    assert TITLE not in everything


def test_drafts_and_reviews_are_told_to_those_they_wait_for_alone() -> None:
    place = make_institution()
    ana, ben = make_member(place), make_member(place)
    known(ana, ben)
    make_sheet(place, ana, title="CANARI-BROUILLON", status=SheetStatus.DRAFT, indexed=False)
    (message,) = week()
    assert message.to == [ana.email]
    assert "CANARI-BROUILLON" in message.body


def test_stopped_read_new_and_unconfirmed_get_none() -> None:
    ana, ben, new, unconfirmed, eve = (
        make_account(),
        make_account(),
        make_account(),
        make_account(verified=False),
        make_account(),
    )
    known(ana, ben, unconfirmed)
    wants_weekly(ana, ben, new, unconfirmed)
    tell(eve, ana, ben, new, unconfirmed)
    with acting_as(ana.pk):
        Preference.objects.create(scope_author=ana.pk, kind=DIGEST, frequency=Frequency.NONE)
    with acting_as(ben.pk) as asking:
        mark_all_read(actor=asking)
    assert week() == []


def test_weeks_are_prepared_once_and_go_on_where_a_run_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    from nuserus.notifications.actions import weekly

    people = [make_account() for _number in range(5)]
    known(*people)
    monkeypatch.setattr(weekly, "BATCH", 2)
    batches = iter([2, 2])
    write = weekly._write

    def cut(name: str, recipients: list[UUID]) -> int:
        if next(batches, None) is None:
            raise ConnectionError
        return write(name, recipients)

    with monkeypatch.context() as patched:
        patched.setattr(weekly, "_write", cut)
        with pytest.raises(ConnectionError):
            prepare_digests()
    assert prepare_digests() == 1
    assert prepare_digests() == 0

"""A participant takes back their part: in one transaction, and nothing by halves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

from nuserus.consent import provenance
from nuserus.consent.actions import outbox
from nuserus.consent.actions.settling import settle_withdrawals
from nuserus.consent.enums import Fate, How, Mode, State, Step, Voice
from nuserus.consent.models import Flagged, ForgottenFile, Withdrawal, WithdrawalTrace
from nuserus.consent.provenance import Trace, Withdrawn, forget_file, note_derivation, note_export, register_redactor
from nuserus.consent.queries.receipts import receipt_of
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.ledger.lines import read
from nuserus.foundation.ledger.noting import ledger_file, ledger_key
from nuserus.foundation.models.audit import AuditEvent
from nuserus.foundation.models.base import new_id
from nuserus.foundation.policy import Unreadable
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.consent import PUBLISHED, QUOTED, say_aloud, state_of
from tests.factories.people import make_account
from tests.factories.studies import circle_of, make_lead, make_study, make_study_place, seat_in
from tests.factories.withdrawals import get_withdrawal, make_person, withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _place(lead: Account) -> StudyPlace:
    return make_study_place(make_study(lead, laid_out=False))


@pytest.fixture
def planted() -> Iterator[Callable[[Callable[[Withdrawn], list[Trace]]], None]]:
    """A function that registers a redactor for the length of the test."""
    keys: list[str] = []

    def plant(redact: Callable[[Withdrawn], list[Trace]]) -> None:
        keys.append(f"tests.planted{len(keys)}")
        register_redactor(keys[-1], models=(), redact=redact)

    yield plant
    for key in keys:
        provenance.forget_redactor(key)


def test_erasing_ends_every_consent_of_both_voices_and_leaves_a_receipt() -> None:
    lead = make_lead()
    person = make_person(_place(lead), by=lead)
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    own, theirs = say_aloud(lead, Step.GIVEN, **told), say_aloud(lead, Step.GIVEN, voice=Voice.REPRESENTATIVE, **told)
    refused = say_aloud(lead, Step.REFUSED, slug=QUOTED, **told)
    done = withdraw(lead, person)
    assert (state_of(own), state_of(theirs), state_of(refused)) == (State.WITHDRAWN, State.WITHDRAWN, State.REFUSED)
    assert done.done_at is not None and done.settled_at is not None
    with as_system("read test data", recorded=False):
        row = Participant.objects.get(pk=person.pk)
        actions = set(AuditEvent.objects.filter(object_id=done.pk).values_list("action", flat=True))
    assert "Nour" not in row.pseudonym and row.left_at is not None
    assert actions == {"withdrawal erase asked", "withdrawal erase done"}
    (entry,) = [one for one in read(ledger_file(), ledger_key()) if one.kind == "consent.subject_withdrawn"]
    assert entry.object_id == done.pk
    with acting_as(lead.pk) as asking:
        receipt = receipt_of(asking, get_withdrawal(done.pk))
    assert receipt.is_over and receipt.standing == "Tout est fait."
    assert receipt.purposes == ("publier une pratique",)
    assert [str(line) for line in receipt.removed] == ["pseudonyme : 1"]


def test_stopping_to_collect_leaves_what_was_agreed_about_using() -> None:
    lead = make_lead()
    person = make_person(_place(lead), by=lead)
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    publish = say_aloud(lead, Step.GIVEN, slug=PUBLISHED, **told)
    withdraw(lead, person, Mode.STOP_COLLECTING)
    assert state_of(publish) == State.GIVEN
    withdraw(lead, person, Mode.STOP_USING)
    assert state_of(publish) == State.WITHDRAWN


def test_who_may_withdraw_for_a_participant() -> None:
    lead, other, colleague = make_lead(), make_lead("Autre"), make_account()
    place, elsewhere = _place(lead), _place(other)
    person = make_person(place, by=lead)
    seat_in(circle_of(place.study, GroupKind.WORKING, place), colleague, Part.PARTICIPANT)
    for stranger in (other, colleague):
        with pytest.raises(Unreadable):
            withdraw(stranger, person)
    # named on another place, one reaches nobody here
    moved = Participant(pk=person.pk, place=elsewhere)
    with pytest.raises(Unreadable):
        withdraw(other, moved)
    with pytest.raises(Unreadable):
        withdraw(lead, person, how=How.CARD)
    # who wrote somebody down and left erases nothing any more
    former = make_account()
    with pytest.raises(Unreadable):
        withdraw(former, make_person(place, by=former, pseudonym="Lou"))
    with as_system("read test data", recorded=False):
        assert not Withdrawal.objects.exists()


def test_aloud_needs_a_witness() -> None:
    from nuserus.consent.actions.withdrawing import withdraw_subject

    lead = make_lead()
    person = make_person(_place(lead), by=lead)
    with acting_as(lead.pk) as asking, pytest.raises(ValidationError):
        withdraw_subject(actor=asking, subject=person.pk, mission=person.place_id, mode=Mode.ERASE, witness="  ")


def test_a_failing_redactor_undoes_everything_and_the_job_does_it_later(
    planted: Callable[[Callable[[Withdrawn], list[Trace]]], None], caplog: pytest.LogCaptureFixture
) -> None:
    broken = [True]

    def redact(withdrawn: Withdrawn) -> list[Trace]:
        if broken:
            raise RuntimeError("CANARI-DANS-UNE-PANNE")
        return [Trace("choses", 2, Fate.WITHHELD)]

    planted(redact)
    lead = make_lead()
    person = make_person(_place(lead), by=lead)
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    consent = say_aloud(lead, Step.GIVEN, **told)
    waiting = withdraw(lead, person)
    assert (waiting.done_at, waiting.tries, state_of(consent)) == (None, 1, State.GIVEN)
    assert "CANARI" not in caplog.text
    with as_system("read test data", recorded=False):
        assert Participant.objects.get(pk=person.pk).pseudonym == "Nour"
        assert not WithdrawalTrace.objects.exists()
    with acting_as(lead.pk) as asking:
        receipt = receipt_of(asking, waiting)
    assert receipt.waits and "La demande est notée" in receipt.standing
    broken.clear()
    assert settle_withdrawals() == 1
    assert state_of(consent) == State.WITHDRAWN
    assert settle_withdrawals() == 0


def _stored(name: str = "canari.txt") -> Path:
    return Path(settings.NUSERUS_DATA) / "files" / default_storage.save(name, ContentFile(b"CANARI"))


def test_files_leave_the_disk_at_once(planted: Callable[[Callable[[Withdrawn], list[Trace]]], None]) -> None:
    file = _stored()

    def redact(withdrawn: Withdrawn) -> list[Trace]:
        forget_file(withdrawn, file.name)
        forget_file(withdrawn, file.name)
        forget_file(withdrawn, "")
        return [Trace("enregistrement", 1, Fate.REMOVED)]

    planted(redact)
    lead = make_lead()
    done = withdraw(lead, make_person(_place(lead), by=lead))
    assert not file.exists()
    assert done.settled_at is not None


def test_a_process_that_dies_before_the_files_leaves_them_to_the_job(
    planted: Callable[[Callable[[Withdrawn], list[Trace]]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _stored()

    def redact(withdrawn: Withdrawn) -> list[Trace]:
        forget_file(withdrawn, file.name)
        return []

    planted(redact)
    lead = make_lead()
    with monkeypatch.context() as dead:
        dead.setattr("nuserus.consent.actions.withdrawing.empty_outbox", lambda _id: False)
        waiting = withdraw(lead, make_person(_place(lead), by=lead))
    assert file.exists() and waiting.done_at is not None and waiting.settled_at is None
    with acting_as(lead.pk) as asking:
        assert receipt_of(asking, waiting).files_waiting == 1
    assert settle_withdrawals() == 1
    assert not file.exists()
    with acting_as(lead.pk) as asking:
        assert receipt_of(asking, get_withdrawal(waiting.pk)).is_over


def test_a_file_that_the_disk_refuses_is_said_and_tried_again(
    planted: Callable[[Callable[[Withdrawn], list[Trace]]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _stored()

    def redact(withdrawn: Withdrawn) -> list[Trace]:
        forget_file(withdrawn, file.name)
        return []

    def refuse(name: str) -> None:
        raise OSError(name)

    planted(redact)
    lead = make_lead()
    with monkeypatch.context() as broken:
        broken.setattr(outbox.default_storage, "delete", refuse)
        waiting = withdraw(lead, make_person(_place(lead), by=lead))
        assert settle_withdrawals() == 0
    assert waiting.settled_at is None and file.exists()
    assert settle_withdrawals() == 1
    assert not file.exists()


def test_what_was_made_from_the_words_and_nobody_dealt_with_goes_to_a_person(
    planted: Callable[[Callable[[Withdrawn], list[Trace]]], None],
) -> None:
    lead = make_lead()
    person = make_person(_place(lead), by=lead)
    first, second, third, other = (new_id() for _each in range(4))

    def redact(withdrawn: Withdrawn) -> list[Trace]:
        provenance.reached(withdrawn, first)
        return [Trace("fiches", 1, Fate.REMOVED)]

    planted(redact)
    with acting_as(lead.pk):
        for source, made in ((first, second), (second, third), (third, second), (other, new_id())):
            note_derivation(source=("tests.A", source), made=("tests.B", made), mission=person.place_id)
            note_derivation(source=("tests.A", source), made=("tests.B", made), mission=person.place_id)
    done = withdraw(lead, person)
    with as_system("read test data", recorded=False):
        assert set(Flagged.objects.values_list("object_id", flat=True)) == {second, third}
    with acting_as(lead.pk) as asking:
        receipt = receipt_of(asking, done)
    assert receipt.to_review == 2 and not receipt.is_over


def test_exports_that_had_left_are_on_the_receipt() -> None:
    lead = make_lead()
    place = _place(lead)
    person, other = make_person(place, by=lead), make_person(place, by=lead, pseudonym="Lou")
    with acting_as(lead.pk):
        note_export(what="tableau des fiches", mission=place.pk, author=lead.pk)
        note_export(what="entretien", mission=place.pk, author=lead.pk, subject=person.pk)
        note_export(what="autre entretien", mission=place.pk, author=lead.pk, subject=other.pk)
    done = withdraw(lead, person)
    with acting_as(lead.pk):
        note_export(what="export d’après", mission=place.pk, author=lead.pk)
    with acting_as(lead.pk) as asking:
        left = receipt_of(asking, done).left
    assert [line.split(",")[0] for line in left] == ["tableau des fiches", "entretien"]


def test_backups_are_said_until_their_last_day(settings: pytest.FixtureRequest) -> None:
    lead = make_lead()
    done = withdraw(lead, make_person(_place(lead), by=lead))
    with acting_as(lead.pk) as asking:
        assert "n’a pas dit" in receipt_of(asking, done).backups
        settings.NUSERUS_BACKUP_DAYS = 30  # type: ignore[attr-defined]
        assert "jusqu’au" in receipt_of(asking, done).backups


def test_done_twice_it_changes_nothing_more() -> None:
    from nuserus.consent.actions.withdrawing import carry_out

    lead = make_lead()
    done = withdraw(lead, make_person(_place(lead), by=lead))
    assert carry_out(done.pk)
    assert get_withdrawal(done.pk).done_at == done.done_at
    with as_system("read test data", recorded=False):
        assert WithdrawalTrace.objects.count() == 1
        assert not ForgottenFile.objects.exists()


def test_the_application_writes_no_withdrawal_itself() -> None:
    from django.db import DatabaseError, transaction

    lead = make_lead()
    done = withdraw(lead, make_person(_place(lead), by=lead))
    for change in (
        lambda: Withdrawal.objects.filter(pk=done.pk).update(tries=3),
        lambda: WithdrawalTrace.objects.all().delete(),
        lambda: ForgottenFile(withdrawal=done, storage_name="x").save(force_insert=True),
    ):
        with acting_as(lead.pk), pytest.raises(DatabaseError), transaction.atomic():
            change()

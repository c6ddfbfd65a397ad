"""A fiche filled in before somebody withdrew, and sent after: put aside; and devices told whom to forget."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.enums import Mode, Step
from nuserus.consent.queries.receipts import receipt_of
from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.receive import Received
from nuserus.instruments.models import InstrumentVersion, Submission
from nuserus.people.models import Account
from nuserus.studies.models import Participant
from tests.factories.charters import make_referent
from tests.factories.consent import say_aloud
from tests.factories.directory import make_institution
from tests.factories.instruments import make_version, send_fiche, workbook_of
from tests.factories.sheets import make_member
from tests.factories.studies import make_lead, make_study, make_study_place
from tests.factories.withdrawals import make_person, withdraw

pytestmark = pytest.mark.usefixtures("database")
BEFORE, AFTER = timezone.now() - timedelta(hours=2), timezone.now() + timedelta(hours=2)
QUESTIONS = (("end", "end"), ("text", "participants", "Qui ?"), ("text", "dit", "Quels mots ?"))
TAKE_PART = "etude-participer"


@pytest.fixture
def lead() -> Account:
    return make_lead()


@pytest.fixture
def place() -> Institution:
    return make_institution()


@pytest.fixture
def person(lead: Account, place: Institution) -> Participant:
    return make_person(make_study_place(make_study(lead, laid_out=False), place), by=lead, pseudonym="Élise")


@pytest.fixture
def version(place: Institution) -> InstrumentVersion:
    return make_version(place, make_referent(place), workbook=workbook_of(QUESTIONS))


@pytest.fixture
def member(place: Institution) -> Account:
    return make_member(place)


def _sent(
    member: Account, version: InstrumentVersion, who: str, at: object = BEFORE, number: str = "uuid:1"
) -> Received:
    form = version.instrument.form_id
    said = f"<participants>{who}</participants>" if who else ""
    end = f"<end>{at.isoformat()}</end>" if hasattr(at, "isoformat") else ""
    xml = (
        f'<data id="{form}" version="1">{end}{said}<dit>Non.</dit><meta><instanceID>{number}</instanceID></meta></data>'
    )
    return send_fiche(member, xml.encode())


def test_a_fiche_that_names_who_withdrew_since_is_put_aside(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    assert not _sent(member, version, "Élise", number="uuid:0").quarantined
    withdraw(lead, person, Mode.STOP_COLLECTING)
    for number, who in enumerate(("Élise", "lou, ÉLISE", "Lou Élise", str(person.pk))):
        reply = _sent(member, version, who, number=f"uuid:{number + 1}")
        assert reply.quarantined and "s’est retirée" in reply.words, who
    assert not _sent(member, version, "Lou", number="uuid:9").quarantined


def test_it_is_known_again_once_its_pseudonym_is_erased(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    withdraw(lead, person)
    assert "s’est retirée" in _sent(member, version, "élise").words
    # nothing was agreed again since: a later one, or one that does not say when, is put aside as well
    assert _sent(member, version, "Élise", AFTER, number="uuid:2").quarantined
    assert _sent(member, version, "Élise", None, number="uuid:3").quarantined


def test_who_takes_part_again_is_observed_again(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    withdraw(lead, person, Mode.STOP_COLLECTING)
    told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
    say_aloud(lead, Step.GIVEN, slug=TAKE_PART, **told)
    assert not _sent(member, version, "Élise", AFTER).quarantined
    assert _sent(member, version, "Élise", BEFORE, number="uuid:2").quarantined


def test_an_old_fiche_that_names_nobody_is_read_again_after_an_erasure(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account, place: Institution
) -> None:
    assert not _sent(member, version, "").quarantined
    withdraw(lead, person, Mode.STOP_USING)
    assert not _sent(member, version, "", number="uuid:2").quarantined
    withdraw(lead, person, Mode.ERASE)
    assert not _sent(member, version, "", AFTER, number="uuid:3").quarantined
    assert "Il faut la relire" in _sent(member, version, "", number="uuid:4").words
    with as_system("read test data", recorded=False):
        assert Submission.objects.get(instance_id="uuid:4").reason == "withdrawn_place"
    elsewhere = make_institution()
    other = make_version(elsewhere, make_referent(elsewhere), workbook=workbook_of(QUESTIONS))
    assert not _sent(make_member(elsewhere), other, "").quarantined


def test_devices_are_told_whom_to_forget(
    lead: Account,
    person: Participant,
    member: Account,
    version: InstrumentVersion,
    client_as: Callable[[Account | None], Client],
) -> None:
    def told(account: Account) -> list[str]:
        found: list[str] = client_as(account).get(reverse("filling:state")).json()["forgotten"]
        return found

    withdraw(lead, person, Mode.STOP_COLLECTING)
    assert told(member) == []
    withdraw(lead, person, Mode.ERASE)
    assert told(member) == told(lead) == [str(person.pk)]
    assert told(make_member(make_institution())) == []


def _kept(number: str) -> Submission:
    with as_system("read test data", recorded=False):
        return Submission.objects.get(instance_id=number)


def test_erasing_empties_fiches_of_one_person_and_shows_those_of_several(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    _sent(member, version, "Élise", number="uuid:1")
    _sent(member, version, "Élise, Lou", number="uuid:2")
    _sent(member, version, "Lou", number="uuid:3")
    whole = _kept("uuid:1")
    done = withdraw(lead, person)
    with acting_as(lead.pk) as asking:
        receipt = receipt_of(asking, done)
    assert [str(line) for line in receipt.removed] == [
        "fiches remplies : 1", "fiches où d’autres disent son pseudonyme : 1", "pseudonyme : 1",
    ]  # fmt: skip
    assert receipt.to_review == 1
    emptied, shared, other = _kept("uuid:1"), _kept("uuid:2"), _kept("uuid:3")
    assert (emptied.status, emptied.reason) == ("quarantined", "withdrawn_person")
    assert emptied.content["dit"] == "█" * 4 and "Élise" not in str(emptied.content)
    assert b"Non." not in bytes(emptied.xml) and b"uuid:1" in bytes(emptied.xml)
    assert emptied.sha256 == whole.sha256
    assert (shared.content["dit"], other.content["dit"]) == ("Non.", "Non.")
    # the device that got no answer sends the same again: it is there
    assert _sent(member, version, "Élise", number="uuid:1").code == 202


def test_how_others_call_who_was_erased_leaves_their_fiches(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    form = version.instrument.form_id

    def sent(who: str, said: str, number: str) -> None:
        xml = (
            f'<data id="{form}" version="1"><participants>{who}</participants><dit>{said}</dit>'
            f"<meta><instanceID>{number}</instanceID></meta></data>"
        )
        send_fiche(member, xml.encode())

    sent("Élise, Lou", "Lou et Élise &amp; ÉLISE.", "uuid:1")
    sent("Lou", "élise rit.", "uuid:2")
    done = withdraw(lead, person)
    shared, doubtful = _kept("uuid:1"), _kept("uuid:2")
    assert shared.content == {"participants": "█████, Lou", "dit": "Lou et █████ & █████."}
    assert "Élise" not in bytes(shared.xml).decode() and "Lou et █████ &amp; █████." in bytes(shared.xml).decode()
    assert doubtful.content["dit"] == "élise rit."
    with acting_as(lead.pk) as asking:
        receipt = receipt_of(asking, done)
    assert "fiches où d’autres disent son pseudonyme : 1" in [str(line) for line in receipt.removed]
    assert receipt.to_review == 2
    # what arrives later is known by what is left of the pseudonym
    sent("Lou, élise", "Lou et élise.", "uuid:3")
    assert _kept("uuid:3").content == {"participants": "Lou, █████", "dit": "Lou et █████."}


def test_a_fiche_that_crossed_an_erasure_is_emptied_when_it_arrives(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    done = withdraw(lead, person)
    reply = _sent(member, version, "Élise", number="uuid:1")
    row = _kept("uuid:1")
    assert row.content["dit"] == "█" * 4 and reply.sha256 == row.sha256
    with acting_as(lead.pk) as asking:
        assert "fiches remplies : 1" in [str(line) for line in receipt_of(asking, done).removed]


def test_what_may_no_more_be_used_is_put_aside_whole(
    lead: Account, person: Participant, version: InstrumentVersion, member: Account
) -> None:
    _sent(member, version, "Élise", number="uuid:1")
    withdraw(lead, person, Mode.STOP_USING)
    row = _kept("uuid:1")
    assert (row.status, row.content["dit"]) == ("quarantined", "Non.")

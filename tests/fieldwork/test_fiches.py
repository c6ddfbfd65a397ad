"""A fiche of the grid becomes an observation, and nobody reads more than the fiche shows."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import nuserus.instruments
from nuserus.consent.enums import Mode
from nuserus.consent.models import WithdrawalTrace
from nuserus.fieldwork.actions.observing import finish_observation, read_fields
from nuserus.fieldwork.actions.taking_up import take_up
from nuserus.fieldwork.models import Observation
from nuserus.fieldwork.queries.fiches import fiche_to_take
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.instruments import Belonging, start_instrument
from nuserus.instruments.actions.tablets import add_tablet
from nuserus.instruments.enums import InstrumentKind, SubmissionStatus
from nuserus.instruments.models import Instrument, Submission, SubmittedFile
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.fieldwork import make_field, make_participant, make_visit
from tests.factories.instruments import publish, send_fiche
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study_place, seat_in
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
PHOTO = b"\xff\xd8\xff\xe0 photo"
GRID = Path(nuserus.instruments.__file__).parent / "data" / "grille-observation.xlsx"


def at(name: str, *args: object) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def make_grid(place: StudyPlace) -> Instrument:
    """The default grid of the study, made and read by its lead."""
    lead = lead_of(place.study)
    with acting_as(lead.pk) as asking:
        version = start_instrument(
            actor=asking,
            where=Belonging(study=place.study),
            kind=InstrumentKind.GRID,
            title="Grille du Test",
            workbook=GRID.read_bytes(),
        )
    publish(version, lead)
    return version.instrument


def fiche_xml(grid: Instrument, fact: str) -> bytes:
    """A fiche of the default grid, always under the same number."""
    return (
        f'<data xmlns:orx="http://openrosa.org/xforms" id="{grid.form_id}" version="1">'
        "<avant><compris>OK</compris></avant>"
        "<situation><jour>2026-11-02</jour><moment>matin</moment><lieu>atelier</lieu></situation>"
        "<dispositif><quel>tablette</quel></dispositif>"
        f"<ecrits><fait>{fact}</fait><interpretation>Elle se lasse.</interpretation>"
        "<verbatim>C’est fini pour moi.\n\nOn rentre.</verbatim></ecrits>"
        "<observateur><reaction>On m’a souri.</reaction><photo>a.jpg</photo></observateur>"
        "<orx:meta><orx:instanceID>uuid:essai-1</orx:instanceID></orx:meta></data>"
    ).encode()


def fill(grid: Instrument, by: Account, fact: str = "Elle pose la tablette.") -> None:
    send_fiche(by, fiche_xml(grid, fact), {"a.jpg": PHOTO})


def test_a_fiche_waits_is_taken_up_once_and_read_by_few(client_as: ClientAs) -> None:
    place, researcher = make_field()
    practitioner = make_account(Role.PRACTITIONER_RESEARCHER, name="Prat")
    seat_in(circle_of(place.study, GroupKind.TEAM), practitioner, Part.PRACTITIONER)
    grid = make_grid(place)
    fill(grid, researcher)
    client = client_as(researcher)
    assert "Grille du Test" in client.get(at("home")).content.decode()
    with as_system("read test data", recorded=False):
        fiche = Submission.objects.get()
        assert fiche.status == SubmissionStatus.ACCEPTED, fiche.problems
    assert "Aucune visite" in client.get(at("take_up", fiche.pk)).content.decode()
    visit = make_visit(place, researcher)
    shown = client.get(at("take_up", fiche.pk)).content.decode()
    assert "Elle pose la tablette." in shown and "un atelier ou une salle" in shown
    assert client.post(at("take_up", fiche.pk), {"visit": str(visit.place_id)}).status_code == 422
    taken = client.post(at("take_up", fiche.pk), {"visit": str(visit.pk)})
    assert taken.status_code == 302
    assert client.post(at("take_up", fiche.pk), {"visit": str(visit.pk)}).status_code == 422
    assert "Grille du Test" not in client.get(at("home")).content.decode()
    with acting_as(researcher.pk):
        row = Observation.objects.prefetch_related("sayings").get()
        assert (str(row.day), row.fact, row.interpretation) == (
            "2026-11-02",
            "Elle pose la tablette.",
            "Elle se lasse.",
        )
        assert [one.text for one in row.sayings.all()] == ["C’est fini pour moi.", "On rentre."]
    given = {"day": "2026-11-02", "fact": row.fact, "saying_1_text": "C’est fini pour moi.", "do": "done"}
    assert client.post(at("write_observation", row.pk), given).status_code == 302
    page = client.get(at("observation", row.pk)).content.decode()
    assert "On m’a souri." in page and "a.jpg" in page
    assert page.count("Elle pose la tablette.") == 1
    assert "On m’a souri." in client_as(lead_of(place.study)).get(at("observation", row.pk)).content.decode()
    # on the mission of the place, and not named to read the fiches
    assert client_as(practitioner).get(at("observation", row.pk)).status_code == 404
    assert client_as(practitioner).get(at("visit", visit.pk)).status_code == 200
    assert client_as(practitioner).get(at("take_up", fiche.pk)).status_code == 404
    with acting_as(practitioner.pk):
        assert not Observation.objects.exists()


def taken_up_with(researcher: Account, place: StudyPlace, grid: Instrument, *pseudonyms: str) -> list[Participant]:
    """A fiche of theirs, taken up during a visit where these people were."""
    visit = make_visit(place, researcher)
    people = [make_participant(place, researcher, one) for one in pseudonyms]
    fill(grid, researcher, fact="CANARI-FICHE")
    with acting_as(researcher.pk) as asking:
        fiche = fiche_to_take(asking, Submission.objects.get().pk)
        row = take_up(actor=asking, fiche=fiche, visit=visit)
        fields = {"day": "2026-11-02", "fact": row.fact, "present": [str(one.pk) for one in people]}
        finish_observation(actor=asking, observation=row, written=read_fields(fields))
    return people


@pytest.fixture
def on_disk() -> Callable[[], int]:
    """How many files of fiches there are more than before the test."""

    def there() -> set[Path]:
        return {path for path in Path(default_storage.path("answers")).rglob("*") if path.is_file()}

    before = there()
    return lambda: len(there() - before)


def test_the_fiche_follows_who_withdraws(on_disk: Callable[[], int]) -> None:
    place, researcher = make_field()
    [nour] = taken_up_with(researcher, place, make_grid(place), "Nour")
    assert on_disk() == 1
    done = withdraw(researcher, nour, Mode.ERASE)
    with as_system("read test data", recorded=False):
        left = Submission.objects.get()
        told = str([left.content, bytes(left.xml), list(Observation.objects.values_list("fact", "interpretation"))])
        assert "CANARI" not in told and "souri" not in told
        assert (left.status, left.reason) == (SubmissionStatus.QUARANTINED, "withdrawn_person")
        # what came keeps its number and the names of its files, so that it is not taken in again
        assert left.emptied_at is not None and b"uuid:essai-1" in bytes(left.xml)
        assert [(one.name, one.file.name) for one in left.files.all()] == [("a.jpg", "")]
        assert WithdrawalTrace.objects.filter(withdrawal=done.pk, what="photos et sons des fiches", count=1).exists()
    assert on_disk() == 0


def test_nothing_comes_back_with_a_fiche_that_is_sent_again(on_disk: Callable[[], int]) -> None:
    """In two parts, as a program of collection sends it: the fiche with a photo, then the fiche with the other."""
    place, researcher = make_field()
    grid = make_grid(place)
    with acting_as(researcher.pk) as asking:
        _tablet, secret = add_tablet(actor=asking, label="La tablette bleue")
    headers = {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(f'x:{secret}'.encode()).decode()}"}

    def sent(xml: bytes, *names: str) -> int:
        files = {name: SimpleUploadedFile(name, PHOTO + name.encode(), "image/jpeg") for name in names}
        body = {"xml_submission_file": SimpleUploadedFile("f.xml", xml, "text/xml"), **files}
        return Client(enforce_csrf_checks=True).post("/openrosa/submission", body, **headers).status_code  # type: ignore[arg-type]

    two = fiche_xml(grid, "CANARI-FICHE").replace(b"<photo>", b"<photo>b.m4a</photo><photo>")
    [nour] = taken_up_with(researcher, place, grid, "Nour")
    withdraw(researcher, nour, Mode.ERASE)
    with as_system("read test data", recorded=False):
        first = Submission.objects.get()
        digest = first.sha256
    same = fiche_xml(grid, "CANARI-FICHE")
    assert hashlib.sha256(same).hexdigest() == digest
    assert sent(same, "a.jpg") == 202
    # the same number with other words, and a file that had not arrived yet
    assert sent(two, "b.m4a") in (201, 409)
    assert sent(two, "a.jpg") in (201, 202, 409)
    with as_system("read test data", recorded=False):
        told = str([(row.content, bytes(row.xml)) for row in Submission.objects.all()])
        assert "CANARI" not in told and "souri" not in told
        assert all(row.emptied_at and row.reason == "withdrawn_person" for row in Submission.objects.all())
        assert set(SubmittedFile.objects.values_list("file", flat=True)) == {""}
    assert on_disk() == 0


def test_the_second_half_of_an_erased_fiche_is_acknowledged_and_not_kept(on_disk: Callable[[], int]) -> None:
    """Its photo had not arrived when the person withdrew: the device is told that it may forget it."""
    place, researcher = make_field()
    grid = make_grid(place)
    visit, nour = make_visit(place, researcher), make_participant(place, researcher, "Nour")
    xml = fiche_xml(grid, "CANARI-FICHE")
    send_fiche(researcher, xml)
    with acting_as(researcher.pk) as asking:
        fiche = fiche_to_take(asking, Submission.objects.get().pk)
        row = take_up(actor=asking, fiche=fiche, visit=visit)
        fields = {"day": "2026-11-02", "fact": row.fact, "present": [str(nour.pk)]}
        finish_observation(actor=asking, observation=row, written=read_fields(fields))
    withdraw(researcher, nour, Mode.ERASE)
    for code in (201, 202):
        reply = send_fiche(researcher, xml, {"a.jpg": PHOTO})
        assert reply.code == code
        assert [(one["name"], one["sha256"]) for one in reply.files] == [("a.jpg", hashlib.sha256(PHOTO).hexdigest())]
    assert on_disk() == 0


def test_who_the_fiche_names_was_there_when_they_agree() -> None:
    place, researcher = make_field()
    grid, visit = make_grid(place), make_visit(place, researcher)
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    named = f"<participants>{nour.pk} {lou.pk}</participants></situation>".encode()
    send_fiche(researcher, fiche_xml(grid, "On joue.").replace(b"</situation>", named))
    withdraw(researcher, lou, Mode.STOP_COLLECTING)
    with acting_as(researcher.pk) as asking:
        fiche = fiche_to_take(asking, Submission.objects.get().pk)
        row = take_up(actor=asking, fiche=fiche, visit=visit)
        assert [one.participant_id for one in row.presences.all()] == [nour.pk]


def test_a_page_asks_the_same_whatever_it_holds(
    client_as: ClientAs, django_assert_max_num_queries: Callable[..., object]
) -> None:
    place, researcher = make_field()
    for number in range(6):
        visit = make_visit(place, researcher)
        make_participant(place, researcher, f"Ronce {number}")
    make_visit(make_study_place(place.study), researcher)
    client = client_as(researcher)
    row = client.post(at("observe", visit.pk))["Location"].split("/")[-3]
    client.get(at("home"))
    for address, most in (
        (at("home"), 32),
        (at("place", place.pk), 28),
        (at("visit", visit.pk), 22),
        (at("write_observation", row), 26),
        (at("journal"), 18),
        (at("new_entry"), 24),
    ):
        with django_assert_max_num_queries(most):  # type: ignore[attr-defined]
            assert client.get(address).status_code == 200

"""A grid that asks who was there: the list of those who agree, made for who asks, and what becomes of whom it named."""

from __future__ import annotations

import base64
import csv
import hashlib
from collections.abc import Callable

import pytest
from defusedxml import ElementTree
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from nuserus.consent.enums import Mode, Step
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.instruments import Belonging, start_instrument
from nuserus.instruments.actions.tablets import add_tablet
from nuserus.instruments.enums import InstrumentKind
from nuserus.instruments.models import InstrumentVersion, Submission
from nuserus.instruments.standard.model_grid import model_grid
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import StudyPlace
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution, make_membership
from tests.factories.fieldwork import answer, make_field, make_participant
from tests.factories.instruments import make_version, publish, send_fiche, workbook_of
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study_place, seat_in
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
ASKS = (
    ("select_multiple_from_file participants.csv", "participants", "Qui était là ?"),
    ("text", "dit", "Quels mots ?"),
)


def make_grid(place: StudyPlace, workbook: bytes = b"") -> InstrumentVersion:
    """A published grid of the study, the default one unless said otherwise."""
    lead = lead_of(place.study)
    with acting_as(lead.pk) as asking:
        version = start_instrument(
            actor=asking,
            where=Belonging(study=place.study),
            kind=InstrumentKind.GRID,
            title="La grille",
            workbook=workbook or model_grid(),
        )
    publish(version, lead)
    return version


def listed(client: Client, version: InstrumentVersion) -> dict[str, str]:
    """Who is on the list, by number, as the program of the site takes it: by the address that the site tells."""
    [form] = [
        one
        for one in client.get(reverse("filling:state")).json()["forms"]
        if one["form"].endswith(str(version.instrument_id))
    ]
    [file] = form["files"]
    reply = client.get(file["url"])
    assert file["name"] == "participants.csv" and file["sha256"] == hashlib.sha256(reply.content).hexdigest()
    head, *rows = csv.reader(reply.content.decode().splitlines())
    assert head == ["name", "label"] and "no-store" in reply["Cache-Control"]
    return {number: label for number, label in rows}  # noqa: C416 - told apart from lists of another length


def test_the_list_has_who_agrees_and_whom_the_asker_may_see(client_as: ClientAs) -> None:
    place, researcher = make_field()
    nour, lou = make_participant(place, researcher, 'Nour, dite "N"'), make_participant(place, researcher, "Lou")
    make_participant(place, researcher, "Silence", agrees=False)
    elsewhere = make_study_place(place.study)
    other = make_participant(elsewhere, researcher, "Ailleurs")
    version = make_grid(place)
    assert listed(client_as(researcher), version) == {
        str(nour.pk): 'Nour, dite "N"', str(lou.pk): "Lou", str(other.pk): "Ailleurs",
    }  # fmt: skip
    practitioner = make_account(Role.PRACTITIONER_RESEARCHER, name="Prat")
    seat_in(circle_of(place.study, GroupKind.TEAM), practitioner, Part.PRACTITIONER)
    make_membership(practitioner, place.institution)
    assert set(listed(client_as(practitioner), version)) == {str(other.pk)}
    answer(lou, researcher, Step.WITHDRAWN)
    withdraw(researcher, nour, Mode.STOP_COLLECTING)
    assert set(listed(client_as(researcher), version)) == {str(other.pk)}
    # who came to work there since reads nothing of them, even what they wrote down
    make_membership(researcher, elsewhere.institution)
    assert listed(client_as(researcher), version) == {}


def test_the_group_of_a_place_has_an_empty_list_and_strangers_none(client_as: ClientAs) -> None:
    place, researcher = make_field()
    make_participant(place, researcher, "Nour")
    version = make_grid(place)
    member = make_account(name="Du groupe")
    seat_in(circle_of(place.study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    assert listed(client_as(member), version) == {}
    address = reverse("instruments:participants", args=[version.instrument_id, 1])
    assert client_as(make_account()).get(address).status_code == 404
    home = make_institution()
    alone = make_version(home, make_referent(home), workbook=workbook_of(ASKS))
    assert listed(client_as(make_referent(home)), alone) == {}
    plain = make_version(home, make_referent(home))
    assert (
        client_as(make_referent(home))
        .get(reverse("instruments:participants", args=[plain.instrument_id, 1]))
        .status_code
        == 404
    )


def test_other_programs_take_the_list_by_the_manifest() -> None:
    place, researcher = make_field()
    nour = make_participant(place, researcher, "Nour")
    version = make_grid(place)
    with acting_as(researcher.pk) as asking:
        _tablet, secret = add_tablet(actor=asking, label="La tablette bleue")
    headers = {"HTTP_AUTHORIZATION": f"Basic {base64.b64encode(f'x:{secret}'.encode()).decode()}"}
    at = "{http://openrosa.org/xforms/xformsManifest}"
    manifest = Client().get(reverse("openrosa:manifest", args=[version.instrument_id, 1]), **headers)  # type: ignore[arg-type]
    [file] = ElementTree.fromstring(manifest.content).findall(f"{at}mediaFile")
    said = {one.tag.removeprefix(at): one.text or "" for one in file}
    reply = Client().get("/" + said["downloadUrl"].split("/", 3)[3], **headers)  # type: ignore[arg-type]
    assert said["filename"] == "participants.csv"
    assert said["hash"] == f"md5:{hashlib.md5(reply.content).hexdigest()}"
    assert reply.content.decode() == f"name,label\n{nour.pk},Nour\n"
    assert Client().get("/" + said["downloadUrl"].split("/", 3)[3]).status_code == 401


def fiche(version: InstrumentVersion, *people: object, number: str = "uuid:1") -> bytes:
    """A fiche of the small form."""
    named = " ".join(str(one) for one in people)
    return (
        f'<data id="{version.instrument.form_id}" version="1"><participants>{named}</participants><dit>Non.</dit>'
        f"<meta><instanceID>{number}</instanceID></meta></data>"
    ).encode()


def test_who_is_named_by_number_is_read_by_pseudonym_and_reached_by_a_withdrawal(client_as: ClientAs) -> None:
    place, researcher = make_field()
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    version = make_grid(place, workbook_of(ASKS))
    assert not send_fiche(researcher, fiche(version, nour.pk)).quarantined
    send_fiche(researcher, fiche(version, nour.pk, lou.pk, number="uuid:2"))
    with as_system("read test data", recorded=False):
        alone, shared = Submission.objects.order_by("instance_id")
    address = reverse("instruments:fiche", args=[version.instrument_id, shared.pk])
    page = client_as(researcher).get(address).content.decode()
    assert "Nour, Lou" in page and str(lou.pk) not in page
    withdraw(researcher, nour)
    with as_system("read test data", recorded=False):
        alone.refresh_from_db()
        shared.refresh_from_db()
    assert alone.emptied_at is not None and shared.emptied_at is None
    page = client_as(researcher).get(address).content.decode()
    assert "Lou" in page and "Nour" not in page
    # what was on its way arrives emptied, under a number that is taken too
    assert send_fiche(researcher, fiche(version, nour.pk, number="uuid:3")).quarantined
    send_fiche(researcher, fiche(version, nour.pk, number="uuid:2").replace(b"Non.", b"CANARI"))
    with as_system("read test data", recorded=False):
        assert "CANARI" not in str([(row.content, bytes(row.xml)) for row in Submission.objects.all()])
        assert Submission.objects.filter(emptied_at__isnull=False).count() == 3


def test_what_another_file_asks_for_is_refused_in_words() -> None:
    home = make_institution()
    referent = make_referent(home)
    for row, said in (
        (("select_one_from_file lieux.csv", "lieu", "Où ?"), "demande un autre fichier"),
        (("select_one_from_file participants.csv", "qui", "Qui ?"), "doit se nommer"),
    ):
        with pytest.raises(ValidationError, match=said):
            make_version(home, referent, workbook=workbook_of((row,)))

"""A fiche is kept once, whatever comes twice, late, different or wrong."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions import limits
from nuserus.instruments.actions.submissions import accept_submission, name_reader
from nuserus.instruments.models import InstrumentVersion, Submission, SubmittedFile
from nuserus.instruments.registry import Candidate, Hold, forget_gate, register_gate
from nuserus.people.models import Account
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import answer_xml, make_version, send_fiche
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20


@pytest.fixture
def place() -> Institution:
    return make_institution("FAM Canari", category="437", department="13")


@pytest.fixture
def referent(place: Institution) -> Account:
    return make_referent(place)


@pytest.fixture
def member(place: Institution) -> Account:
    return make_member(place)


@pytest.fixture
def version(place: Institution, referent: Account) -> InstrumentVersion:
    return make_version(place, referent)


def kept(**which: object) -> list[Submission]:
    with as_system("test"):
        return list(Submission.objects.filter(**which).order_by("received_at"))


def test_new_then_identical_then_different(version: InstrumentVersion, member: Account) -> None:
    xml = answer_xml(version.instrument, instance="uuid:1", photo="a.jpg")
    first = send_fiche(member, xml)
    assert (first.code, first.files) == (201, [])
    second = send_fiche(member, xml, {"a.jpg": PHOTO, "not-named.jpg": PHOTO})
    assert second.code == 201
    assert [(one["name"], one["size"]) for one in second.files] == [("a.jpg", len(PHOTO))]
    assert send_fiche(member, xml, {"a.jpg": PHOTO}).code == 202
    other = answer_xml(version.instrument, instance="uuid:1", lieu="ailleurs")
    for _again in range(2):
        conflict = send_fiche(member, other)
        assert (conflict.code, conflict.quarantined) == (409, True)
    rows = kept()
    assert [(row.status, row.reason) for row in rows] == [("accepted", ""), ("quarantined", "conflict")]
    assert bytes(rows[0].xml) == xml
    assert bytes(rows[1].xml) == other
    assert rows[0].content["situation"] == {"lieu": "la salle", "combien": 4, "aide": "oui", "geste": "Elle montre."}


def test_what_is_kept_is_byte_for_byte_what_came(version: InstrumentVersion, member: Account) -> None:
    send_fiche(member, answer_xml(version.instrument, photo="a.jpg"), {"a.jpg": PHOTO})
    with as_system("test"):
        [row] = SubmittedFile.objects.all()
        with row.file.open("rb") as opened:
            assert opened.read() == PHOTO


def test_the_same_fifty_times_at_once_is_one_row(version: InstrumentVersion, member: Account) -> None:
    xml = answer_xml(version.instrument, photo="a.jpg")

    def again(_rank: int) -> int:
        try:
            return send_fiche(member, xml, {"a.jpg": PHOTO}).code
        finally:
            for alias in connections:
                connections[alias].close()

    with ThreadPoolExecutor(10) as pool:
        codes = sorted(pool.map(again, range(50)))
    assert codes == [201, *[202] * 49]
    assert len(kept()) == 1
    with as_system("test"):
        assert SubmittedFile.objects.count() == 1


def test_who_sends_the_same_from_another_account_learns_that_it_is_there(
    version: InstrumentVersion, member: Account, place: Institution
) -> None:
    xml = answer_xml(version.instrument)
    send_fiche(member, xml)
    assert send_fiche(make_member(place), xml).code == 202
    assert len(kept()) == 1


@pytest.mark.parametrize(
    ("xml", "words"),
    [
        ({"lieu": ""}, "« Dans quel lieu ? » attend une réponse."),
        ({"more": "<combien>beaucoup</combien>"}, "« beaucoup » n’est pas une réponse du bon type."),
        ({"more": "<aide>peut-etre</aide>"}, "« peut-etre » n’est pas dans la liste."),
        ({"more": "<poids>12</poids>"}, "« poids » n’est pas une question de cette version."),
        ({"version": 9}, "une version qui n’a pas été publiée"),
    ],
)
def test_a_wrong_answer_is_kept_aside_with_its_reason(
    version: InstrumentVersion, member: Account, referent: Account, xml: dict[str, str], words: str
) -> None:
    reply = send_fiche(member, answer_xml(version.instrument, **xml))  # type: ignore[arg-type]
    assert (reply.code, reply.quarantined) == (201, True)
    assert words in reply.words
    [row] = kept()
    assert row.reason == "invalid"
    with acting_as(referent.pk) as asking:
        accept_submission(actor=asking, submission=row)
    assert kept()[0].status == "accepted"


def test_a_gate_of_another_app_puts_aside_and_only_it_gives_back(
    version: InstrumentVersion, member: Account, client_as: ClientAs, referent: Account
) -> None:
    seen: list[Candidate] = []

    def gate(candidate: Candidate) -> Hold | None:
        seen.append(candidate)
        return Hold("withdrawn", "La personne a repris son accord.")

    register_gate("test.gate", gate)
    try:
        reply = send_fiche(member, answer_xml(version.instrument))
    finally:
        forget_gate("test.gate")
    assert reply.words == "La personne a repris son accord."
    assert seen[0].sent_by == member.pk
    [row] = kept()
    client_as(referent).post(reverse("instruments:accept", args=[version.instrument_id, row.pk]))
    assert kept()[0].status == "quarantined"


def send(client: Client, xml: bytes, **files: bytes) -> object:
    body = {name.replace("_", "."): SimpleUploadedFile(name, content) for name, content in files.items()}
    return client.post(
        reverse("filling:send"), {"xml_submission_file": SimpleUploadedFile("x", xml, "text/xml"), **body}
    )


def test_the_reply_repeats_what_is_kept(version: InstrumentVersion, member: Account, client_as: ClientAs) -> None:
    xml = answer_xml(version.instrument, instance="uuid:7", photo="a.jpg")
    response = send(client_as(member), xml, a_jpg=PHOTO)
    said = response.json()  # type: ignore[attr-defined]
    assert response.status_code == 201  # type: ignore[attr-defined]
    assert said["instanceID"] == "uuid:7"
    assert [one["name"] for one in said["files"]] == ["a.jpg"]


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"not xml", 400),
        (b'<!DOCTYPE d [<!ENTITY e "x">]><data id="x"><meta><instanceID>&e;</instanceID></meta></data>', 400),
        (b"<data><meta><instanceID>1</instanceID></meta></data>", 400),
        (b'<data id="nuserus-unknown"><meta><instanceID>1</instanceID></meta></data>', 404),
        (b"<a>" * 60 + b"</a>" * 60, 400),
    ],
)
def test_what_is_no_fiche_is_refused_in_words(client_as: ClientAs, member: Account, xml: bytes, code: int) -> None:
    response = send(client_as(member), xml)
    assert response.status_code == code  # type: ignore[attr-defined]
    assert response.json()["message"]  # type: ignore[attr-defined]


def test_nobody_sends_to_a_grid_of_another_place_nor_signed_out(
    version: InstrumentVersion, client_as: ClientAs
) -> None:
    stranger = make_member(make_institution("EHPAD du Test", category="500", department="84"))
    assert send(client_as(stranger), answer_xml(version.instrument)).status_code == 404  # type: ignore[attr-defined]
    assert send(client_as(None), answer_xml(version.instrument)).status_code == 401  # type: ignore[attr-defined]
    assert kept() == []


def test_a_grid_that_is_not_published_receives_nothing(place: Institution, referent: Account) -> None:
    version = make_version(place, referent, published=False)
    from nuserus.foundation.policy import Unreadable

    with pytest.raises(Unreadable):
        send_fiche(referent, answer_xml(version.instrument))


def test_fiches_are_read_by_who_sent_them_and_by_the_people_named(
    version: InstrumentVersion, member: Account, referent: Account, place: Institution, client_as: ClientAs
) -> None:
    send_fiche(member, answer_xml(version.instrument, photo="a.jpg", lieu="CANARI"), {"a.jpg": PHOTO})
    [row] = kept()
    with as_system("test"):
        [file] = SubmittedFile.objects.all()
    page = reverse("instruments:fiche", args=[version.instrument_id, row.pk])
    download = reverse("instruments:file", args=[version.instrument_id, row.pk, file.pk])
    colleague = make_member(place)
    for reader in (member, referent):
        assert "CANARI" in client_as(reader).get(page).content.decode()
        response = client_as(reader).get(download)
        assert b"".join(response) == PHOTO  # type: ignore[arg-type]
        assert "attachment" in response["Content-Disposition"]
    for address in (page, download):
        assert client_as(colleague).get(address).status_code == 404
    with acting_as(referent.pk) as asking:
        name_reader(actor=asking, instrument=version.instrument, reader=colleague.pk)
    assert client_as(colleague).get(page).status_code == 200


def test_a_person_sends_so_many_fiches_in_a_day(
    version: InstrumentVersion, member: Account, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_IN_A_DAY", 2)
    client, first = client_as(member), answer_xml(version.instrument, photo="a.jpg")
    for xml in (first, answer_xml(version.instrument)):
        assert send(client, xml).status_code == 201  # type: ignore[attr-defined]
    refused = send(client, answer_xml(version.instrument, photo="a.jpg"), a_jpg=PHOTO)
    assert refused.status_code == 413  # type: ignore[attr-defined]
    assert "2 fiches en un jour. Celle-ci reste sur l’appareil" in refused.json()["message"]  # type: ignore[attr-defined]
    assert len(kept()) == 2
    # what was begun is finished, and a colleague sends
    assert send(client, first, a_jpg=PHOTO).status_code == 201  # type: ignore[attr-defined]
    assert send(client, first).status_code == 202  # type: ignore[attr-defined]
    colleague = make_member(version.instrument.institution)  # type: ignore[arg-type]
    assert send(client_as(colleague), answer_xml(version.instrument)).status_code == 201  # type: ignore[attr-defined]
    with as_system("the day after"):
        Submission.objects.update(received_at=timezone.now() - timedelta(days=2))
    assert send(client, answer_xml(version.instrument)).status_code == 201  # type: ignore[attr-defined]
    monkeypatch.setattr(limits, "MOST_IN_A_DAY_OF_ALL", 1)
    assert send(client, answer_xml(version.instrument)).status_code == 413  # type: ignore[attr-defined]


def test_the_fiches_of_a_person_weigh_so_much(
    version: InstrumentVersion, member: Account, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, first = client_as(member), answer_xml(version.instrument, photo="a.jpg")
    monkeypatch.setattr(limits, "MOST_BYTES_OF_ALL", len(first) + len(PHOTO))
    assert send(client, first, a_jpg=PHOTO).status_code == 201  # type: ignore[attr-defined]
    refused = send(client, answer_xml(version.instrument))
    assert refused.status_code == 413  # type: ignore[attr-defined]
    assert "Celle-ci reste sur l’appareil" in refused.json()["message"]  # type: ignore[attr-defined]
    assert send(client, first, a_jpg=PHOTO).status_code == 202  # type: ignore[attr-defined]
    assert len(kept()) == 1

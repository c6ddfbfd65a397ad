"""The messages of a program of collection, hand-written from the OpenRosa specification.

The sequence is that of its Form Discovery, Form Manifest and Form Submission APIs: the list, the form, its manifest,
HEAD before sending, then the fiche in one or several multipart requests. No recording of a real program was used.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions import limits
from nuserus.instruments.actions.tablets import add_tablet, revoke_tablet
from nuserus.instruments.models import InstrumentVersion, Submission, SubmittedFile, Tablet
from nuserus.people.models import Account
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import answer_xml, make_version
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
LIST = "{http://openrosa.org/xforms/xformsList}"
RESPONSE = "{http://openrosa.org/http/response}"
PHOTO = b"\xff\xd8\xff\xe0" + b"photo" * 300
Device = Callable[..., object]


@pytest.fixture
def member() -> Account:
    place = make_institution("FAM Canari", category="437", department="13")
    make_version(place, make_referent(place))
    return make_member(place)


def basic(secret: str, user: str = "nuserus") -> dict[str, str]:
    given = base64.b64encode(f"{user}:{secret}".encode()).decode()
    return {"HTTP_AUTHORIZATION": f"Basic {given}", "HTTP_X_OPENROSA_VERSION": "1.0"}


def authorised(account: Account) -> tuple[Tablet, dict[str, str]]:
    with acting_as(account.pk) as asking:
        tablet, secret = add_tablet(actor=asking, label="La tablette bleue")
    return tablet, basic(secret)


def version() -> InstrumentVersion:
    with as_system("test"):
        return InstrumentVersion.objects.select_related("instrument").get()


def parsed(content: bytes) -> Element:
    root: Element = ElementTree.fromstring(content)
    return root


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def sent(headers: dict[str, str], xml: bytes, **files: bytes) -> object:
    body = {"xml_submission_file": SimpleUploadedFile("fiche.xml", xml, "text/xml")}
    body |= {name.replace("_", "."): SimpleUploadedFile(name, content) for name, content in files.items()}
    return Client(enforce_csrf_checks=True).post("/openrosa/submission", body, **headers)


def test_from_the_list_to_the_fiche(member: Account) -> None:
    _tablet, headers = authorised(member)
    client = Client()
    listed = client.get("/openrosa/formList", **headers)
    assert (listed.status_code, listed["X-OpenRosa-Version"]) == (200, "1.0")
    assert listed["Content-Type"].startswith("text/xml")
    [form] = parsed(listed.content).findall(f"{LIST}xform")
    said = {child.tag.removeprefix(LIST): child.text or "" for child in form}
    assert said["name"] == "La grille du Test"
    xform = client.get(path(said["downloadUrl"]), **headers)
    assert said["hash"] == f"md5:{hashlib.md5(xform.content).hexdigest()}"
    assert said["formID"] in xform.content.decode()
    manifest = client.get(path(said["manifestUrl"]), **headers)
    assert list(parsed(manifest.content)) == []
    head = client.head("/openrosa/submission", **headers)
    assert head.status_code == 204
    assert head["Location"].endswith("/openrosa/submission")
    assert int(head["X-OpenRosa-Accept-Content-Length"]) > 10_000_000
    xml = answer_xml(version().instrument, photo="a.jpg")
    first = sent(headers, xml, a_jpg=PHOTO)
    assert first.status_code == 201  # type: ignore[attr-defined]
    assert parsed(first.content).find(f"{RESPONSE}message") is not None  # type: ignore[attr-defined]
    assert sent(headers, xml, a_jpg=PHOTO).status_code == 202  # type: ignore[attr-defined]
    with as_system("test"):
        [row] = Submission.objects.all()
        assert (row.origin, row.sent_by_id, bytes(row.xml)) == ("openrosa", member.pk, xml)
        assert SubmittedFile.objects.get().size == len(PHOTO)


def test_a_fiche_in_several_requests_is_one(member: Account) -> None:
    _tablet, headers = authorised(member)
    inside = "</photo></traces><traces><photo>b.jpg"
    xml = answer_xml(version().instrument, photo=f"a.jpg{inside}")
    assert sent(headers, xml, a_jpg=PHOTO).status_code == 201  # type: ignore[attr-defined]
    assert sent(headers, xml, b_jpg=PHOTO + b"2").status_code == 201  # type: ignore[attr-defined]
    with as_system("test"):
        assert Submission.objects.count() == 1
        assert sorted(SubmittedFile.objects.values_list("name", flat=True)) == ["a.jpg", "b.jpg"]


def test_another_fiche_under_the_same_number_is_kept_aside(member: Account) -> None:
    _tablet, headers = authorised(member)
    grid = version().instrument
    sent(headers, answer_xml(grid, instance="uuid:1"))
    assert sent(headers, answer_xml(grid, instance="uuid:1", lieu="ailleurs")).status_code == 409  # type: ignore[attr-defined]
    with as_system("test"):
        assert sorted(Submission.objects.values_list("status", flat=True)) == ["accepted", "quarantined"]


def test_a_program_reads_why_the_site_takes_no_more(member: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_IN_A_DAY", 0)
    _tablet, headers = authorised(member)
    refused = sent(headers, answer_xml(version().instrument))
    assert refused.status_code == 413  # type: ignore[attr-defined]
    words = parsed(refused.content).findtext(f"{RESPONSE}message") or ""  # type: ignore[attr-defined]
    assert "reste sur l’appareil" in words


@pytest.mark.parametrize("address", ["/openrosa/formList", "/openrosa/submission"])
def test_without_a_known_secret_nothing_is_said(member: Account, address: str) -> None:
    for headers in ({}, basic("another"), {"HTTP_AUTHORIZATION": "Basic %%%"}, {"HTTP_AUTHORIZATION": "Bearer x"}):
        response = Client().get(address, **headers)
        assert response.status_code == 401
        assert response["WWW-Authenticate"].startswith("Basic ")
        assert b"grille" not in response.content


def test_a_device_that_was_stopped_opens_nothing_and_its_secret_is_kept_nowhere(member: Account) -> None:
    tablet, headers = authorised(member)
    secret = base64.b64decode(headers["HTTP_AUTHORIZATION"].split()[1]).decode().split(":")[1]
    assert Client().get("/openrosa/formList", **headers).status_code == 200
    with as_system("test"):
        row = Tablet.objects.get()
        assert row.last_used_at is not None
        assert secret not in str(row.__dict__)
    with acting_as(member.pk) as asking:
        revoke_tablet(actor=asking, tablet=Tablet.objects.get(pk=tablet.pk))
    assert Client().get("/openrosa/formList", **headers).status_code == 401
    assert sent(headers, answer_xml(version().instrument)).status_code == 401  # type: ignore[attr-defined]


def test_a_device_does_no_more_than_its_person(member: Account) -> None:
    stranger = make_member(make_institution("EHPAD du Test", category="500", department="84"))
    _tablet, headers = authorised(stranger)
    listed = Client().get("/openrosa/formList", **headers)
    assert parsed(listed.content).findall(f"{LIST}xform") == []
    found = version()
    assert Client().get(f"/openrosa/forms/{found.instrument_id}/1.xml", **headers).status_code == 404
    assert sent(headers, answer_xml(found.instrument)).status_code == 404  # type: ignore[attr-defined]
    assert Client().get("/grilles/", **headers).status_code == 302


def test_what_is_no_fiche_is_refused(member: Account) -> None:
    _tablet, headers = authorised(member)
    assert sent(headers, b"<nothing/>").status_code == 400  # type: ignore[attr-defined]
    assert Client().post("/openrosa/submission", {}, **headers).status_code == 400

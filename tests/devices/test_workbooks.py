"""An inventory by workbook: template, errors by cell, what will change, all or the valid rows, export."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from nuserus.devices.actions.import_inventory import forget_uploads
from nuserus.devices.models import Deployment, InventoryUpload
from nuserus.devices.workbooks.layout import COLUMNS, MOST_ROWS, SHEET
from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.devices import get_device, make_deployment, make_proposal, make_upload, make_workbook
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]

PLACE_ONLY = "notre lieu seulement"


@pytest.fixture
def place(database: None) -> Institution:
    return make_institution("IME du Pont")


@pytest.fixture
def referent(place: Institution) -> Account:
    account = make_account()
    make_membership(account, place, is_referent=True)
    return account


@pytest.fixture
def client(referent: Account, client_as: ClientAs) -> Client:
    return client_as(referent)


def page_of(place: Institution) -> str:
    return f"/materiel/inventaire/{place.pk}/classeur/"


def send(client: Client, place: Institution, content: bytes, name: str = "inventaire.xlsx") -> HttpResponse:
    return client.post(page_of(place), {"workbook": SimpleUploadedFile(name, content)}, follow=True)  # type: ignore[return-value]


def decide(client: Client, shown: Any, decision: str) -> str:
    plan = shown.context.get("plan")
    given = {"decision": decision, "plan": plan.fingerprint if plan else ""}
    return str(client.post(shown.request["PATH_INFO"], given, follow=True).content.decode())


def lines() -> list[Deployment]:
    with as_system("test data"):
        return list(Deployment.objects.select_related("device").order_by("device__name", "own_name"))


def kept() -> int:
    with as_system("test data"):
        return InventoryUpload.objects.count()


FULL = {
    "device": "Visioconférence",
    "own_name": "La visio du salon",
    "quantity": 2,
    "stage": "essai",
    "used_by": "Éducateur spécialisé, éducatrice spécialisée",
    "with_publics": "Enfants autistes",
    "data_held": "Rien.",
    "cost": "Prêté",
    "remarks": "Le mardi.",
    "scope_level": "les professionnels vérifiés",
}


def test_a_workbook_is_shown_then_applied_and_let_go(client: Client, place: Institution) -> None:
    shown = send(client, place, make_workbook(FULL, {"device": "tablette", "scope_level": PLACE_ONLY}))
    html = shown.content.decode()
    assert "<b>2</b> lignes seront ajoutées" in html
    assert "La visio du salon" in html
    assert lines() == []
    assert kept() == 1
    assert "2 lignes ajoutées." in decide(client, shown, "all")
    tablet, visio = lines()
    assert (visio.own_name, visio.quantity, visio.stage, visio.scope_level) == (
        "La visio du salon",
        2,
        "essai",
        "network",
    )
    assert (visio.used_by, visio.with_publics) == (["educateur-specialise"], ["enfants-autistes"])
    assert (tablet.scope_level, tablet.quantity) == ("institution", None)
    assert kept() == 0


def test_the_template_comes_back_unchanged_and_changes_nothing(client: Client, place: Institution) -> None:
    make_deployment(
        place, own_name="=La nôtre", remarks="Sur\ndeux lignes", quantity=3, stage="installe",
        used_by=["educateur-specialise"], with_publics=["enfants-autistes"],
    )  # fmt: skip
    content = client.get(f"{page_of(place)}a-remplir.xlsx").content
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == [SHEET, "Listes", "Aide"]
    assert [cell.value for cell in book[SHEET][1]] == [column.header for column in COLUMNS]
    assert book[SHEET]["C2"].value == "'=La nôtre"
    assert book[SHEET]["C2"].data_type == "s"
    offered = {validation.formula1 for validation in book[SHEET].data_validations.dataValidation}
    assert {"liste_device", "liste_stage", "liste_scope_level"} <= offered
    shown = send(client, place, content)
    assert "dit exactement ce que dit déjà" in shown.content.decode()


def test_a_line_is_changed_by_its_reference_and_what_changes_is_said(client: Client, place: Institution) -> None:
    line = make_deployment(place, quantity=3, remarks="Avant", last_checked=date(2020, 1, 1))
    row = {"reference": str(line.pk), "device": "Visioconférence", "quantity": 5, "scope_level": PLACE_ONLY}
    shown = send(client, place, make_workbook(row))
    html = shown.content.decode()
    assert "<del>3</del>" in html
    assert "<ins>5</ins>" in html
    assert "<del>Avant</del>" in html
    decide(client, shown, "all")
    [changed] = lines()
    assert (changed.pk, changed.quantity, changed.remarks) == (line.pk, 5, "")
    assert changed.last_checked == timezone.localdate()


def test_without_a_reference_the_same_device_is_the_same_line(client: Client, place: Institution) -> None:
    make_deployment(place)
    shown = send(client, place, make_workbook({"device": "visio", "scope_level": PLACE_ONLY, "quantity": 1}))
    assert shown.context is not None
    assert (len(shown.context["plan"].added), len(shown.context["plan"].changed)) == (0, 1)


@pytest.mark.parametrize(
    ("wrong", "cell", "said"),
    [
        ({"device": ""}, "B2", "doit être remplie"),
        ({"device": "Visioconference du salon"}, "B2", "n’est pas dans le catalogue"),
        ({"device": "Visioconférance"}, "B2", "Vouliez-vous dire « Visioconférence »"),
        ({"quantity": "beaucoup"}, "D2", "nombre entier de 1 à 10"),
        ({"quantity": 1.5}, "D2", "nombre entier"),
        ({"quantity": 0}, "D2", "nombre entier"),
        ({"quantity": True}, "D2", "case à cocher"),
        ({"quantity": date(2026, 1, 4)}, "D2", "date"),
        ({"stage": "parfait"}, "E2", "pas dans la liste"),
        ({"used_by": "Astronaute"}, "F2", "pas dans la liste"),
        ({"with_publics": "Enfants autistes ; Martiens"}, "G2", "« Martiens »"),
        ({"data_held": "x" * 501}, "H2", "501 caractères, la limite est 500"),
        ({"remarks": '=HYPERLINK("http://x")'}, "J2", "formule"),
        ({"scope_level": ""}, "K2", "doit être remplie"),
        ({"scope_level": "mon voisin"}, "K2", "pas dans la liste"),
        ({"reference": "abc"}, "A2", "référence"),
        ({"reference": "0190a5c4-0000-7000-8000-000000000000"}, "A2", "pas dans cet inventaire"),
    ],
)
def test_what_is_wrong_is_said_by_cell(
    client: Client, place: Institution, wrong: dict[str, object], cell: str, said: str
) -> None:
    shown = send(client, place, make_workbook({**FULL, **wrong}))
    html = shown.content.decode().replace("\u00a0", " ")
    assert f"Feuille Inventaire, cellule {cell} :" in html
    assert said in html
    assert decide(client, shown, "all")
    assert lines() == []
    assert kept() == 1


def test_all_or_nothing_or_the_valid_rows_as_chosen(client: Client, place: Institution) -> None:
    content = make_workbook(FULL, {"device": "tablette", "scope_level": PLACE_ONLY, "quantity": -3})
    shown = send(client, place, content)
    assert "Rien n’est enregistré" in decide(client, shown, "all")
    assert lines() == []
    assert "1 ligne laissée de côté" in decide(client, shown, "valid")
    assert [line.device.slug for line in lines()] == ["visioconference"]


def test_an_inventory_that_changed_meanwhile_is_shown_again(client: Client, place: Institution) -> None:
    shown = send(client, place, make_workbook(FULL))
    make_deployment(place, own_name="La visio du salon")
    assert "L’inventaire a changé entre-temps" in decide(client, shown, "all")
    assert [line.quantity for line in lines()] == [None]
    assert kept() == 1


def test_a_file_is_thrown_away_or_kept(client: Client, place: Institution) -> None:
    shown = send(client, place, make_workbook(FULL))
    assert "inventaire.xlsx" in client.get(page_of(place)).content.decode()
    assert "L’inventaire n’a pas changé" in decide(client, shown, "discard")
    assert kept() == 0
    assert client.post(shown.request["PATH_INFO"], {"decision": "all"}).status_code == 404  # type: ignore[attr-defined]


def _zip(**files: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return written.getvalue()


def _headless() -> bytes:
    book, written = Workbook(), io.BytesIO()
    assert book.active is not None
    book.active.title = SHEET
    book.active["A1"] = "Bonjour"
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "vide"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "ancien classeur (XLS)"),
        ("Matériel;Nombre\nTablette;3\n".encode("latin-1"), "(CSV)"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x00\x01\x02" * 50, "n’est pas un classeur XLSX"),
        (_zip(mimetype=b"application/vnd.oasis.opendocument.spreadsheet", content_xml=b"<x/>"), "OpenDocument"),
        (_zip(word__document_xml=b"<x/>"), "n’est pas un classeur XLSX"),
        (_zip(xl__workbook_xml=b"<x/>" + b" " * 31_000_000), "bien plus qu’un inventaire"),

        (make_workbook(FULL)[:900], "abîmé"),
        (b"x" * 2_100_000, "la limite est 2"),
    ],
)  # fmt: skip
def test_another_file_altogether_is_one_sentence(client: Client, place: Institution, content: bytes, said: str) -> None:
    html = send(client, place, content).content.decode()
    assert said in html.replace("\u00a0", " ")
    assert lines() == []
    assert kept() == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (make_workbook(FULL, sheet="Feuille1"), "pas de feuille « Inventaire »"),
        (_zip(xl__workbook_xml=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"), "abîmé"),
        (_headless(), "pas ces titres de colonnes : Matériel · Qui peut lire"),
        (make_workbook(), "aucune ligne remplie"),
        (make_workbook(*[{"device": "Tablette"}] * (MOST_ROWS + 1)), "plus de 1000 lignes"),
    ],
)
def test_a_workbook_of_something_else_is_one_sentence_and_kept(
    client: Client, place: Institution, content: bytes, said: str
) -> None:
    shown = send(client, place, content)
    assert said in shown.content.decode().replace("\u00a0", " ").replace("\u202f", "")
    assert kept() == 1
    assert "n’a pas changé" in decide(client, shown, "discard")


def test_only_referents_and_only_who_sent_it(place: Institution, client_as: ClientAs, referent: Account) -> None:
    upload = make_upload(place, referent)
    member, second = make_account(), make_account()
    make_membership(member, place)
    make_membership(second, place, is_referent=True)
    address = f"{page_of(place)}{upload.pk}/"
    assert client_as(referent).get(address).status_code == 200
    assert client_as(second).get(address).status_code == 404
    assert "inventaire.xlsx" not in client_as(second).get(page_of(place)).content.decode()
    for account in (member, make_account("moderator")):
        for path in (address, page_of(place), f"{page_of(place)}a-remplir.xlsx"):
            assert client_as(account).get(path).status_code in {403, 404}


def test_not_more_than_five_wait(client: Client, place: Institution, referent: Account) -> None:
    for _ in range(5):
        make_upload(place, referent)
    assert "Cinq fichiers attendent" in send(client, place, make_workbook(FULL)).content.decode()


def test_what_nobody_decided_is_forgotten_in_time(place: Institution, referent: Account) -> None:
    old, new = make_upload(place, referent), make_upload(place, referent)
    with as_system("test data"):
        InventoryUpload.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=61))
    assert forget_uploads() == 1
    with as_system("test data"):
        assert InventoryUpload.objects.get().pk == new.pk


def test_a_proposal_of_one_s_own_may_be_in_the_file(client: Client, place: Institution, referent: Account) -> None:
    make_proposal(referent, "Lampe à message")
    make_proposal(make_account(), "Lampe secrète")
    shown = send(client, place, make_workbook({"device": "lampe a message", "scope_level": PLACE_ONLY}))
    assert "<b>1</b> ligne sera ajoutée" in shown.content.decode()
    shown = send(client, place, make_workbook({"device": "Lampe secrète", "scope_level": PLACE_ONLY}))
    assert "n’est pas dans le catalogue" in shown.content.decode()
    assert "Vouliez-vous" not in shown.content.decode()


def test_taken_away_as_a_workbook_no_cell_is_a_formula(client: Client, place: Institution) -> None:
    dangerous = ["=1+1", "+33 1", "-x", "@SUM(A1)", "\t=1"]
    for text in dangerous:
        make_deployment(place, get_device(), level=Level.PUBLIC, own_name=text)
    content = client.get(f"/materiel/inventaire/{place.pk}/releves.xlsx").content
    sheet = load_workbook(io.BytesIO(content))[SHEET]
    names = [cell.value for cell in sheet["G"][1:]]
    assert len(names) == len(dangerous)
    assert all(name.startswith("'") for name in names)
    assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)

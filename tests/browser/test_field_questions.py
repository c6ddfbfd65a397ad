"""Every type of question, every language of the form, and what leaves a device: by file, or because somebody withdrew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Route, expect

from nuserus.foundation.asking import as_system
from nuserus.instruments.models import SubmittedFile
from nuserus.people.models import Account
from tests.browser.conftest import axe_findings
from tests.browser.test_field import FIELD, OpenAs, ready, submissions
from tests.browser.test_field_rig import LEFT
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import HEADER, make_version, workbook_of
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")

EVERY_TYPE = (
    ("begin_group", "un", "Tout ce qui se demande"),
    ("decimal", "poids", "Combien pèse-t-il ?"),
    ("date", "jour", "Quel jour ?"),
    ("time", "heure", "À quelle heure ?"),
    ("datetime", "moment", "Quel moment ?"),
    ("select_multiple ouinon", "plusieurs", "Lesquels ?"),
    ("select_one ouinon", "liste", "Un seul ?", None, None, None, None, None, "minimal"),
    ("rank ouinon", "ordre", "Dans quel ordre ?"),
    ("geopoint", "lieu", "À quel endroit ?"),
    ("geotrace", "trajet", "Quel trajet ?"),
    ("geoshape", "surface", "Quelle surface ?"),
    ("acknowledge", "accord", "Vous avez compris"),
    ("barcode", "code", "Quel code ?"),
    ("calculate", "double", None, None, None, None, None, None, None, "${poids} * 2"),
    ("note", "dit", "Le double : ${double}"),
    ("end_group",),
    ("begin_group", "deux", "Les échelles"),
    ("range", "echelle", "De zéro à cinq ?", None, None, None, None, None, None, None, "start=0 end=5 step=1"),
    ("range", "longue", "De zéro à cent ?", None, None, None, None, None, None, None, "start=0 end=100 step=1"),
    ("audio", "son", "Un son ?"),
    ("file", "document", "Un document ?"),
    ("end_group",),
    ("begin_repeat", "gens", "Personne"),
    ("text", "role", "Quel rôle ?"),
    ("end_repeat",),
)
MORE = (*HEADER, "calculation", "parameters")


# a microphone that gives a tone
MICROPHONE = """
  navigator.mediaDevices.getUserMedia = async () => {
    const context = new AudioContext();
    const [tone, out] = [context.createOscillator(), context.createMediaStreamDestination()];
    tone.connect(out);
    tone.start();
    return out.stream;
  };
"""


def test_every_type_of_question_is_answered(open_as: OpenAs) -> None:
    place = make_institution("FAM Canari", category="437", department="13")
    make_version(place, make_referent(place), workbook=workbook_of(EVERY_TYPE, header=MORE))
    page = open_as(make_member(place), "/")
    page.context.add_init_script(MICROPHONE)
    page.goto(FIELD)
    ready(page)
    page.get_by_role("button", name="Commencer une fiche").click()
    page.get_by_label("Combien pèse-t-il ?").fill("2,5")
    expect(page.get_by_text("Le double : 5")).to_be_visible()
    page.get_by_label("Quel jour ?").fill("2026-11-21")
    page.get_by_label("À quelle heure ?").fill("10:30")
    page.get_by_label("Quel moment ?").fill("2026-11-21T10:30")
    for choice in ("Oui", "Non"):
        page.get_by_role("group", name="Lesquels ?").get_by_label(choice).check()
    page.get_by_label("Un seul ?").select_option("Non")
    page.get_by_role("button", name="Descendre : Oui").click()
    place = page.get_by_role("group", name="À quel endroit ?")
    place.get_by_label("Latitude").fill("143")
    place.get_by_label("Longitude").fill("5,4")
    place.get_by_label("Latitude").focus()
    expect(place.get_by_text("Écrivez une latitude")).to_be_visible()
    place.get_by_label("Latitude").fill("43,3")
    for name, points in (("Quel trajet ?", "43,3 5,4;43,4 5,5"), ("Quelle surface ?", "43,3 5,4;43,4 5,4;43,4 5,5")):
        way = page.get_by_role("group", name=name)
        for point in points.split(";"):
            latitude, longitude = point.split()
            way.get_by_label("Latitude").fill(latitude)
            way.get_by_label("Longitude").fill(longitude)
            way.get_by_role("button", name="Ajouter ce point").click()
    expect(page.get_by_text("3 points notés")).to_be_visible()
    page.get_by_role("group", name="Vous avez compris").get_by_label("Oui").check()
    page.get_by_label("Quel code ?").fill("3017620422003")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Suivant").click()
    page.get_by_role("group", name="De zéro à cinq ?").get_by_label("4").check()
    page.get_by_label("De zéro à cent ?").fill("60")
    page.get_by_role("button", name="Enregistrer un son").click()
    expect(page.get_by_text("Enregistrement en cours.")).to_be_visible()
    expect(page.get_by_text("0:01")).to_be_visible()
    page.get_by_role("button", name="Arrêter l’enregistrement").click()
    expect(page.locator("audio[controls]")).to_be_visible()
    page.get_by_label("Un document ?").set_input_files(
        {"name": "note.txt", "mimeType": "text/plain", "buffer": b"une note"}
    )
    expect(page.get_by_text("gardé sur cet appareil")).to_have_count(2)
    assert axe_findings(page) == []
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Quel rôle ?").fill("une éducatrice")
    page.get_by_role("button", name="Ajouter : personne").click()
    page.get_by_label("Quel rôle ?").nth(1).fill("un résident")
    assert axe_findings(page) == []
    page.get_by_role("button", name="Vérifier et envoyer").click()
    page.get_by_role("button", name="Envoyer la fiche").click()
    expect(page.get_by_text("Aucune fiche à envoyer")).to_be_visible(timeout=15_000)
    [row] = submissions()
    assert row.status == "accepted", row.problems
    one, two = row.content["un"], row.content["deux"]
    assert (one["poids"], one["jour"], one["plusieurs"]) == (2.5, "2026-11-21", ["oui", "non"])
    assert (one["liste"], one["ordre"], one["code"]) == ("non", ["non", "oui"], "3017620422003")
    assert one["heure"].startswith("10:30:00")
    assert one["moment"].startswith("2026-11-21T10:30:00")
    assert one["lieu"].startswith("43.3 5.4")
    assert [point.split()[:2] for point in one["trajet"].split(";")] == [["43.3", "5.4"], ["43.4", "5.5"]]
    assert len(one["surface"].strip(";").split(";")) == 4  # it ends where it began
    assert one["double"] == "5"
    assert one["accord"] == "OK"
    assert (two["echelle"], two["longue"]) == (4, 60)
    assert row.content["gens"] == [{"role": "une éducatrice"}, {"role": "un résident"}]
    with as_system("test"):
        sizes = {file.name: (file.size, file.media_type) for file in SubmittedFile.objects.all()}
    assert sizes[two["document"]][0] == len(b"une note")
    assert sizes[two["son"]][0] > 1_000
    assert len(sizes) == 2


SPOKEN = (
    "type",
    "name",
    "label::Français (fr)",
    "label::Facile à lire (fr-x-falc)",
    "label::English (en)",
)
ASKED = (("text", "participant", "Qui avez-vous rencontré ?", "Qui ?", "Whom did you meet?"),)
INSTALL = """
  window.asked = 0;
  const event = new Event("beforeinstallprompt", { cancelable: true });
  event.prompt = async () => (window.asked += 1);
  window.dispatchEvent(event);
"""
PERSON = "01932f5e-7c1a-7b3e-9d55-0123456789ab"


def test_in_english_and_easy_to_read_until_somebody_withdraws(open_as: OpenAs, tmp_path: Path) -> None:
    place = make_institution("FAM Canari", category="437", department="13")
    workbook = workbook_of(ASKED, (("list_name", "name", *SPOKEN[2:]),), SPOKEN)
    make_version(place, make_referent(place), workbook=workbook)
    member = make_member(place)
    with as_system("test"):
        Account.objects.filter(pk=member.pk).update(language="en")
    page = open_as(member, FIELD, phone=True, service_workers="block")
    expect(page.get_by_role("heading", name="In the field")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.evaluate(INSTALL)
    page.get_by_role("button", name="Install on this device").click()
    expect(page.get_by_role("button", name="Install on this device")).to_be_hidden()
    assert page.evaluate("window.asked") == 1
    page.get_by_role("button", name="Begin a sheet").click()
    expect(page.get_by_label("Whom did you meet?")).to_be_visible()
    page.get_by_role("button", name="Facile à lire").click()
    expect(page.get_by_label("Qui ?")).to_be_visible()
    assert page.locator("[lang=fr-x-falc]").count() > 0
    page.get_by_label("Qui ?").fill(PERSON)
    expect(page.get_by_text("Kept on this device at")).to_be_visible()
    assert axe_findings(page) == []
    # what is not sent leaves in a file, and comes back elsewhere with its sentence only
    page.get_by_role("button", name="Back to the list").click()
    page.get_by_text("Save what is not sent").click()
    page.get_by_label("Your secret sentence").fill("une brouette en lavande")
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the file").click()
    saved = tmp_path / "fiches.nuserus"
    download.value.save_as(saved)
    assert PERSON.encode() not in saved.read_bytes()
    other = open_as(member, FIELD, service_workers="block")
    other.get_by_text("Save what is not sent").click()
    other.get_by_label("The saved file").set_input_files(saved)
    for sentence, said in (
        ("une autre phrase", "does not open with this sentence"),
        ("une brouette en lavande", "1 she"),
    ):
        other.get_by_label("Your secret sentence").fill(sentence)
        other.get_by_role("button", name="Take up a file").click()
        expect(other.get_by_role("status").filter(has_text=said).first).to_be_visible()
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("textbox")).to_have_value(PERSON)
    # the person withdraws: within seconds the open fiche leaves the screen and the device
    other.context.route("**/grilles/remplir/etat/", _with_forgotten)
    expect(other.get_by_text("1 sheet taken off this device: the person withdrew")).to_be_visible(timeout=15_000)
    assert other.evaluate(LEFT) == [0, 0]
    assert PERSON not in other.content()
    assert axe_findings(other) == []
    other.get_by_role("button", name="I understand").click()
    expect(other.get_by_text("taken off this device: the person")).to_be_hidden()
    other.reload()
    expect(other.get_by_text("No sheet to send")).to_be_visible()
    expect(other.get_by_text("taken off this device: the person")).to_be_hidden()


def _with_forgotten(route: Route) -> None:
    reply = route.fetch()
    route.fulfill(response=reply, json=reply.json() | {"forgotten": [PERSON]})

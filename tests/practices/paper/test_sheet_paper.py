"""The sheet on A4: what it says, in which order, for whom."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models import MissionHolder
from nuserus.people.models import Account
from nuserus.practices.enums import Outcome, SheetStatus
from nuserus.practices.models import Card, Picture, Sheet
from nuserus.practices.paper import sheets as sheets_on_paper
from nuserus.practices.paper.content import lay_out, trial_address
from nuserus.practices.queries.sheets import sheet_for_reading
from nuserus.ui import typesetting
from tests.factories.directory import make_institution
from tests.factories.facilitation import make_words, quote
from tests.factories.people import make_account
from tests.factories.sheets import make_member, make_sheet, make_trial, withdraw
from tests.practices.paper.reading import alternatives, elements, kinds, opened, words

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
UNASKED = "Personne ne m’a demandé"


def address(sheet: Sheet) -> str:
    return reverse("sheets:pdf", args=[sheet.pk])


def add_picture(sheet: Sheet, alternative: str, *, cover: bool = True, size: tuple[int, int] = (60, 40)) -> Picture:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, "JPEG")
    picture = Picture(sheet=sheet, alternative=alternative, width=size[0], height=size[1], sha256="0" * 64)
    picture.is_cover = cover
    with as_system("test data"):
        picture.file.save("a.jpg", ContentFile(written.getvalue()), save=False)
        picture.small.save("b.jpg", ContentFile(written.getvalue()), save=False)
        picture.save(force_insert=True)
    return picture


def whole_sheet(said: str = "Je vois maman après le car.", **fields: Any) -> Sheet:
    told = {
        "title": "Préparer le départ",
        "simple_version": "Avec des photos, l’enfant sait ce qui vient.\nIl part tranquille.",
        "happened": "Deux enfants ne pleurent plus.",
        "watch_for": "Pas de photo des autres enfants.",
        **fields,
    }
    place = make_institution("IME Canari", department="13")
    sheet = make_sheet(place, make_member(place), **told)
    add_picture(sheet, "Une tablette sur une table.")
    step = add_picture(sheet, "Le car devant le portail.", cover=False, size=(40, 60))
    with as_system("test data"):
        Card.objects.filter(sheet=sheet, position=1).update(picture=step)
        MissionHolder.objects.create(mission_id=sheet.pk, holder_id=sheet.author_id, granted_by=sheet.author_id)
    quote(make_words(sheet, sheet.author, said), sheet.author)
    make_words(sheet, sheet.author, UNASKED)
    return sheet


def test_visitor_gets_a_tagged_file_that_any_reader_can_keep(client: Client) -> None:
    response = client.get(address(whole_sheet()))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="preparer-le-depart.pdf"'
    reader = opened(response.content)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert "/StructTreeRoot" in root  # type: ignore[operator]
    assert str(root["/Lang"]).startswith("fr")  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    described = root["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part>" in described
    assert "<pdfaid:conformance>A</pdfaid:conformance>" in described
    assert reader.metadata is not None
    assert reader.metadata.title == "Préparer le départ"
    assert reader.metadata.author == "Nadia B."
    assert 1 <= len(reader.pages) <= 2


def test_it_is_read_in_the_order_in_which_one_looks_at_it(client: Client) -> None:
    sheet = whole_sheet()
    for outcome in (Outcome.WORKED, Outcome.WORKED, Outcome.NOT_HERE):
        make_trial(sheet, outcome=outcome)
    content = client.get(address(sheet)).content
    said = words(content)
    order = (
        "Préparer le départ", "Version simple", "Il part tranquille.", "Ce que nous avons fait",
        "Nous photographions le car.", "Ce qui s’est passé", "Deux enfants", "3 essais racontés", "67", "33",
        "À quoi faire attention", "Paroles de la personne", "Je vois maman", "une jeune fille", "Nadia B.",
        "Licence CC BY-SA 4.0", "Vous avez essayé",
    )  # fmt: skip
    assert UNASKED not in said
    places = [said.index(part) for part in order]
    assert places == sorted(places)
    reader = opened(content)
    tags = kinds(reader)
    assert tags.count("/H1") == 1
    levels = [int(tag[2:]) for tag in tags if tag[:2] == "/H" and tag[2:].isdigit()]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {"/L", "/LI", "/LBody", "/Table", "/TH", "/TD", "/Figure"} <= set(tags)
    assert tags.index("/H1") < tags.index("/L") < tags.index("/Table")


def test_pictures_and_code_say_what_they_are(client: Client) -> None:
    said = alternatives(opened(client.get(address(whole_sheet())).content))
    assert "Une tablette sur une table." in said
    assert "Le car devant le portail." in said
    assert any("il ouvre la page où l’on raconte son essai" in one for one in said)
    figures = [one for one in elements(opened(client.get(address(whole_sheet())).content)) if one["/S"] == "/Figure"]
    assert figures and all("/Alt" in figure for figure in figures)


def test_code_says_the_absolute_address_of_the_trial(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = whole_sheet()
    coded: list[str] = []
    draw = typesetting.qr_drawing
    monkeypatch.setattr("nuserus.practices.paper.content.qr_drawing", lambda text: coded.append(text) or draw(text))
    reader = opened(client.get(address(sheet), headers={"host": "127.0.0.1"}).content)
    expected = f"{settings.NUSERUS_ADDRESS}/pratiques/{sheet.pk}/essai/"
    assert coded == [expected] == [trial_address(sheet, settings.NUSERUS_ADDRESS)]
    links = [
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/A" in note.get_object()
    ]
    assert set(links) == {expected}


def test_place_is_a_kind_and_a_department(client: Client) -> None:
    said = words(client.get(address(whole_sheet())).content)
    assert "Un IME des Bouches-du-Rhône" in said
    assert "Canari" not in said
    assert "Exemple fictif" in said


def test_origin_is_thanked_and_adaptations_are_counted(client: Client) -> None:
    origin = whole_sheet(title="Dire le départ")
    child = make_sheet(make_institution(department="84"), origin=origin, title="Chez nous", credit="Karim")
    said = words(client.get(address(child)).content)
    assert "Merci à la fiche d’origine : « Dire le départ ». Elle est de Nadia B." in said
    assert "Un autre lieu en a fait sa fiche : un IME de Vaucluse." in words(client.get(address(origin)).content)


def test_same_people_as_the_page(client_as: ClientAs) -> None:
    draft = whole_sheet(status=SheetStatus.DRAFT)
    for account in (None, make_account("site_admin"), make_account("moderator"), make_member(make_institution())):
        assert client_as(account).get(address(draft)).status_code == 404
    author = client_as(draft.author)
    response = author.get(address(draft))
    assert response.status_code == 200
    assert "Fiche non publiée" in words(response.content)
    assert response["Cache-Control"] == "private, no-cache"


def test_withdrawn_sheet_leaves_nothing_on_paper(client: Client) -> None:
    sheet = whole_sheet()
    assert client.get(address(sheet)).status_code == 200
    withdraw(sheet)
    assert client.get(address(sheet)).status_code == 404


def test_draft_is_never_kept_and_published_paper_is_set_once(client: Client, client_as: ClientAs) -> None:
    sheet, draft = whole_sheet(), whole_sheet(status=SheetStatus.DRAFT)
    before = len(sheets_on_paper._KEPT)
    client_as(draft.author).get(address(draft))
    assert len(sheets_on_paper._KEPT) == before
    first = client.get(address(sheet))
    assert len(sheets_on_paper._KEPT) == before + 1
    assert client.get(address(sheet)).content == first.content
    again = client.get(address(sheet), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    make_trial(sheet)
    assert client.get(address(sheet))["ETag"] != first["ETag"]


def test_what_paper_refuses_is_a_list_for_who_writes_and_a_line_for_the_others(
    client: Client, client_as: ClientAs
) -> None:
    sheet = make_sheet()
    add_picture(sheet, "")
    author = client_as(sheet.author)
    page = author.get(address(sheet))
    assert page["Content-Type"].startswith("text/html")
    assert "ne dit pas ce qu’elle montre" in page.content.decode()
    assert reverse("telling:question", args=[sheet.pk, "photo"]) in page.content.decode()
    for made in (author.get(f"{address(sheet)}?quand-meme"), client.get(address(sheet))):
        assert "Une photo n’est pas imprimée" in words(made.content)


def test_what_the_typesetter_refuses_is_a_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = make_sheet()
    monkeypatch.setattr("nuserus.practices.paper.content.printable", str)
    monkeypatch.setattr("nuserus.practices.paper.content.printable_paragraphs", lambda text: [["🙂"]])
    response = client.get(address(sheet))
    assert response.status_code == 422
    assert "Elle reste entière sur nuserus" in response.content.decode()


HOSTILE = '#import "/etc/passwd" ] $x$ ``` `raw` #read("data.json") *g* 🙂 \u202eاب\u202c 日本 ' + "m" * 300


def test_hostile_words_everywhere_are_only_words(client: Client) -> None:
    fields = dict.fromkeys(("happened", "watch_for", "intention", "when_to_stop"), HOSTILE * 9)
    # the index has no room for words of 300 letters, and is not what is asked here
    sheet = whole_sheet(title=HOSTILE[:150], simple_version=HOSTILE, indexed=False, said=HOSTILE, **fields)
    with as_system("test data"):
        Card.objects.filter(sheet=sheet).update(text=HOSTILE * 5)
    response = client.get(address(sheet))
    assert response.status_code == 200
    said = words(response.content)
    assert '#import"/etc/passwd"]$x$```' in "".join(said.split())
    assert "root:x" not in said


def test_layout_names_only_files_that_it_brings(client: Client) -> None:
    sheet = whole_sheet()
    with acting_as(None) as asking:
        laid = lay_out(asking, sheet_for_reading(asking, sheet.pk), site="http://localhost")
    named = {laid.data["cover"]["file"], laid.data["qr"]["file"]}
    named |= {step["picture"]["file"] for step in laid.data["steps"] if step["picture"]}
    assert named == set(laid.files)


def test_page_leads_to_the_paper(client: Client) -> None:
    sheet = make_sheet()
    page = client.get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    assert f'href="{address(sheet)}"' in page

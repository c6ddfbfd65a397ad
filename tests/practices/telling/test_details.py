"""Details that may point at somebody, on the pages: flagged, decided, sent, and what the reviewer sees."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Review, Sheet
from nuserus.screening.queries import names_program
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_published, make_told
from tests.factories.screening import flag_on
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
SENDING = {"title": "Les photos du car", "revision": "0", "confirm": "on", "licence": "on", "do": "send"}


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


@pytest.fixture
def sheet(author: Account) -> Sheet:
    told = make_told(author)
    answer(told, author, "happened", {"happened": "Mme Durand a souri le 12 mars 2024. Paul <b>aussi</b>."})
    return told


def last_screen(sheet: Sheet) -> str:
    return reverse("telling:question", args=[sheet.pk, "check"])


def decide(client: Client, sheet: Sheet, author: Account, words: str, what: str) -> None:
    flag = flag_on(sheet, author, words)
    response = client.post(reverse("details:decide", args=[sheet.pk, flag.pk]), {"detail": what})
    assert response.status_code == 302


def test_from_the_flag_to_the_reviewer(client_as: ClientAs, sheet: Sheet, author: Account) -> None:
    reviewer = make_account(Role.REVIEWER, name="Inès")
    client = client_as(author)
    page = client.get(last_screen(sheet)).content.decode()
    assert "3 détails à décider" in page
    assert "Mme Durand<span" in page
    assert "&lt;b&gt;aussi&lt;/b&gt;" in page
    decide(client, sheet, author, "Mme Durand", "replace")
    decide(client, sheet, author, "12 mars 2024", "keep:agreed")
    assert get_sheet(sheet, author).happened == "La personne a souri le 12 mars 2024. Paul <b>aussi</b>."
    page = client.get(last_screen(sheet)).content.decode()
    assert "1 détail à décider" in page
    assert "la personne est d’accord" in page

    asked = client.post(last_screen(sheet), SENDING)
    assert asked.status_code == 422
    assert "n’est pas encore partie" in asked.content.decode()
    assert "Envoyer quand même" in asked.content.decode()
    assert get_sheet(sheet, author).status == SheetStatus.DRAFT
    client.post(last_screen(sheet), SENDING | {"anyway": "1", "revision": "1"})
    sent = get_sheet(sheet, author)
    assert (sent.status, sent.title) == (SheetStatus.IN_REVIEW, "Les photos du car")

    with acting_as(reviewer.pk):
        review = Review.objects.get(sheet_id=sheet.pk)
    page = client_as(reviewer).get(reverse("reviewing:review", args=[review.pk])).content.decode()
    assert "12 mars 2024" in page
    assert "la personne est d’accord" in page
    assert "1 détail est resté sans décision" in page
    assert "1 détail a été remplacé" in page
    assert "details:decide" not in page and "formaction" not in page


def test_nothing_left_is_sent_at_once(client_as: ClientAs, author: Account) -> None:
    sheet = make_told(author)
    client_as(author).post(last_screen(sheet), SENDING)
    assert get_sheet(sheet, author).status == SheetStatus.IN_REVIEW


def test_a_question_says_quietly_what_its_text_holds(client_as: ClientAs, sheet: Sheet, author: Account) -> None:
    page = client_as(author).get(reverse("telling:question", args=[sheet.pk, "happened"])).content.decode()
    assert "3 détails pourraient désigner quelqu’un" in page
    page = client_as(author).get(reverse("telling:question", args=[sheet.pk, "intention"])).content.decode()
    assert "désigner quelqu’un" not in page


def test_the_section_alone_answers_the_page_that_asks_again(client_as: ClientAs, sheet: Sheet, author: Account) -> None:
    client = client_as(author)
    address = reverse("details:list", args=[sheet.pk])
    page = client.get(address + "?encore=3", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "?encore=2" in page
    assert (
        "hx-get"
        not in client.get(address + "?encore=1", headers={"HX-Request": "true"}).content.decode().partition("<h2")[0]
    )
    flag = flag_on(sheet, author, "Paul")
    kept = client.post(
        reverse("details:decide", args=[sheet.pk, flag.pk]),
        {"detail": "keep:professional"},
        headers={"HX-Request": "true"},
    )
    assert "professionnel d’accord" in kept.content.decode()
    assert client_as(make_member(make_institution())).get(address, headers={"HX-Request": "true"}).status_code == 404
    assert client_as(None).get(address, headers={"HX-Request": "true"}).status_code == 302


def test_changes_of_a_published_sheet_ask_once_too(client_as: ClientAs) -> None:
    make_account(Role.REVIEWER)
    sheet = make_published()
    writer = Account.objects.get(pk=sheet.author_id)
    answer(sheet, writer, "intention", {"intention": "Avec Léo, tout va bien."})
    client = client_as(writer)
    address = reverse("telling:publish", args=[sheet.pk])
    asked = client.post(address, {"what": "le but"}, follow=True).content.decode()
    assert "ne sont pas encore publiés" in asked
    assert get_sheet(sheet, writer).version == 1
    client.post(address, {"what": "le but", "anyway": "1"})
    assert get_sheet(sheet, writer).version == 2


def test_an_unknown_reason_is_refused_in_words(client_as: ClientAs, sheet: Sheet, author: Account) -> None:
    client = client_as(author)
    flag = flag_on(sheet, author, "Paul")
    refused = client.post(reverse("details:decide", args=[sheet.pk, flag.pk]), {"detail": "keep:x"}, follow=True)
    assert "Choisissez une raison" in refused.content.decode()


def test_without_a_model_the_page_says_so(
    client_as: ClientAs, sheet: Sheet, author: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_program, "is_available", lambda: False)
    page = client_as(author).get(last_screen(sheet)).content.decode()
    assert "des règles simples seulement" in page


def test_a_small_place_needs_no_word_of_it(client_as: ClientAs) -> None:
    writer = make_member(make_institution("La Maison du Test", category="462"))
    sheet = make_told(writer)
    answer(sheet, writer, "intention", {"intention": "Un jeune autiste de 9 ans."})
    page = client_as(writer).get(last_screen(sheet)).content.decode()
    assert "votre établissement accueille peu de personnes" in page


def test_a_rare_combination_is_said(client_as: ClientAs, sheet: Sheet, author: Account) -> None:
    answer(sheet, author, "intention", {"intention": "Dans notre lieu de vie, un jeune autiste de 9 ans."})
    page = client_as(author).get(last_screen(sheet)).content.decode()
    assert "Ensemble, ces détails peuvent suffire" in page
    assert "lieu de vie" in page

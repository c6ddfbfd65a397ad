"""Pseudonymising through the pages, without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nuserus.corpus.enums import SourceState
from nuserus.corpus.models import Source
from nuserus.corpus.queries.sealing import words_digest
from nuserus.corpus.tasks import look_for_details
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from tests.factories.corpus import (
    agree,
    bind,
    get_source,
    last_version,
    make_colleague,
    make_heard_place,
    make_participant,
    make_source,
)
from tests.factories.people import make_account
from tests.factories.studies import circle_of, seat_in

pytestmark = pytest.mark.usefixtures("database")

TALK = "ENQ : Qui vous aide ?\nKarine : Mme Durand, et puis Zoé. Mme Durand surtout, au 06 12 34 56 78."


@pytest.fixture
def heard() -> tuple[Source, Account]:
    place, author = make_heard_place()
    rose = make_participant(place, author, "Rose")
    agree(rose, author)
    source = make_source(place, author, TALK).source
    bind(source, author, ENQ=None, Karine=rose)
    return get_source(source.pk), author


def at(name: str, source: Source) -> str:
    return reverse(f"corpus:{name}", args=[source.pk])


def test_the_journey(heard: tuple[Source, Account], client_as: Callable[[Account], Client]) -> None:
    source, author = heard
    browser = client_as(author)
    page = browser.get(at("masking", source)).content.decode()
    assert "Commencer" in page
    page = browser.post(at("masking_look", source), follow=True).content.decode()
    assert "Durand" in page
    assert "06 12 34 56 78" in page
    digest = words_digest(source.study_id, "Durand")
    page = browser.post(
        at("masking_decide", source), {"digest": digest, "where": "source", "shown": "", "do": "replace"}, follow=True
    ).content.decode()
    assert "Écrivez ou choisissez" in page
    page = browser.post(
        at("masking_decide", source),
        {"digest": digest, "where": "source", "shown": "Jeanne", "do": "replace"},
        follow=True,
    ).content.decode()
    assert "Remplacé 2 fois." in page
    assert last_version(source).text.count("Jeanne") == 2
    page = browser.post(at("masking_undo", source), {"digest": digest, "shown": "Jeanne"}, follow=True).content.decode()
    assert "Les mots d’avant sont revenus." in page
    browser.post(at("masking_decide", source), {"digest": digest, "where": "study", "shown": "Jeanne", "do": "replace"})
    page = browser.post(at("masking_add", source), {"words": "surtout"}, follow=True).content.decode()
    assert "Trouvé une fois" in page
    browser.post(at("masking_decide", source), {"digest": words_digest(source.study_id, "surtout"), "do": "leave"})
    page = browser.post(at("masking_finish", source), follow=True).content.decode()
    assert "à décider" in page
    page = browser.post(at("masking_finish", source), {"leave_rest": "on"}, follow=True).content.decode()
    assert "prêt à coder" in page
    assert get_source(source.pk).state == SourceState.READY
    assert "Durand" not in browser.get(reverse("corpus:version", args=[source.pk, 1])).content.decode()
    keys = browser.get(reverse("corpus:keys", args=[source.study_id])).content.decode()
    assert "Ouvrir la table" in keys
    table = browser.post(reverse("corpus:open_key", args=[source.place_id]))
    assert "Durand" in table.content.decode()
    assert "no-store" in table["Cache-Control"]


def test_the_model_of_names_in_its_job(
    heard: tuple[Source, Account], client_as: Callable[[Account], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, author = heard
    browser = client_as(author)
    browser.post(at("masking_look", source))

    class Finder:
        def names_in(self, texts: list[str]) -> list[list[object]]:
            from nuserus_analysis.screening import Span

            return [[Span(text.index("Zoé"), text.index("Zoé") + 3)] if "Zoé" in text else [] for text in texts]

    monkeypatch.setattr("nuserus.corpus.tasks.names_finder", Finder)
    for _time in range(2):
        look_for_details.func(source_id=str(source.pk), user_id=str(author.pk))
    page = browser.get(at("masking", source)).content.decode()
    assert "par un modèle de noms" in page
    assert page.count('<span lang="fr">Zoé</span>') == 1


def test_without_a_model_the_page_says_so(
    heard: tuple[Source, Account], client_as: Callable[[Account], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, author = heard
    monkeypatch.setattr("nuserus.corpus.actions.masking.names_finder", lambda: None)
    monkeypatch.setattr("nuserus.corpus.views.masking.names_finder", lambda: None)
    browser = client_as(author)
    page = browser.post(at("masking_look", source), follow=True).content.decode()
    assert "seules les règles cherchent" in page


def test_without_a_key_nothing_begins(
    heard: tuple[Source, Account], client_as: Callable[[Account], Client], settings: object
) -> None:
    source, author = heard
    settings.NUSERUS_KEY_TABLE_KEY = None  # type: ignore[attr-defined]
    browser = client_as(author)
    assert "La clé des noms manque" in browser.get(at("masking", source)).content.decode()
    page = browser.post(at("masking_look", source), follow=True).content.decode()
    assert "rien n’a changé" in page
    assert get_source(source.pk).state == SourceState.RAW


def test_nobody_else_pseudonymises(heard: tuple[Source, Account], client_as: Callable[[Account], Client]) -> None:
    source, _author = heard
    for account in (make_account(), make_account(Role.SITE_ADMIN), make_colleague(source.place)):
        browser = client_as(account)
        assert browser.get(at("masking", source)).status_code == 404
        assert browser.post(at("masking_look", source)).status_code == 404
        assert browser.post(reverse("corpus:open_key", args=[source.place_id])).status_code == 404


def test_a_researcher_opens_the_table_once_named(
    heard: tuple[Source, Account], client_as: Callable[[Account], Client]
) -> None:
    source, lead = heard
    researcher = make_account()
    seat_in(circle_of(source.study, GroupKind.TEAM), researcher, Part.RESEARCHER)
    table, keys = reverse("corpus:open_key", args=[source.place_id]), reverse("corpus:keys", args=[source.study_id])
    assert client_as(researcher).post(table).status_code == 404
    assert "fermée pour vous" in client_as(researcher).get(keys).content.decode()
    named = client_as(lead).post(
        reverse("corpus:name_key_holder", args=[source.study_id]), {"person": str(researcher.pk)}, follow=True
    )
    assert "peut ouvrir la table" in named.content.decode()
    assert client_as(researcher).post(table).status_code == 200


def test_the_page_asks_the_same_number_of_questions_whatever_was_found(
    heard: tuple[Source, Account], client_as: Callable[[Account], Client]
) -> None:
    source, author = heard
    names = " ".join(f"Mme {name}." for name in ("Roux", "Faure", "Blanc", "Perrin", "Morin", "Dupuis", "Gautier"))
    longer = make_source(source.place, author, TALK + f"\nKarine : {names}").source
    browser = client_as(author)
    counts = []
    for one in (source, longer):
        if one is longer:
            bind(one, author, ENQ=None, Karine=None)
        browser.post(at("masking_look", one))
        browser.get(at("masking", one))
        with CaptureQueriesContext(connection) as asked:
            browser.get(at("masking", one))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 30

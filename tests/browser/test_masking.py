"""Pseudonymising in a real browser: readable on a phone, without an axe finding, nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from nuserus.corpus.actions.masking import begin_masking, replace_words
from nuserus.corpus.models import Source
from nuserus.corpus.queries.sealing import words_digest
from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from tests.browser.conftest import axe_findings
from tests.factories.corpus import agree, bind, get_source, make_heard_place, make_participant, make_source

TALK = (
    "ENQ : Qui vous aide, le matin ?\n"
    "Karine Petit : C’est Mme Durand. Mme Durand vient à 8 h, on l’appelle au 06 12 34 56 78. Elle pose la tablette "
    "sur la table de la cuisine, elle m’explique, et quand elle part je continue seule.\n"
    "ENQ : Depuis quand ?\n"
    "Karine Petit : Depuis le 12 mars 2024. Demandez à Mme Durand, ou à Karine elle-même."
)


@pytest.fixture
def begun() -> tuple[Source, Account]:
    place, author = make_heard_place()
    rose = make_participant(place, author, "Rose")
    agree(rose, author)
    source = make_source(place, author, TALK).source
    bind(source, author, **{"ENQ": None, "Karine Petit": rose})
    with acting_as(author.pk) as asking:
        begin_masking(actor=asking, source=source)
        digest = words_digest(source.study_id, "Karine")
        replace_words(actor=asking, source=source, digest=digest, shown="Rose")
    return get_source(source.pk), author


@pytest.mark.parametrize(("phone", "dark"), [(True, False), (False, True)])
def test_words_are_decided(
    begun: tuple[Source, Account], open_as: Callable[..., Page], phone: bool, dark: bool
) -> None:
    source, author = begun
    page = open_as(author, reverse("corpus:masking", args=[source.pk]), phone=phone, dark=dark)
    assert axe_findings(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    card = page.locator("form", has=page.get_by_role("heading", name="Durand"))
    card.get_by_label("Remplacer par").fill("Jeanne")
    card.get_by_role("button", name="Remplacer").click()
    page.get_by_text("Remplacé 3 fois.").wait_for()
    page.goto(page.url.replace(f"{source.pk}/pseudonymes/", f"etude/{source.study_id}/noms/").split("?")[0])
    assert axe_findings(page) == []
    page.get_by_role("button", name="Ouvrir la table").first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert axe_findings(page) == []

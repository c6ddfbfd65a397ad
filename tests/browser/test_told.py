"""Told to somebody, on a phone: the code, the cards read one by one, the consent; nothing that axe finds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nuserus.people.enums import Role
from tests.browser.conftest import axe_findings
from tests.factories.directory import make_institution
from tests.factories.facilitation import make_facilitator, make_slot, tell_all
from tests.factories.people import make_account
from tests.factories.sheets import make_member

Open = Callable[..., Page]


def look(page: Page, name: str) -> None:
    """Nothing that axe finds, nothing wider than the phone; a picture where the environment wants one."""
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    folder = os.environ.get("NUSERUS_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"told-{name}.png", full_page=True)


@pytest.mark.usefixtures("database")
def test_from_the_code_to_my_agreements(open_as: Open) -> None:
    teller, facilitator = make_member(make_institution()), make_facilitator()
    make_slot(facilitator)
    tells = open_as(teller, "/partager/", phone=True)
    tells.get_by_role("link", name=re.compile("Prendre un créneau")).click()
    look(tells, "start")
    tells.get_by_role("button", name="Montrer mon code").click()
    code = tells.locator(".nu-code").inner_text()
    look(tells, "code")
    writes = open_as(facilitator, "/partager/avec-quelqu-un/")
    writes.get_by_label("Le code affiché").fill(code)
    look(writes, "facilitator")
    writes.get_by_role("button", name="Écrire avec cette personne").click()
    expect(writes.get_by_role("heading", level=1)).to_contain_text("raconte")
    look(writes, "writing")

    from nuserus.facilitation.models import Telling
    from nuserus.foundation.asking import acting_as

    with acting_as(teller.pk):
        telling = Telling.objects.select_related("sheet").get()
    tell_all(telling.sheet, facilitator)
    tells.reload()
    tells.get_by_role("link", name="Lire et approuver chaque carte").click()
    look(tells, "card")
    for _card in range(3):
        tells.get_by_role("button", name="C’est bien ce que je veux dire").click()
    tells.get_by_role("link", name="Dire si l’on est d’accord").click()
    tells.get_by_role("link", name="version simple").click()
    look(tells, "agree")
    tells.get_by_role("button", name="Oui, je suis d’accord").click()
    look(tells, "telling")
    tells.goto("/mon-espace/accords/")
    look(tells, "agreements")
    tells.get_by_role("button", name=re.compile("Retirer mon accord")).click()
    expect(tells.get_by_text("Votre accord est retiré.")).to_be_visible()
    look(tells, "withdrawn")


@pytest.mark.usefixtures("database")
def test_plain_words_on_a_phone(open_as: Open) -> None:
    page = open_as(make_account(Role.ACCOMPANIED), "/partager/", phone=True)
    page.get_by_role("link", name="Raconter avec mes mots").click()
    look(page, "plain-begin")
    page.get_by_role("button", name="Commencer").click()
    page.get_by_label("Votre réponse").fill("Ma tablette")
    look(page, "plain-question")
    page.get_by_role("button", name="Continuer").click()
    for _question in range(3):
        page.get_by_role("button", name="Passer").click()
    page.get_by_label("Votre réponse").fill("C’est moi qui appuie.")
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Votre réponse").fill("Lulu")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Peut-on montrer vos mots ?")
    look(page, "plain-words")
    page.get_by_role("button", name="Oui").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre récit")
    look(page, "plain-telling")

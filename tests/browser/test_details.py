"""Details that may point at somebody, decided in a real browser on a phone, without leaving the page to keep one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Review
from tests.browser.conftest import axe_findings
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_told
from tests.factories.screening import flag_on
from tests.factories.sheets import make_member

Open = Callable[..., Page]
SAID = (
    "Depuis que Léo a sa tablette, Mme Durand (chambre 214) nous appelle moins. Le 12 mars 2024, Léo a choisi seul "
    "son goûter, dans notre lieu de vie. Il est autiste et il a 8 ans."
)


def look(page: Page, name: str) -> None:
    """Axe finds nothing; a picture is kept when a folder is given for it."""
    assert axe_findings(page) == []
    if folder := os.environ.get("NUSERUS_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.usefixtures("database")
def test_flag_decide_send_and_review(open_as: Open) -> None:
    reviewer = make_account(Role.REVIEWER, name="Inès")
    author = make_member(make_institution())
    sheet = make_told(author)
    answer(sheet, author, "happened", {"happened": SAID})
    address = f"/partager/{sheet.pk}/check/"
    flag = flag_on(sheet, author, "Mme Durand")
    for phone, dark in ((True, False), (False, True)):
        look(open_as(author, address, phone=phone, dark=dark), f"check-{'phone' if phone else 'wide-dark'}")
        look(open_as(author, f"/partager/{sheet.pk}/happened/", phone=phone, dark=dark), f"question-{phone}")
    page = open_as(author, address, phone=True)
    section = page.locator("#details")
    expect(section).to_contain_text("5 détails à décider")
    page.get_by_text("Garder ces mots : Léo").click()
    page.get_by_role("button", name="nom inventé : Léo").click()
    expect(section).to_contain_text("4 détails à décider")
    assert page.url.endswith("/check/")
    page.locator(f"button[formaction*='{flag.pk}']").first.click()
    expect(section).to_contain_text("3 détails à décider")
    expect(page.locator(".govuk-summary-list")).to_contain_text("la personne (chambre 214)")
    look(page, "check-half")
    page.get_by_role("checkbox", name="J’ai relu").check()
    page.get_by_role("checkbox", name="Je partage").check()
    page.get_by_role("button", name="Envoyer à la relecture").click()
    expect(page.get_by_role("alert").filter(has_text="pas encore partie")).to_be_visible()
    look(page, "check-anyway")
    page.get_by_role("button", name="Envoyer quand même").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert get_sheet(sheet, author).status == SheetStatus.IN_REVIEW
    with acting_as(reviewer.pk):
        review = Review.objects.get(sheet_id=sheet.pk)
    page = open_as(reviewer, f"/relecture/{review.pk}/", phone=True)
    expect(page.locator("#details")).to_contain_text("3 détails sont restés sans décision")
    page.get_by_text("Voir ces mots dans le texte").click()
    look(page, "review-phone")
    look(open_as(reviewer, f"/relecture/{review.pk}/"), "review-wide")

"""Two people, two browsers, one question: each sees the other and neither text is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nuserus.foundation.asking import acting_as
from nuserus.foundation.missions import grant_mission
from nuserus.practices.models import AnswerSave
from tests.browser.conftest import axe_findings
from tests.factories.people import make_account
from tests.factories.practices import get_sheet, make_draft

Open = Callable[..., Page]
WAIT = 25_000


@pytest.mark.usefixtures("database")
def test_two_people_write_the_same_answer(open_as: Open) -> None:
    sheet, other = make_draft(), make_account(name="Claire")
    with acting_as(sheet.author_id):
        grant_mission(sheet.pk, other.pk)
    address = f"/partager/{sheet.pk}/intention/"
    nadia, claire = open_as(sheet.author, address, phone=True), open_as(other, address)
    claire.get_by_label("Votre réponse").fill("Que chacun sache ce qui vient.")
    expect(claire.locator("[data-nu-draft-status]")).to_have_attribute("data-state", "saved", timeout=WAIT)
    # told by the page itself, a few seconds later, without having typed anything
    expect(nadia.get_by_text("Claire écrit aussi sur cette question", exact=False)).to_be_visible(timeout=WAIT)
    nadia.get_by_label("Votre réponse").fill("Moins de cris le vendredi.")
    box = nadia.locator("[data-nu-draft-conflict]")
    expect(box).to_be_visible(timeout=WAIT)
    expect(box).to_contain_text("Que chacun sache ce qui vient.")
    assert axe_findings(nadia) == []
    nadia.get_by_role("button", name="Garder les deux, l’un après l’autre").click()
    expect(nadia.locator("[data-nu-draft-status]")).to_have_attribute("data-state", "saved", timeout=WAIT)
    assert get_sheet(sheet).intention == "Que chacun sache ce qui vient.\n\nMoins de cris le vendredi."
    for person, said in ((other, "Que chacun sache ce qui vient."), (sheet.author, "Moins de cris le vendredi.")):
        with acting_as(person.pk):
            kept = [save.fields["intention"] for save in AnswerSave.objects.filter(saved_by=person.pk)]
        assert any(said in text for text in kept)

"""Asking a participant, on a phone: the texts, a cross or no cross, the list at a glance; nothing that axe finds."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from nuserus.consent.enums import How, NoticeFormat, Purpose, Voice
from nuserus.foundation.asking import acting_as
from nuserus.studies.actions.opening import say_on_notices
from nuserus.studies.enums import LegalBasis, ParticipantRole, Protection
from nuserus.studies.models import Study
from tests.browser.conftest import axe_findings
from tests.factories.participants import answer, make_participant
from tests.factories.studies import lead_of, make_study, make_study_place

Open = Callable[..., Page]


def look(page: Page, name: str) -> None:
    """Nothing that axe finds, nothing wider than the screen; a picture where the environment wants one."""
    assert axe_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    folder = os.environ.get("NUSERUS_PICTURES")
    if folder:
        page.screenshot(path=Path(folder) / f"participants-{name}.png", full_page=True)


@pytest.mark.usefixtures("database")
def test_from_a_pseudonym_to_a_cross(open_as: Open) -> None:
    study = make_study(laid_out=False)
    lead = lead_of(study)
    with acting_as(lead.pk) as asking:
        say_on_notices(
            actor=asking, study=Study.objects.get(pk=study.pk), legal_basis=LegalBasis.PUBLIC_INTEREST,
            controller="Université d’Essai", contact="Service recherche, 01 00 00 00 00",
        )  # fmt: skip
    place = make_study_place(study)
    soon = timezone.localdate() + timedelta(days=12)
    young = make_participant(place, pseudonym="Lierre", protection=Protection.MINOR)
    answer(young, voice=Voice.REPRESENTATIVE)
    ending = make_participant(place, pseudonym="Galet", role=ParticipantRole.PROFESSIONAL)
    answer(ending, Purpose.TAKE_PART, Purpose.RECORD_AUDIO, ends_on=soon)
    answer(ending, Purpose.QUOTE, yes=False, how=How.ORAL, witness="une collègue", form=NoticeFormat.ORAL)

    page = open_as(lead, f"/etudes/lieux/{place.pk}/participants/", phone=True)
    look(page, "list")
    page.get_by_role("link", name="Ajouter quelqu’un").click()
    look(page, "new")
    page.get_by_label("Pseudonyme").fill("Mésange")
    page.get_by_label("personne accompagnée").check()
    page.get_by_role("button", name="Ajouter").click()
    look(page, "ask")
    page.get_by_label("pictogrammes").check()
    page.get_by_label("sur l’écran").check()
    page.get_by_label("enregistrer la voix").check()
    page.get_by_role("button", name="Lire le texte ensemble").click()
    expect(page.get_by_text("Je peux dire non. Rien ne change pour moi.").first).to_be_visible()
    for legend in page.get_by_role("radio", name="oui").all():
        legend.check()
    frame = page.locator("canvas")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box is not None
    for across, back in ((0.2, 0.8), (0.8, 0.2)):
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * 0.2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * back, box["y"] + box["height"] * 0.8, steps=6)
        page.mouse.up()
    expect(page.get_by_role("button", name="Effacer le trait")).to_be_visible()
    look(page, "sitting")
    page.get_by_role("button", name="Noter les réponses").click()
    expect(page.get_by_text("2 réponses sont notées.")).to_be_visible()
    expect(page.get_by_role("img", name="Le trait dessiné pour confirmer").first).to_be_visible()
    look(page, "one")
    kept = page.locator(".nu-signature--kept path").first.get_attribute("d") or ""
    assert re.fullmatch(r"M\d+ \d+(L\d+ \d+)+M\d+ \d+(L\d+ \d+)+", kept), kept

    wide = open_as(lead, f"/etudes/lieux/{place.pk}/participants/", dark=True)
    look(wide, "list-dark")
    wide.get_by_role("link", name="Galet", exact=True).click()
    look(wide, "one-dark")
    wide.goto(f"/etudes/lieux/{place.pk}/notices/")
    look(wide, "notices-dark")
    wide.goto(f"/etudes/lieux/{place.pk}/notices/take-part/?texte=pictograms")
    look(wide, "notice-dark")


@pytest.mark.usefixtures("database")
def test_with_the_keyboard_alone_nobody_has_to_draw(open_as: Open) -> None:
    place = make_study_place(make_study(laid_out=False))
    row = make_participant(place)
    chosen = "voix=person&texte=falc&langue=fr&comment=on_screen&but=take_part"
    page = open_as(lead_of(place.study), f"/etudes/participants/{row.pk}/reponses/?{chosen}", dark=True)
    page.get_by_role("radio", name="oui").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Je confirme, sans dessiner").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Confirmé.")).to_be_visible()
    look(page, "confirmed-dark")
    page.get_by_role("button", name="Noter les réponses").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 réponse est notée.")).to_be_visible()
    expect(page.get_by_text("Confirmé sans dessiner.")).to_be_visible()

"""Telling a practice on a phone, in a real browser: whatever happens, nothing that was typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from tests.browser.conftest import sign_in
from tests.factories.directory import make_institution
from tests.factories.practices import get_sheet, make_draft
from tests.factories.sheets import make_member

Open = Callable[..., Page]
WAIT = 15_000


def status(page: Page) -> object:
    return page.locator("[data-nu-draft-status]")


def saved(page: Page) -> None:
    expect(status(page)).to_have_attribute("data-state", "saved", timeout=WAIT)


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


@pytest.mark.usefixtures("database")
def test_from_the_first_page_to_sent_on_a_phone(open_as: Open, author: Account, tmp_path: Path) -> None:
    file = tmp_path / "photo.jpg"
    Image.new("RGB", (800, 600), "teal").save(file)
    page = open_as(author, "/partager/", phone=True)
    page.get_by_role("button", name="Commencer une fiche").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("Que voit-on sur la photo ?").fill("Une tablette sur un coussin.")
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.locator(".nu-file img[src$='/petite/']")).to_be_visible()
    page.get_by_role("button", name="Continuer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Avec quoi ?")
    page.get_by_label("Chercher dans le catalogue").fill("tablette")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.get_by_role("checkbox", name="Tablette", exact=True).check()
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.get_by_role("checkbox", name="Enfants autistes", exact=True).check()
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.get_by_label("Votre réponse").fill("Que chacun sache ce qui vient.")
    saved(page)
    expect(status(page)).to_contain_text("Enregistré à")
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.get_by_label("Étape 1").fill("Nous photographions le car. Puis on range.")
    page.get_by_text("Ajouter l’étape 2").click()
    page.get_by_label("Étape 2").fill("L’enfant range les photos.")
    page.get_by_role("button", name="Continuer", exact=True).click()
    page.get_by_role("button", name="Passer").click()
    page.get_by_role("button", name="Passer").click()
    expect(page.get_by_label("Le titre")).to_have_value(
        "Tablette avec des enfants autistes : nous photographions le car"
    )
    page.get_by_label("J’ai relu").or_(page.get_by_label("J'ai relu")).check()
    page.get_by_label("Je partage ma fiche").check()
    page.get_by_role("button", name="Envoyer à la relecture").click()
    expect(page.get_by_text("Votre fiche est envoyée", exact=False)).to_be_visible()
    expect(page).to_have_url(re.compile(r"/partager/[0-9a-f-]{36}/(#.*)?$"))
    sheet = get_sheet(UUID(page.url.split("/partager/")[1][:36]), author)
    assert (sheet.status, sheet.intention) == (SheetStatus.IN_REVIEW, "Que chacun sache ce qui vient.")


def test_a_lost_connection_loses_nothing(open_as: Open, author: Account) -> None:
    sheet = make_draft(author)
    page = open_as(author, f"/partager/{sheet.pk}/intention/", phone=True)
    page.get_by_label("Votre réponse").fill("Avant la coupure.")
    saved(page)
    page.context.set_offline(True)
    page.get_by_label("Votre réponse").fill("Pendant la coupure.")
    expect(status(page)).to_have_attribute("data-state", "kept", timeout=WAIT)
    assert get_sheet(sheet).intention == "Avant la coupure."
    page.context.set_offline(False)
    saved(page)
    assert get_sheet(sheet).intention == "Pendant la coupure."


def test_a_closed_tab_loses_nothing(open_as: Open, author: Account) -> None:
    sheet = make_draft(author)
    page = open_as(author, f"/partager/{sheet.pk}/happened/", phone=True)
    context = page.context
    context.set_offline(True)
    page.get_by_label("Votre réponse").fill("Deux enfants montent sans pleurer.")
    expect(status(page)).to_have_attribute("data-state", "kept", timeout=WAIT)
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/partager/{sheet.pk}/happened/")
    expect(again.get_by_label("Votre réponse")).to_have_value("Deux enfants montent sans pleurer.", timeout=WAIT)
    saved(again)
    assert get_sheet(sheet).happened == "Deux enfants montent sans pleurer."


def test_an_expired_session_loses_nothing(open_as: Open, author: Account, live_url: str) -> None:
    sheet = make_draft(author)
    address = f"/partager/{sheet.pk}/did/"
    page = open_as(author, address, phone=True)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Étape 1").fill("Nous photographions le car.")
    page.get_by_text("Ajouter l’étape 2").click()
    page.get_by_label("Étape 2").fill("L’enfant range.")
    # longer than the pause after which the copy on the device is written
    page.wait_for_timeout(2_000)
    link = status(page).get_by_role("link")
    expect(link).to_be_visible(timeout=WAIT)
    assert address in (link.get_attribute("href") or "").replace("%2F", "/")
    assert get_sheet(sheet).title == ""
    sign_in(page.context, author, live_url)
    page.goto(address)
    expect(page.get_by_label("Étape 1")).to_have_value("Nous photographions le car.", timeout=WAIT)
    saved(page)
    page.reload()
    expect(page.get_by_label("Étape 2")).to_have_value("L’enfant range.")


def test_two_devices_keep_both_texts(open_as: Open, author: Account) -> None:
    sheet = make_draft(author)
    address = f"/partager/{sheet.pk}/intention/"
    phone = open_as(author, address, phone=True)
    tablet = open_as(author, address)
    phone.get_by_label("Votre réponse").fill("Écrit sur le téléphone.")
    saved(phone)
    tablet.get_by_label("Votre réponse").fill("Écrit sur la tablette.")
    box = tablet.locator("[data-nu-draft-conflict]")
    expect(box).to_contain_text("Écrit sur le téléphone.", timeout=WAIT)
    expect(box).to_contain_text("Écrit sur la tablette.")
    box.get_by_role("button").first.click()
    saved(tablet)
    assert get_sheet(sheet).intention == "Écrit sur la tablette."

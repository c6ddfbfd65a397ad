"""Who was there, chosen on a device without network from the list that the site made for who fills the grid in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nuserus.consent.enums import Mode
from tests.browser.conftest import axe_findings
from tests.browser.test_field import FIELD, OpenAs, ready, submissions
from tests.browser.test_field_rig import LEFT
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.fieldwork import make_field, make_participant
from tests.factories.instruments import make_version
from tests.factories.withdrawals import withdraw
from tests.instruments.test_people_listed import make_grid

pytestmark = pytest.mark.usefixtures("database")
WHO = "Qui était là ?"


def _to_who(page: Page) -> None:
    """The first page of the default grid, then the one that asks who was there."""
    page.get_by_role("button", name="Commencer une fiche").click()
    page.get_by_role("group", name="Je n’écrirai rien").get_by_label("Oui").check()
    page.get_by_role("button", name="Suivant").click()


def test_chosen_without_network_sent_by_number_and_forgotten_with_the_person(open_as: OpenAs) -> None:
    place, researcher = make_field()
    nour, lou = make_participant(place, researcher, "Nour, « N »"), make_participant(place, researcher, "Lou")
    make_grid(place)
    page = open_as(researcher, FIELD, phone=True)
    ready(page)
    context = page.context
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(FIELD)
    _to_who(page)
    group = page.get_by_role("group", name=WHO)
    group.get_by_label("Nour, « N »").check()
    expect(group.get_by_role("checkbox")).to_have_count(2)
    assert axe_findings(page) == []
    # closed and opened again from cold, it is still chosen
    expect(page.get_by_text("Gardée sur cet appareil")).to_be_visible()
    page.close()
    page = context.new_page()
    page.goto(FIELD)
    page.get_by_role("button", name="Reprendre").click()
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_role("group", name=WHO).get_by_label("Nour, « N »")).to_be_checked()
    page.get_by_role("group", name=WHO).get_by_label("Lou").check()
    page.get_by_role("group", name="Dans quel lieu ?").get_by_label("dehors ou en sortie").check()
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("De quel matériel ou programme s’agit-il ?").fill("une tablette")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Les faits : qu’avez-vous vu et entendu ?").fill("On joue.")
    while page.get_by_role("button", name="Suivant").count():
        page.get_by_role("button", name="Suivant").click()
    page.get_by_role("button", name="Vérifier et envoyer").click()
    page.get_by_role("button", name="Envoyer la fiche").click()
    context.set_offline(False)
    expect(page.get_by_text("Aucune fiche à envoyer")).to_be_visible(timeout=20_000)
    [row] = submissions()
    assert row.status == "accepted", row.problems
    assert set(row.content["situation"]["participants"]) == {str(nour.pk), str(lou.pk)}
    # a fiche in the making names Lou; Lou takes everything back: it leaves the device, and Lou the list
    _to_who(page)
    page.get_by_role("group", name=WHO).get_by_label("Lou").check()
    expect(page.get_by_text("Gardée sur cet appareil")).to_be_visible()
    withdraw(researcher, lou, Mode.ERASE)
    expect(page.get_by_text("la personne a retiré son accord")).to_be_visible(timeout=20_000)
    assert page.evaluate(LEFT) == [0, 0]
    page.reload()
    _to_who(page)
    expect(page.get_by_role("group", name=WHO).get_by_role("checkbox")).to_have_count(1)


def test_nobody_on_the_list_blocks_nothing(open_as: OpenAs) -> None:
    from nuserus.instruments.standard.model_grid import model_grid

    place = make_institution("FAM Canari", category="437", department="13")
    referent = make_referent(place)
    version = make_version(place, referent, workbook=model_grid(), published=False)
    page = open_as(referent, f"/grilles/{version.instrument_id}/versions/1/essai/")
    expect(page.get_by_text("La grille s’ouvre dans ce navigateur.")).to_be_visible(timeout=15_000)
    page.get_by_role("group", name="Je n’écrirai rien").get_by_label("Oui").check()
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_role("group", name="Quels rôles sont là ?")).to_be_visible()
    expect(page.get_by_text(WHO)).to_be_hidden()

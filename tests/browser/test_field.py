"""The program of the field, in a real browser: published there, filled in without network, sent whole, once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from nuserus.foundation.asking import as_system
from nuserus.instruments.models import InstrumentVersion, Submission, SubmittedFile
from nuserus.people.models import Account
from tests.browser.conftest import axe_findings
from tests.factories.charters import make_referent
from tests.factories.directory import make_institution
from tests.factories.instruments import make_version
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
OpenAs = Callable[..., Page]
FIELD = "/grilles/remplir/"


def photo() -> bytes:
    """A small picture with what a phone adds to it."""
    from io import BytesIO

    from PIL import Image

    target = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "CANARI-TELEPHONE"
    Image.effect_noise((300, 200), 60).convert("RGB").save(target, "JPEG", exif=exif)
    return target.getvalue()


def submissions() -> list[Submission]:
    with as_system("test"):
        return list(Submission.objects.order_by("received_at"))


def ready(page: Page) -> None:
    """Wait until the device has the program and the form."""
    expect(page.get_by_role("button", name="Commencer une fiche")).to_be_visible(timeout=15_000)
    page.evaluate("async () => { await navigator.serviceWorker.ready }")


def test_tried_in_the_browser_then_published(open_as: OpenAs) -> None:
    place = make_institution("FAM Canari", category="437", department="13")
    referent = make_referent(place)
    version = make_version(place, referent, published=False)
    page = open_as(referent, f"/grilles/{version.instrument_id}/versions/1/essai/")
    expect(page.get_by_text("La grille s’ouvre dans ce navigateur.")).to_be_visible(timeout=15_000)
    assert axe_findings(page) == []
    page.get_by_role("button", name="Publier cette version").click()
    expect(page.get_by_text("La version est publiée")).to_be_visible()
    with as_system("test"):
        assert "xforms-engine" in InstrumentVersion.objects.get().engine


# counts the changes of the page that leave it without its heading, from when it was read whole
WATCH_HEADING = """
  window.bare = 0;
  addEventListener("DOMContentLoaded", () => {
    const watch = new MutationObserver(() => { if (!document.querySelector("h1")) window.bare += 1; });
    watch.observe(document.body, { childList: true, subtree: true });
  });
"""


def test_keeps_a_heading_while_it_waits_for_the_site(open_as: OpenAs) -> None:
    page = open_as(_with_grid(), "/")
    page.add_init_script(WATCH_HEADING)
    page.goto(FIELD)
    ready(page)
    assert page.evaluate("window.bare") == 0
    assert page.get_by_role("heading", level=1).all_inner_texts() == ["Sur le terrain"]


def test_filled_in_without_network_from_a_cold_start_and_sent_when_it_is_back(open_as: OpenAs) -> None:
    member = _with_grid()
    page = open_as(member, FIELD, phone=True)
    ready(page)
    assert axe_findings(page) == []
    context = page.context
    page.close()
    context.set_offline(True)
    page = context.new_page()
    page.goto(FIELD)
    expect(page.get_by_text("Pas de réseau. Tout fonctionne quand même.")).to_be_visible()
    page.get_by_role("button", name="Commencer une fiche").click()
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_role("alert")).to_contain_text("Dans quel lieu ? : Répondez à cette question.")
    assert axe_findings(page) == []
    page.get_by_role("link", name="Dans quel lieu ?").click()
    expect(page.get_by_label("Dans quel lieu ?")).to_be_focused()
    page.keyboard.type("la salle des écrans")
    page.get_by_label("Combien de personnes ?").fill("400")
    page.get_by_label("Oui", exact=True).check()
    expect(page.get_by_text("Moins de cent personnes.")).to_be_visible()
    page.get_by_label("Combien de personnes ?").fill("4")
    page.get_by_label("Avec quel geste ?").fill("Elle montre.")
    page.get_by_role("button", name="Suivant").click()
    page.get_by_label("Une photo du lieu ?").set_input_files(
        {"name": "IMG.JPG", "mimeType": "image/jpeg", "buffer": photo()}
    )
    expect(page.get_by_role("img", name="Le fichier choisi")).to_be_visible()
    expect(page.get_by_text("Gardée sur cet appareil")).to_be_visible()
    # the page dies, the fiche does not
    page.goto("about:blank")
    page.goto(FIELD)
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_label("Dans quel lieu ?")).to_have_value("la salle des écrans")
    expect(page.get_by_label("Avec quel geste ?")).to_have_value("Elle montre.")
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_role("img", name="Le fichier choisi")).to_be_visible()
    page.get_by_role("button", name="Vérifier et envoyer").click()
    page.get_by_role("button", name="Envoyer la fiche").click()
    expect(page.get_by_text("1 fiche non envoyée")).to_be_visible()
    assert submissions() == []
    context.set_offline(False)
    expect(page.get_by_text("« La grille du Test » est arrivée.")).to_be_visible(timeout=20_000)
    expect(page.get_by_text("Aucune fiche à envoyer")).to_be_visible()
    [row] = submissions()
    assert row.status == "accepted", row.problems
    assert row.content["situation"] == {
        "lieu": "la salle des écrans",
        "combien": 4,
        "aide": "oui",
        "geste": "Elle montre.",
    }
    with as_system("test"):
        [file] = SubmittedFile.objects.all()
        with file.file.open("rb") as opened:
            content = opened.read()
    assert file.name == row.content["traces"]["photo"]
    assert content.startswith(b"\xff\xd8")
    assert b"CANARI-TELEPHONE" not in content
    page.close()


def test_after_signing_out_nothing_is_shown_until_the_same_person_is_back(open_as: OpenAs) -> None:
    member = _with_grid()
    page = open_as(member, FIELD, phone=True)
    ready(page)
    context = page.context
    session = context.cookies()
    page.get_by_role("button", name="Commencer une fiche").click()
    page.get_by_label("Dans quel lieu ?").fill("CANARI")
    expect(page.get_by_text("Gardée sur cet appareil")).to_be_visible()
    draft = page.url
    # without any answer of the site, the device is used as before
    context.set_offline(True)
    page.goto("about:blank")
    page.goto(draft)
    expect(page.get_by_label("Dans quel lieu ?")).to_have_value("CANARI")
    context.clear_cookies()
    context.set_offline(False)
    # the fiche that is open closes as soon as the site answers
    expect(page.get_by_text("Connectez-vous pour retrouver vos grilles et vos fiches.")).to_be_visible()
    context.set_offline(True)
    for address in (FIELD, draft):
        page.goto("about:blank")
        page.goto(address)
        expect(page.get_by_text("Connectez-vous pour retrouver vos grilles et vos fiches.")).to_be_visible()
        expect(page.get_by_text("1 fiche non envoyée")).to_be_visible()
        expect(page.get_by_text("Sauvegarder ce qui n’est pas envoyé")).to_be_hidden()
        assert "La grille du Test" not in page.content()
        assert page.get_by_label("Dans quel lieu ?").count() == 0
        assert "autre personne" not in page.content(), "theirs, not somebody else's"
    context.set_offline(False)
    assert axe_findings(page) == []
    context.add_cookies(session)  # type: ignore[arg-type]
    page.goto("about:blank")
    page.goto(FIELD)
    page.get_by_role("button", name="Reprendre").click()
    expect(page.get_by_label("Dans quel lieu ?")).to_have_value("CANARI")
    page.close()


def _with_grid() -> Account:
    place = make_institution("FAM Canari", category="437", department="13")
    make_version(place, make_referent(place))
    return make_member(place)

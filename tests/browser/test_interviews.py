"""An interview in a browser: its voice leaves in pieces through a cut and a closed page, its text is typed with keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from nuserus.fieldwork.models import DraftTurn, Recording
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from tests.browser.conftest import axe_findings
from tests.factories.fieldwork import make_field
from tests.factories.interviews import make_guide, make_interview, make_listened
from tests.factories.studies import lead_of
from tests.factories.voice import voice

# How many recordings the device still holds.
HEADS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("nuserus-interviews");
  opening.onsuccess = () => {
    const counting = opening.result.transaction("heads").objectStore("heads").count();
    counting.onsuccess = () => resolve(counting.result);
  };
})"""

OpenAs = Callable[..., Page]


@pytest.fixture
def at_work(database: None) -> tuple[str, Account]:
    place, researcher = make_field()
    guide = make_guide(place.study, lead_of(place.study))
    interview = make_interview(place, researcher, make_listened(place, researcher), guide=guide)
    return f"/terrain/entretiens/{interview.pk}/", researcher


def test_a_voice_goes_through_a_cut_and_a_closed_page(
    at_work: tuple[str, Account], open_as: OpenAs, tmp_path: Path
) -> None:
    address, researcher = at_work
    content = voice(30.0, container="wav", codec="pcm_s16le")
    file = tmp_path / "entretien.wav"
    file.write_bytes(content)
    page = open_as(researcher, address, phone=True, dark=True)
    assert axe_findings(page) == []
    sent: list[int] = []

    def cut(route: Route) -> None:
        """The line is cut at the second piece, for good."""
        if route.request.method == "PATCH":
            sent.append(1)
            if len(sent) > 1:
                route.abort("internetdisconnected")
                return
        route.continue_()

    page.route("**/enregistrements/**", cut)
    page.locator("#son").set_input_files(file)
    page.get_by_role("button", name="Envoyer", exact=True).click()
    expect(page.get_by_text("Pas de réseau. Rien n’est perdu")).to_be_visible(timeout=30_000)
    assert axe_findings(page) == []
    page.unroute("**/enregistrements/**")
    page.close()
    again = page.context.new_page()
    again.goto(address)
    expect(again.get_by_role("heading", name="Enregistrement 1, 0:30")).to_be_visible(timeout=40_000)
    with as_system("read test data", recorded=False):
        stored = Recording.objects.get()
    assert Path(stored.file.path).read_bytes() == content
    left = again.evaluate(HEADS)
    assert left == 0, "the device keeps nothing of what the site has"
    assert axe_findings(again) == []


def test_a_text_is_typed_with_keys_and_keeps_itself(at_work: tuple[str, Account], open_as: OpenAs) -> None:
    address, researcher = at_work
    page = open_as(researcher, f"{address}texte/")
    area = page.get_by_label("Une ligne par tour de parole")
    area.fill("0:01 Chercheuse : Et le matin ?")
    area.press("End")
    area.press("Control+Enter")
    area.type("La tablette.")
    expect(page.get_by_text("Enregistré à")).to_be_visible(timeout=40_000)
    with as_system("read test data", recorded=False):
        turns = [(turn.speaker, turn.text) for turn in DraftTurn.objects.order_by("position")]
    assert turns == [("Chercheuse", "Et le matin ?"), ("Ronce", "La tablette.")]
    assert axe_findings(page) == []

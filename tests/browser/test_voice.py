"""Answering aloud in a real browser: its microphone is a tone, the recogniser a stand-in, the rest is real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from playwright.sync_api import Browser, BrowserContext, Page, expect

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.models import Sheet
from nuserus.voice import tasks
from nuserus.voice.models import Recording
from tests.browser.conftest import DESKTOP, PHONE, axe_findings, served, sign_in, watch
from tests.browser.microphone import recording_browser
from tests.cleaning import Cleaner
from tests.factories.directory import make_institution
from tests.factories.practices import get_sheet, make_draft
from tests.factories.sheets import make_member
from tests.factories.voice import SEARCHED, model_folder, speech_model

__all__ = ["recording_browser"]

WAIT = 15_000

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return model_folder(tmp_path_factory.mktemp("speech") / "model")


@pytest.fixture(scope="module")
def voiced_url(migrated: Cleaner, model: Path) -> Iterator[str]:
    with served(NUSERUS_SPEECH_MODEL=str(model), PYTHONPATH=SEARCHED) as address:
        yield address


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


@pytest.fixture
def sheet(author: Account) -> Sheet:
    return make_draft(author)


@pytest.fixture
def context(recording_browser: Browser, voiced_url: str, author: Account) -> Iterator[BrowserContext]:
    opened = recording_browser.new_context(
        base_url=voiced_url, viewport=PHONE, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce"
    )
    sign_in(opened, author, voiced_url)
    yield opened
    opened.close()


def state(page: Page, words: str) -> None:
    expect(page.locator(".nu-voice__recorder [role=status]")).to_have_text(words, timeout=WAIT)


def act(page: Page, name: str) -> None:
    page.locator(".nu-voice__recorder").get_by_role("button", name=name, exact=True).click()


def record_a_little(page: Page) -> None:
    act(page, "Enregistrer ma voix")
    state(page, "Enregistrement")
    expect(page.locator(".nu-voice__time")).to_have_text("0:02", timeout=WAIT)
    act(page, "Mettre en pause")
    state(page, "En pause")
    act(page, "Reprendre")
    act(page, "Terminer")
    state(page, "À envoyer")


def sounds() -> list[Path]:
    folder = Path(default_storage.path("sounds"))
    return [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []


def test_said_written_corrected_and_gone(
    context: BrowserContext,
    author: Account,
    sheet: Sheet,
    model: Path,
    voiced_url: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page, errors = context.new_page(), []
    watch(page, voiced_url, errors)
    before = len(sounds())
    page.goto(f"/partager/{sheet.pk}/intention/")
    state(page, "Prêt à enregistrer")
    page.get_by_label("Votre réponse").fill("Écrit au clavier.")
    record_a_little(page)
    player = page.locator(".nu-voice__recorder audio")
    expect(player).to_be_visible()
    assert axe_findings(page) == []
    act(page, "Envoyer")
    expect(page.get_by_text("la machine écrit")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Envoyé.", exact=False)).to_be_visible()
    assert page.evaluate("indexedDB.databases().then(all => all.map(one => one.name))")
    assert _left(page) == 0
    with acting_as(author.pk):
        recording = Recording.objects.get()
    assert 1.5 < recording.seconds < 6
    with speech_model(model, monkeypatch):
        tasks.transcribe(recording_id=str(recording.pk), speaker_id=str(author.pk))
    words = page.get_by_label("Le texte, à corriger")
    expect(words).to_have_value(
        "Nous photographions le car. Puis l’enfant range les photos.\nÀ la fin, il choisit le dessert.", timeout=WAIT
    )
    heard = page.locator(".nu-voice__recording audio")
    assert heard.evaluate("async a => { a.muted = true; await a.play(); return a.duration; }") > 1.5
    assert axe_findings(page) == []
    words.fill("Que chacun sache ce qui vient.")
    page.get_by_role("button", name="C’est bon").click()
    expect(page.get_by_text("L’enregistrement est effacé.", exact=False)).to_be_visible(timeout=WAIT)
    expect(page.get_by_label("Votre réponse")).to_have_value("Écrit au clavier.\n\nQue chacun sache ce qui vient.")
    assert get_sheet(sheet).intention == "Écrit au clavier.\n\nQue chacun sache ce qui vient."
    tasks.erase(recording_id=str(recording.pk), speaker_id=str(author.pk))
    page.reload()
    expect(page.get_by_text("son effacé le", exact=False)).to_be_visible()
    assert len(sounds()) == before
    page.set_viewport_size(DESKTOP)
    assert axe_findings(page) == []
    assert errors == []


def _left(page: Page) -> int:
    """How many recordings the device holds."""
    return int(
        page.evaluate(
            """() => new Promise((resolve, reject) => {
              const opening = indexedDB.open("nuserus-recordings", 1);
              opening.onerror = () => reject(opening.error);
              opening.onsuccess = () => {
                const count = opening.result.transaction("heads").objectStore("heads").count();
                count.onsuccess = () => { opening.result.close(); resolve(count.result); };
              };
            })"""
        )
    )


def test_without_network_or_in_a_closed_tab_it_is_kept_and_sent_later(
    context: BrowserContext, author: Account, sheet: Sheet
) -> None:
    page = context.new_page()
    page.goto(f"/partager/{sheet.pk}/happened/")
    record_a_little(page)
    context.set_offline(True)
    act(page, "Envoyer")
    state(page, "Gardé sur cet appareil")
    assert _left(page) == 1
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(f"/partager/{sheet.pk}/happened/")
    expect(again.get_by_text("la machine écrit")).to_be_visible(timeout=WAIT)
    assert _left(again) == 0
    with acting_as(author.pk):
        assert Recording.objects.count() == 1
    # a tab that closes in the middle keeps what was said
    act(again, "Enregistrer ma voix")
    expect(again.locator(".nu-voice__time")).to_have_text("0:03", timeout=WAIT)
    again.close(run_before_unload=False)
    last = context.new_page()
    last.goto(f"/partager/{sheet.pk}/happened/")
    state(last, "À envoyer")
    expect(last.get_by_text("n’est pas encore envoyé", exact=False)).to_be_visible()
    act(last, "Envoyer")
    expect(last.get_by_text("Enregistrement 2", exact=False).first).to_be_visible(timeout=WAIT)
    assert _left(last) == 0
    act(last, "Enregistrer ma voix")
    expect(last.locator(".nu-voice__time")).to_have_text("0:01", timeout=WAIT)
    act(last, "Terminer")
    act(last, "Effacer")
    state(last, "Prêt à enregistrer")
    assert _left(last) == 0


def test_without_a_microphone_the_file_remains(
    browser: Browser, voiced_url: str, author: Account, sheet: Sheet
) -> None:
    context = browser.new_context(base_url=voiced_url, viewport=PHONE, locale="fr-FR")
    sign_in(context, author, voiced_url)
    page = context.new_page()
    page.goto(f"/partager/{sheet.pk}/intention/")
    act(page, "Enregistrer ma voix")
    expect(page.get_by_text("Aucun micro n’a été trouvé", exact=False)).to_be_visible(timeout=WAIT)
    page.get_by_text("Envoyer un fichier son").click()
    expect(page.get_by_label("Le fichier son")).to_be_visible()
    assert axe_findings(page) == []
    context.close()

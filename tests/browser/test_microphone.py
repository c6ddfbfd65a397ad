"""An interview recorded in a browser: paused, without network, in two tabs, in a page that dies; whole at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import av
import numpy as np
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Request, Route, expect

from nuserus.fieldwork.enums import RecordingOrigin
from nuserus.fieldwork.models import Recording
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from tests.browser.chromium import ARGUMENTS, chromium
from tests.browser.conftest import DESKTOP, PHONE, axe_findings, sign_in, watch
from tests.browser.microphone import MICROPHONE, recording_browser
from tests.factories.fieldwork import make_field
from tests.factories.interviews import make_interview, make_listened

__all__ = ["recording_browser"]

WAIT = 20_000
# Small pieces, so that some seconds of voice are several; a page reads it when it sends.
PIECE = 6_000
SMALL_PIECES = f"""
  document.addEventListener("readystatechange", () => {{
    const block = document.querySelector("[data-nu-recording]");
    if (block) block.dataset.nuRecordingPiece = "{PIECE}";
  }});
"""
# How many recordings the device still holds, and in how many parts.
HELD = """() => new Promise((resolve) => {
  const opening = indexedDB.open("nuserus-interviews");
  opening.onsuccess = () => {
    const reading = opening.result.transaction(["heads", "parts"]);
    const counts = ["heads", "parts"].map((name) => reading.objectStore(name).count());
    reading.oncomplete = () => { opening.result.close(); resolve(counts.map((one) => one.result)); };
  };
})"""


@pytest.fixture
def at_work(database: None) -> tuple[str, Account]:
    place, researcher = make_field()
    interview = make_interview(place, researcher, make_listened(place, researcher))
    return f"/terrain/entretiens/{interview.pk}/", researcher


@pytest.fixture
def open_context(at_work: tuple[str, Account], live_url: str) -> Iterator[Callable[[Browser], BrowserContext]]:
    """A function that gives a phone of the researcher in a browser; no script may fail in it."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def open_context(browser: Browser) -> BrowserContext:
        context = browser.new_context(
            base_url=live_url, viewport=PHONE, locale="fr-FR", timezone_id="Europe/Paris", reduced_motion="reduce"
        )
        context.add_init_script(SMALL_PIECES)
        context.on("page", lambda page: watch(page, live_url, errors))
        sign_in(context, at_work[1], live_url)
        opened.append(context)
        return context

    yield open_context
    for context in opened:
        context.close()
    assert errors == []


def state(page: Page, words: str) -> None:
    expect(page.locator("[data-nu-recording-state] [role=status]")).to_have_text(words, timeout=WAIT)


def act(page: Page, name: str) -> None:
    page.locator("[data-nu-recording-state]").get_by_role("button", name=name, exact=True).click()


def until(page: Page, time: str) -> None:
    expect(page.locator("[data-nu-recording-state] .nu-voice__time")).to_have_text(time, timeout=WAIT)


def recordings() -> list[Recording]:
    with as_system("read test data", recorded=False):
        return list(Recording.objects.order_by("begun_at"))


def heard(recording: Recording) -> tuple[float, int]:
    """Seconds that decode from the first byte to the last, and how many tones are in them."""
    with av.open(recording.file.path) as source:
        frames = [frame.to_ndarray()[0] for frame in source.decode(audio=0)]
        rate = source.streams.audio[0].rate
    wave = np.concatenate(frames)
    tenth = rate // 10
    loud = [bool(np.abs(wave[at : at + tenth]).max() > 0.05) for at in range(0, len(wave), tenth)]
    tones = sum(1 for before, now in zip([False, *loud], loud, strict=False) if now and not before)
    return len(wave) / rate, tones


def test_paused_then_without_network_it_arrives_whole(
    at_work: tuple[str, Account],
    recording_browser: Browser,
    open_context: Callable[[Browser], BrowserContext],
) -> None:
    context = open_context(recording_browser)
    page = context.new_page()
    page.goto(at_work[0])
    state(page, "Rien en cours")
    page.get_by_label("Ce que vous notez, par pseudonymes").fill("Ronce montre sa tablette.")
    act(page, "Enregistrer ici, avec le micro")
    state(page, "Enregistrement")
    expect(page.get_by_role("button", name="Mettre en pause")).to_be_focused()
    level = page.get_by_role("meter", name="Niveau du micro")
    page.wait_for_function("meter => meter.value > 0.3", arg=level.element_handle(), timeout=WAIT)
    until(page, "0:02")
    assert axe_findings(page) == []
    act(page, "Mettre en pause")
    state(page, "Enregistrement en pause")
    expect(level).to_be_hidden()
    expect(page.get_by_role("button", name="Reprendre")).to_be_focused()
    shown = page.locator("[data-nu-recording-state] .nu-voice__time").inner_text()
    page.wait_for_timeout(1_500)
    until(page, shown)
    assert page.evaluate(HELD)[0] == 1, "what was said before a pause is on the device"
    act(page, "Reprendre")
    context.set_offline(True)
    until(page, "0:06")
    act(page, "Terminer et envoyer")
    state(page, "Envoi en attente")
    expect(page.get_by_text("Pas de réseau. Rien n’est perdu")).to_be_visible()
    assert axe_findings(page) == []
    context.set_offline(False)
    expect(page.get_by_role("heading", name=re.compile("Enregistrement 1, 0:0[67]"))).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("L’enregistrement est sur le site, en entier.", exact=False)).to_be_visible()
    expect(page.get_by_text("fait", exact=True)).to_be_visible()
    expect(page.get_by_label("Ce que vous notez, par pseudonymes")).to_have_value("Ronce montre sa tablette.")
    assert page.evaluate(HELD) == [0, 0], "the device keeps nothing of what the site has"
    [stored] = recordings()
    seconds, tones = heard(stored)
    assert 5.5 < seconds < 7.5, "the pause is not in it"
    assert abs(stored.seconds - seconds) < 0.5
    assert tones >= 5
    assert stored.origin == RecordingOrigin.MICROPHONE
    player = page.get_by_label("Écouter l’enregistrement 1")
    reached = player.evaluate(
        """async (audio) => {
          audio.muted = true;
          await audio.play();
          audio.currentTime = 4;
          await new Promise((resolve) => audio.addEventListener("seeked", resolve, { once: true }));
          audio.pause();
          return [audio.currentTime, audio.duration];
        }"""
    )
    assert reached[0] >= 4
    assert 5.5 < reached[1] < 7.5
    page.set_viewport_size(DESKTOP)
    assert axe_findings(page) == []


def test_a_page_that_dies_and_another_tab_lose_nothing(
    at_work: tuple[str, Account],
    recording_browser: Browser,
    open_context: Callable[[Browser], BrowserContext],
) -> None:
    context = open_context(recording_browser)
    page = context.new_page()
    page.goto(at_work[0])
    act(page, "Enregistrer ici, avec le micro")
    until(page, "0:03")
    other = context.new_page()
    other.goto(at_work[0])
    expect(other.get_by_text("dans un autre onglet", exact=False)).to_be_visible(timeout=WAIT)
    act(other, "Enregistrer ici, avec le micro")
    expect(other.get_by_text("dans un autre onglet", exact=False)).to_be_visible(timeout=WAIT)
    assert axe_findings(other) == []
    other.close()
    assert recordings() == []
    crash(page)
    # it comes back, and dies again when the site has two pieces
    page = context.new_page()
    sent: list[str] = []

    def cut(route: Route) -> None:
        if route.request.method == "PATCH":
            sent.append(route.request.headers["upload-offset"])
            if len(sent) > 2:
                route.abort("internetdisconnected")
                return
        route.continue_()

    page.route("**/enregistrements/**", cut)
    page.goto(at_work[0])
    expect(page.get_by_text("Pas de réseau. Rien n’est perdu")).to_be_visible(timeout=WAIT)
    assert sent[:3] == ["0", str(PIECE), str(2 * PIECE)]
    crash(page)
    [arriving] = recordings()
    assert arriving.received == 2 * PIECE
    page, again = context.new_page(), []

    def note(request: Request) -> None:
        if request.method == "PATCH":
            again.append(int(request.headers["upload-offset"]))

    page.on("request", note)
    page.goto(at_work[0])
    expect(page.get_by_role("heading", name=re.compile("Enregistrement 1, 0:[0-2]"))).to_be_visible(timeout=WAIT)
    assert again[0] == 2 * PIECE, "what was acknowledged is not sent again"
    assert page.evaluate(HELD) == [0, 0]
    [stored] = recordings()
    seconds, tones = heard(stored)
    assert seconds > 2
    assert tones >= 2
    # the same page records another one, without being read again
    act(page, "Enregistrer ici, avec le micro")
    until(page, "0:01")
    act(page, "Terminer et envoyer")
    expect(page.get_by_role("heading", name="Enregistrement 2", exact=False)).to_be_visible(timeout=WAIT)
    assert page.evaluate(HELD) == [0, 0]


def crash(page: Page) -> None:
    """End the process of the page at once."""
    with pytest.raises(Error):
        page.goto("chrome://crash", timeout=5_000)
    page.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Aucun micro n’a été trouvé. Rien n’est enregistré."),
        (
            [MICROPHONE[0], "--deny-permission-prompts"],
            "Le navigateur refuse le micro à ce site. Rien n’est enregistré.",
        ),
    ],
    ids=["absent", "refused"],
)
def test_a_microphone_that_does_not_open_says_what_to_do(
    at_work: tuple[str, Account],
    browser: Browser,
    open_context: Callable[[Browser], BrowserContext],
    arguments: list[str],
    words: str,
) -> None:
    launched = (
        browser.browser_type.launch(executable_path=chromium(), args=[*ARGUMENTS, *arguments]) if arguments else browser
    )
    page = open_context(launched).new_page()
    page.goto(at_work[0])
    act(page, "Enregistrer ici, avec le micro")
    note = page.locator("[data-nu-recording-state] [role=alert]")
    expect(note).to_contain_text(words, timeout=WAIT)
    expect(note).to_contain_text("ou envoyez un fichier son ci-dessous")
    state(page, "Rien en cours")
    expect(page.get_by_role("button", name="Enregistrer ici, avec le micro")).to_be_focused()
    assert axe_findings(page) == []
    if launched is not browser:
        launched.close()

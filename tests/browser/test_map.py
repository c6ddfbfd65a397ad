"""The map of places in a real browser: what it asks the site, with the keyboard, without a program, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import axe_findings
from tests.factories.directory import make_institution, make_place

# in the street of an invented visit: no place of the test stands there
HERE = {"latitude": 43.948765, "longitude": 4.812345}


def _requests(page: Page) -> list[Request]:
    seen: list[Request] = []

    def note(request: Request) -> None:  # Playwright marks the function it is given: a method of a list can't be
        seen.append(request)

    page.on("request", note)
    return seen


def test_around_me_tells_a_square_and_never_a_position(open_as: Callable[..., Page]) -> None:
    make_place("La plus proche", latitude=43.9490, longitude=4.8120)
    make_place("La plus loin", latitude=43.9900, longitude=4.9000)
    make_institution("IME au milieu", latitude=43.9600, longitude=4.8300)
    make_place("Ailleurs en France", latitude=48.1, longitude=-1.7)
    page = open_as(None, "/annuaire/", geolocation=HERE, permissions=["geolocation"])
    seen = _requests(page)
    page.goto("/carte/")
    page.locator("[data-drawn]").wait_for()
    page.get_by_role("button", name="Autour de moi").click()
    expect(page.get_by_role("heading", name="Autour de vous")).to_be_focused()
    near = page.locator("[data-nu-map-near-list] li")
    names = [text.split("\u00a0")[0].rsplit(" à ", 1)[0].strip() for text in near.all_text_contents()]
    assert names == ["La plus proche", "IME au milieu", "La plus loin"]
    # looking closer, where one is, asks nothing more
    asked = len(seen)
    for _ in range(3):
        page.get_by_role("button", name="Agrandir").click()
    page.wait_for_timeout(400)
    assert [request.url for request in seen[asked:]] == []
    _no_position(seen)
    # leaving comes back to what everybody sees
    page.get_by_role("button", name="Revenir à toute la carte").click()
    page.wait_for_timeout(400)
    _no_position(seen)


def _no_position(seen: list[Request]) -> None:
    """Neither the figures of the position, nor a box or a square that would say it better than three kilometres."""
    around = 0
    for request in seen:
        told = f"{request.url} {request.post_data or ''} {request.headers.get('referer', '')}"
        assert not re.search(r"43[.,]94[89]|4[.,]812|48765|12345", told), told
        query = parse_qs(urlsplit(request.url).query)
        if "/carte/autour/" in request.url:
            around += 1
            (square,) = query["carre"]
            assert int(square.split("-")[0]) <= 13
        if "boite" in query:
            west, south, east, north = map(float, query["boite"][0].split(","))
            assert east - west > 5, "the whole country, not where the device is"
            assert north - south > 5
    assert around == 1


def test_refusing_to_say_where_one_is_sends_nothing(open_as: Callable[..., Page]) -> None:
    page = open_as(None, "/carte/", permissions=[])
    page.locator("[data-drawn]").wait_for()
    seen = _requests(page)
    page.get_by_role("button", name="Autour de moi").click()
    expect(page.get_by_text("Rien n’a été envoyé")).to_be_visible()
    assert seen == []


def test_the_keyboard_reaches_a_group_and_a_place(open_as: Callable[..., Page]) -> None:
    for rank in range(3):
        make_place(f"Ensemble {rank}", latitude=43.949 + rank / 1000, longitude=4.81)
    place = make_institution("IME tout seul", latitude=47.3, longitude=-1.2)
    page = open_as(None, "/carte/?q=", phone=True)
    page.locator("[data-drawn]").wait_for()
    expect(page.get_by_role("region", name="Carte des lieux.")).to_be_visible()
    alone = page.get_by_role("button", name="IME tout seul")
    alone.focus()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="Voir la page")
    expect(link).to_have_attribute("href", place.get_absolute_url())
    assert axe_findings(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="3 lieux ici").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="3 lieux ici")).to_have_count(1)
    assert axe_findings(page) == []


def test_without_a_program_the_picture_and_the_list_say_the_same(open_as: Callable[..., Page]) -> None:
    make_place("La Souris", latitude=43.949, longitude=4.81)
    page = open_as(None, "/carte/", java_script_enabled=False)
    expect(page.get_by_role("img", name="France métropolitaine")).to_be_visible()
    expect(page.get_by_role("link", name="La Souris")).to_be_visible()
    expect(page.get_by_role("button", name="Autour de moi")).to_be_hidden()


def test_on_paper_the_list_has_no_button_and_the_map_is_the_picture(open_as: Callable[..., Page]) -> None:
    make_place("La Souris", latitude=43.949, longitude=4.81, street="3 rue du Four")
    page = open_as(None, "/carte/")
    page.locator("[data-drawn]").wait_for()
    page.emulate_media(media="print")
    expect(page.locator(".nu-picture")).to_be_visible()
    expect(page.locator(".nu-map__live")).to_be_hidden()
    page.goto("/annuaire/")
    expect(page.get_by_text("3 rue du Four")).to_be_visible()
    expect(page.get_by_role("button", name="Chercher")).to_be_hidden()

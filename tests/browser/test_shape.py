"""Keyboard only: the skip link, a visible focus that nothing covers, and three journeys without a mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.practices.models import Trial
from tests.factories.community import make_question
from tests.factories.directory import make_institution
from tests.factories.people import PASSWORD, make_account
from tests.factories.sheets import make_member, make_sheet

OpenAs = Callable[..., Page]
pytestmark = pytest.mark.usefixtures("database")

# What has the focus, and whether one can see it: drawn apart from the page, in the window, under nothing.
FOCUSED = """() => {
  const held = document.activeElement;
  if (!held || held === document.body) return null;
  const host = held.matches('.govuk-radios__input, .govuk-checkboxes__input, .nu-chip-choice input, .nu-card a')
    ? [held.nextElementSibling, held.closest('.govuk-radios__item, .govuk-checkboxes__item, .nu-card')] : [held];
  const drawn = host.filter(Boolean).some(part => {
    const style = getComputedStyle(part);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  const box = held.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + Math.min(box.width, 20) / 2, 0), innerWidth - 1);
  const y = box.top + Math.min(box.height, 20) / 2;
  const top = document.elementFromPoint(x, y);
  const free = !!top && (held.contains(top) || top.contains(held) || (held.labels && [...held.labels].includes(top)));
  return {what: held.outerHTML.slice(0, 120), drawn, free: free && y >= 0 && y < innerHeight};
}"""


def press_to(page: Page, goal: Locator, limit: int = 90) -> None:
    """Press Tab until the goal has the focus; every stop on the way must be seen."""
    for _ in range(limit):
        page.keyboard.press("Tab")
        held = page.evaluate(FOCUSED)
        if held:
            assert held["drawn"], f"no visible focus: {held['what']}"
            assert held["free"], f"focus out of sight: {held['what']}"
        if goal.count() and goal.first.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {goal}")


def walk(page: Page, limit: int = 200) -> int:
    """Press Tab through the whole page; the number of stops, each of them seen."""
    stops = 0
    for _ in range(limit):
        page.keyboard.press("Tab")
        held = page.evaluate(FOCUSED)
        if held is None:
            break
        assert held["drawn"], f"no visible focus: {held['what']}"
        assert held["free"], f"focus out of sight: {held['what']}"
        stops += 1
    return stops


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "screen"])
def test_skip_link_leads_to_the_content(open_as: OpenAs, phone: bool) -> None:
    page = open_as(None, "/pratiques/", phone=phone)
    page.keyboard.press("Tab")
    expect(page.locator(".govuk-skip-link")).to_be_focused()
    expect(page.locator(".govuk-skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("path", ["/", "/pratiques/", "/materiel/", "/annuaire/", "/compte/connexion/"])
def test_every_stop_of_the_keyboard_is_seen(open_as: OpenAs, path: str) -> None:
    make_sheet()
    assert walk(open_as(None, path, phone=True)) > 8


def test_menu_opens_and_closes_without_a_mouse(open_as: OpenAs) -> None:
    page = open_as(None, "/", phone=True)
    press_to(page, page.locator(".nu-menu summary"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Matériel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Matériel")).to_be_hidden()
    expect(page.locator(".nu-menu summary")).to_be_focused()


def test_search_read_and_try_without_a_mouse(open_as: OpenAs) -> None:
    sheet = make_sheet(title="Des photos pour partir")
    person = make_member(make_institution())
    page = open_as(person, "/", phone=True)
    press_to(page, page.get_by_role("main").get_by_role("searchbox").or_(page.locator("#home-q")))
    page.keyboard.type("photos")
    page.keyboard.press("Enter")
    page.wait_for_url("**/pratiques/?**")
    press_to(page, page.get_by_role("link", name="Des photos pour partir"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/pratiques/{sheet.pk}/")
    press_to(page, page.get_by_role("link", name="J’ai essayé"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/essai/")
    press_to(page, page.locator("main input[type=radio]"))
    page.keyboard.press("Space")
    for box in page.locator("main fieldset:has(input[type=checkbox])").all()[:1]:
        press_to(page, box.locator("input").first)
        page.keyboard.press("Space")
    press_to(page, page.locator("main form button[type=submit]"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: not address.endswith("/essai/"))
    with as_system("read test data", recorded=False):
        assert Trial.objects.filter(sheet=sheet, author=person).count() == 1


def test_start_telling_without_a_mouse(open_as: OpenAs) -> None:
    page = open_as(make_member(make_institution()), "/", phone=True)
    press_to(page, page.get_by_role("navigation").get_by_role("link", name="Partager"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/partager/")
    press_to(page, page.get_by_role("button", name="Commencer une fiche"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/partager/*/*/")
    first = page.url
    press_to(page, page.locator("main form button[type=submit]"))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address != first)


def test_sign_in_without_a_mouse(open_as: OpenAs) -> None:
    person = make_account(password=PASSWORD)
    page = open_as(None, "/compte/connexion/", phone=True)
    press_to(page, page.get_by_label("Adresse e-mail"))
    page.keyboard.type(person.email)
    press_to(page, page.locator("#id_password"))
    page.keyboard.type(PASSWORD)
    press_to(page, page.get_by_role("button", name="Se connecter", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url("**/mon-espace/**")


def test_planted_invisible_focus_is_found(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html lang="fr"><main><a href="/" style="outline:none">Ici</a></main></html>')
    with pytest.raises(AssertionError, match="no visible focus"):
        walk(page)
    page.close()


def test_planted_cover_is_found(browser: Browser) -> None:
    page = browser.new_page()
    cover = "<p style='position:fixed;inset:0;margin:0;background:red'>Là</p>"
    page.set_content(f'<html lang="fr"><main><a href="/" style="outline:3px solid">Ici</a></main>{cover}</html>')
    with pytest.raises(AssertionError, match="out of sight"):
        walk(page)
    page.close()


def test_each_line_of_a_list_leads_where_it_says(open_as: OpenAs) -> None:
    asker = make_member(make_institution())
    asked = [make_question(asker, title=title, level=Level.PUBLIC) for title in ("Tablette la nuit", "Robot au repas")]
    page = open_as(None, "/questions/")
    for question in asked:
        page.goto("/questions/")
        page.get_by_role("link", name=question.title).click(timeout=5_000)
        page.wait_for_url(f"**/questions/{question.pk}/")

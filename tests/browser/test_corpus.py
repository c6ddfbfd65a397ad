"""A long source in a real browser: read, printed, reached by the number of a turn, without a program of ours."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import Page

from nuserus.corpus.enums import SourceKind
from tests.browser.conftest import axe_findings
from tests.factories.corpus import make_heard_place, make_source

TURNS = 2000
SAID = "Le matin, la tablette reste dans le placard, et c’est Ondine qui la demande quand elle en a envie. "


def long_text(turns: int = TURNS) -> str:
    """An interview of 1 MB: half of the turns are questions."""
    return "\n".join(f"{'ENQ' if rank % 2 else 'Ondine'} : {rank}. {SAID * 5}" for rank in range(turns))


def test_a_thousand_turns_are_read_and_printed(open_as: Callable[..., Page]) -> None:
    place, author = make_heard_place()
    version = make_source(place, author, long_text(), kind=SourceKind.GROUP_INTERVIEW)
    assert len(version.text) > 950_000
    page = open_as(author, reverse("corpus:source", args=[version.source_id]), phone=True)
    turns = page.locator(".nu-transcript__turn")
    assert turns.count() == TURNS
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert axe_findings(page) == []
    page.goto(f"{page.url}#tour-1900")
    page.locator("#tour-1900").wait_for()
    assert page.evaluate(
        "() => { const at = document.querySelector('#tour-1900').getBoundingClientRect(); return at.top < innerHeight && at.bottom > 0 }"
    )
    page.emulate_media(media="print")
    shown = page.evaluate("() => getComputedStyle(document.querySelector('#tour-3')).contentVisibility")
    assert shown == "visible"
    page.emulate_media(media="screen")
    page.get_by_role("link", name="1900").click()
    page.get_by_label("Ce qui est dit").wait_for()

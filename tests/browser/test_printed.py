"""The page of a sheet, printed by the browser: nothing stays folded, with programs or without."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from nuserus.practices.enums import ETHICS
from tests.browser.conftest import PHONE
from tests.factories.sheets import make_sheet, make_trial

Open = Callable[..., Page]
TRIED_IN = 7


def printed(page: Page) -> str:
    pages = PdfReader(io.BytesIO(page.pdf())).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("programs", [True, False], ids=["with programs", "without"])
def test_folded_parts_are_on_paper(browser: Browser, live_url: str, programs: bool) -> None:
    sheet = make_sheet(ethics=dict.fromkeys(ETHICS, "Nous en avons parlé à table."))
    for rank in range(TRIED_IN):
        make_trial(sheet, comment=f"Essai raconté {rank}.")
    context = browser.new_context(java_script_enabled=programs, viewport=PHONE)
    page = context.new_page()
    page.goto(f"{live_url}/pratiques/{sheet.pk}/")
    said = printed(page)
    context.close()
    assert said.count("Nous en avons parlé à table.") == len(ETHICS)
    assert all(f"Essai raconté {rank}." in said for rank in range(TRIED_IN))
    assert "100 %" in said.replace("\u00a0", " ")

"""What the pages on methods say comes out of the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.analysis.pages import FOLDER, pages, renewed

METHODS = (
    "classification-de-reinert",
    "double-classification",
    "specificites",
    "afc",
    "acm",
    "classification-ascendante",
    "similitude",
    "accord-entre-codeurs",
    "redressement",
)


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_examples_say_what_they_said(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert renewed(text) == text


@pytest.mark.parametrize("name", METHODS)
def test_each_method_has_its_page(name: str) -> None:
    text = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    wanted = ("Ce qu’elle dit", "Ce qu’elle ne dit pas", "Formule", "Sources", "Exemple", "programmes connus")
    assert [title for title in wanted if title not in text] == []
    assert f"({name}.md)" in (FOLDER / "README.md").read_text(encoding="utf-8")

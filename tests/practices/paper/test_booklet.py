"""Several sheets as one booklet."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from nuserus.foundation.asking import acting_as
from nuserus.practices.enums import SheetStatus
from nuserus.practices.paper import Booklet, Chapter, booklet_pdf
from tests.factories.sheets import make_sheet
from tests.practices.paper.reading import kinds, opened, words

pytestmark = pytest.mark.usefixtures("database")
DAY = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_booklet_has_a_cover_its_contents_and_a_word_for_each_sheet() -> None:
    sheets = [make_sheet(title=f"Fiche numéro {rank}", happened="Bien. " * 200 * rank) for rank in (1, 2, 3)]
    draft = make_sheet(title="CANARI-BROUILLON", status=SheetStatus.DRAFT)
    chapters = [Chapter(sheet.pk, f"Parce que {rank}.") for rank, sheet in enumerate(sheets)]
    chapters += [Chapter(draft.pk), Chapter(uuid4())]
    told = Booklet(
        title="Départs #import", introduction="Pour l’équipe.", authors=["Nadia 🙂"], address="/collections/1/"
    )
    with acting_as(None) as asking:
        content = booklet_pdf(asking, told, chapters, site="http://localhost", day=DAY)
        assert content == booklet_pdf(asking, told, chapters, site="http://localhost", day=DAY)
    reader = opened(content)
    pages = [" ".join((page.extract_text() or "").split()) for page in reader.pages]
    assert "Départs #import" in pages[0]
    assert "3 fiches" in pages[0]
    assert "Nadia ▯" in pages[0]
    contents = pages[1]
    assert "Pour l’équipe." in contents
    for rank, sheet in enumerate(sheets):
        said = re.search(re.escape(sheet.title) + r"[ .]*(\d+)", contents)
        assert said is not None
        assert sheet.title in pages[int(said.group(1)) - 1]
        assert f"Parce que {rank}." in pages[int(said.group(1)) - 1]
    assert "CANARI" not in words(content)
    assert kinds(reader).count("/TOC") >= 1
    assert reader.metadata is not None and reader.metadata.title == "Départs #import"


def test_empty_booklet_is_still_a_booklet() -> None:
    with acting_as(None) as asking:
        content = booklet_pdf(asking, Booklet(title=""), [], site="http://localhost", day=DAY)
    assert "Recueil de fiches" in words(content)

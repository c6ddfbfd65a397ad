"""From a corpus to its report: what is found, what is shown, what a stranger's text can't do."""

from __future__ import annotations

import csv
import doctest
import importlib
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page

from nuserus.config.command import main
from nuserus_analysis.corpus import Corpus, Document, write_iramuteq
from nuserus_analysis.reinert import Mode
from nuserus_analysis.report import Plan, Step, Study, all_figures, csv_text, drawings, report, study
from nuserus_analysis.report.drawings import Drawings, can_draw
from nuserus_analysis.report.figures import FILES
from nuserus_analysis.text.segments import Cutting
from tests.analysis.invented import WORLDS, invented_documents
from tests.browser.conftest import PHONE, axe_findings

HOSTILE = "<script>alert(1)</script> \" onload='x' &amp; =cmd() \x00\x07 \u202e"


@pytest.fixture(scope="module")
def found() -> Study:
    return study(invented_documents())


@pytest.fixture(scope="module")
def page_text(found: Study) -> str:
    return report(found, "Essai", drawings(found))


@pytest.mark.parametrize("name", ["cells", "markup"])
def test_examples_of_docstrings_are_right(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"nuserus_analysis.report.{name}")).failed == 0


def test_planted_worlds_are_found(found: Study) -> None:
    assert (found.k, found.advised) == (3, True)
    worlds = np.array([int(found.corpus.documents[one.document].name) % 3 for one in found.tables.segments])
    crossed = np.array([[int(((found.classes == k) & (worlds == w)).sum()) for w in range(3)] for k in range(3)])
    assert crossed.max(axis=1).sum() >= 0.9 * len(found.classes)
    assert sorted(crossed.argmax(axis=1).tolist()) == [0, 1, 2]
    assert [part.name for part in found.parts] == ["lieu", "annee"]


def test_every_way_gives_classes() -> None:
    corpus = invented_documents()
    for plan in (
        Plan(double=True),
        Plan(mode=Mode.IRAMUTEQ),
        Plan(mode=Mode.IRAMUTEQ, double=True, k=3),
        Plan(cutting=Cutting.SENTENCES, k=4),
        Plan(cutting=Cutting.TURNS, k=2),
    ):
        done = study(corpus, plan)
        assert done.k >= 2
        assert report(done, "Essai").count("<h1>") == 1


@pytest.mark.parametrize("words", [("tablette", "famille"), ("tablette", "famille", "équipe")])
def test_tiny_vocabularies_are_drawn(words: tuple[str, ...]) -> None:
    pairs = [f"{one} {other}" for one in words for other in words]
    said = tuple(Document.of_text(str(rank), pairs[rank % len(pairs)]) for rank in range(45))
    done = study(Corpus(said), Plan(k=2))
    assert report(done, "Essai", drawings(done)).count("<svg") == 2


def test_progress_goes_forward() -> None:
    heard: list[tuple[Step, int, int]] = []
    study(invented_documents(), progress=lambda step, done, total: heard.append((step, done, total)))
    assert list(dict.fromkeys(step for step, _done, _total in heard)) == list(Step)[:-1]
    assert all(0 <= done <= total for _step, done, total in heard)


def test_figures_are_whole_and_named(found: Study) -> None:
    figures = list(all_figures(found))
    assert {re.sub(r"-\d+(?=\.csv)", "", one.file) for one in figures} <= FILES
    assert len({one.file for one in figures}) == len(figures)
    assert all(len(row) == len(one.columns) for one in figures for row in one.rows)
    by_name = {one.file: one for one in figures}
    assert len(by_name["segments.csv"].rows) == len(found.tables.segments)
    assert len(by_name["profils.csv"].rows) == found.k * len(found.tables.vocabulary)
    first = by_name["segments.csv"].rows[0]
    assert found.corpus.documents[0].text[int(first[3]) : int(first[4])] == first[7]
    read = list(csv.reader(io.StringIO(csv_text(by_name["profils.csv"]).lstrip("\ufeff"), newline=""), delimiter=";"))
    best = max(float(row[5].replace(",", ".")) for row in read[1:])
    assert best == float(found.profile.by_segments.max())  # in full, not rounded


class Outline(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src", "xlink:href"):
                self.links.append(value or "")


def test_page_stands_alone(page_text: str) -> None:
    outline = Outline()
    outline.feed(page_text)
    assert set(outline.tags).isdisjoint({"script", "link", "img", "iframe", "object", "form"})
    assert all(link.startswith("#") for link in outline.links)
    assert len(outline.ids) == len(set(outline.ids))
    assert {link[1:] for link in outline.links} <= set(outline.ids)
    assert outline.tags.count("table") == outline.tags.count("caption") > 10
    assert not can_draw() or outline.tags.count("svg") == 3


def test_tables_stand_without_pictures(found: Study) -> None:
    assert "<svg" not in report(found, "Essai", Drawings())


def test_same_corpus_same_bytes(page_text: str) -> None:
    again = study(invented_documents())
    assert report(again, "Essai", drawings(again)) == page_text


def _hostile_corpus() -> Corpus:
    return Corpus(
        tuple(
            Document.of_turns(
                f"{HOSTILE}{one.name}",
                [(HOSTILE, f"{one.text} {HOSTILE}"), ("Marie", one.text)],
                {HOSTILE: HOSTILE, "lieu": f"={one.variables['lieu']}()"},
            )
            for one in invented_documents(12).documents
        )
    )


def test_texts_of_a_stranger_stay_texts() -> None:
    done = study(_hostile_corpus())
    written = report(done, HOSTILE, drawings(done))
    outline = Outline()
    outline.feed(written)
    assert "script" not in outline.tags
    assert not any(sign in written for sign in ("\x00", "\x07"))
    for figures in all_figures(done):
        for row in csv.reader(io.StringIO(csv_text(figures).lstrip("\ufeff"), newline=""), delimiter=";"):
            assert not any(cell.lstrip().startswith(("=", "@", "+")) for cell in row)


def test_axe_finds_nothing(browser: Browser, page_text: str, tmp_path: Path) -> None:
    file = tmp_path / "rapport.html"
    file.write_text(page_text.replace("default-src 'none'; ", ""), encoding="utf-8")  # axe is a script
    for dark, narrow in ((False, False), (True, True)):
        for page in _opened(browser, file, dark=dark, narrow=narrow):
            assert axe_findings(page) == []
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_asked_of_the_network(browser: Browser, page_text: str, tmp_path: Path) -> None:
    file = tmp_path / "rapport.html"
    file.write_text(page_text, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    context.close()
    assert asked == [file.as_uri()]
    assert said == []


def _opened(browser: Browser, file: Path, *, dark: bool, narrow: bool) -> Iterator[Page]:
    size = PHONE if narrow else {"width": 1280, "height": 900}
    context = browser.new_context(viewport=size, color_scheme="dark" if dark else "light", reduced_motion="reduce")
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


# ---- the command


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NUSERUS_LANGUAGE", "fr")
    return tmp_path


@pytest.fixture
def corpus_file(place: Path) -> Path:
    (place / "essai.txt").write_text(write_iramuteq(invented_documents()), encoding="utf-8")
    return place / "essai.txt"


def test_command_writes_a_report(corpus_file: Path, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "essai.txt", "--k", "3"]) == 0
    written = place / "analyse-essai"
    assert (written / "rapport.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert {"profils.csv", "segments.csv", "divisions.csv"} <= {one.name for one in written.iterdir()}
    said = capsys.readouterr()
    assert "3 classes" in said.out
    assert said.err.splitlines()[0] == "Lecture des textes"
    assert sorted(one.name for one in place.iterdir()) == ["analyse-essai", "essai.txt"]


def test_nothing_is_replaced_without_being_asked(
    corpus_file: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = place / "sortie"
    out.mkdir()
    (out / "rapport.html").write_text("le mien")
    (out / "specificites-7.csv").write_text("d’avant")
    (out / "notes.csv").write_text("à moi")
    assert main(["analyse", "essai.txt", "--out", "sortie"]) == 2
    assert "rien n’a été touché" in capsys.readouterr().err
    assert (out / "rapport.html").read_text() == "le mien"
    assert main(["analyse", "essai.txt", "--out", "sortie", "--force", "--double"]) == 0
    assert (out / "rapport.html").read_text(encoding="utf-8").startswith("<!DOCTYPE")
    assert (out / "notes.csv").read_text() == "à moi"
    assert not (out / "specificites-7.csv").exists()
    assert main(["analyse", "essai.txt", "--out", "essai.txt", "--force"]) == 2
    assert "est un fichier" in capsys.readouterr().err


def _one_sentence(error: str) -> str:
    return error.splitlines()[-1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        ("été".encode("cp1252"), "UTF-8"),
        (b"%PDF-1.7", "pas un texte"),
        (b"... !!! ???", "pas un mot"),
        (b"Bonjour tout le monde.", "qu’un document"),
        (b"**** *a_1\nUn chat.\n**** *a_2\nUn chien.\n", "trop court"),
        ("Il est là et nous y sommes avec eux. ".encode() * 200, "mots-outils"),
        (b"La tablette du foyer. " * 400, "se ressemblent"),
    ],
)
def test_refusals_say_what_to_do(content: bytes, words: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "c.txt").write_bytes(content)
    assert main(["analyse", "c.txt"]) == 2
    said = capsys.readouterr()
    assert words in _one_sentence(said.err)
    assert said.out == ""
    assert [one.name for one in place.iterdir()] == ["c.txt"]


def test_other_refusals(place: Path, corpus_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "absent.txt"]) == 2
    with (place / "gros.txt").open("wb") as opened:
        opened.truncate(2 * 1024**3)
    assert main(["analyse", "gros.txt"]) == 2
    assert "200 Mo" in _one_sentence(capsys.readouterr().err)
    assert main(["analyse", "essai.txt", "--double", "--segments", "turns"]) == 2
    for words in (["--k", "1"], ["--segments", "3"], ["--segments", "²"], ["--mode", "autre"]):
        with pytest.raises(SystemExit) as left:
            main(["analyse", "essai.txt", *words])
        assert left.value.code == 2


def test_place_that_cannot_be_written(corpus_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["analyse", "essai.txt", "--out", "essai.txt/rapport"]) == 2
    assert "ne peut pas être écrit" in _one_sentence(capsys.readouterr().err)


def test_invented_words_are_french_sentences() -> None:
    said = invented_documents(3).documents
    assert all(document.text.count(".") == 14 for document in said)
    assert set(WORLDS) == {"outil", "lien", "cadre"}

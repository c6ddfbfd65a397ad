"""Corpora: files of five kinds, the format of IRaMuTeQ both ways, and the tables made of them."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus_analysis.corpus import (
    Corpus,
    Document,
    Problem,
    UnreadableCorpus,
    read_corpus,
    read_iramuteq,
    read_turns,
    segment,
    tabulate,
    units_of,
    write_iramuteq,
)
from nuserus_analysis.corpus.speech import conversation
from nuserus_analysis.text.segments import Cutting
from tests.analysis.invented import invented_documents

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
names = st.text(alphabet="abcdé", min_size=1, max_size=6)
values = st.text(alphabet="abé1_-", max_size=6)
said = st.lists(st.text(alphabet="abc .,-*’é", min_size=1, max_size=30), min_size=1, max_size=4).map("\n".join)
speech = st.lists(st.tuples(names, said), min_size=1, max_size=4)


def _clean(text: str) -> bool:
    return not any(line.startswith(("****", "-*")) for line in text.split("\n")) and text.strip("\n") == text != ""


@given(st.lists(st.tuples(speech, st.dictionaries(names, values, max_size=3)), max_size=4))
def test_iramuteq_comes_back_as_it_went(documents: list[tuple[list[tuple[str, str]], dict[str, str]]]) -> None:
    corpus = Corpus(
        tuple(
            Document.of_turns(
                str(rank), [(who, text) for who, text in turns if _clean(text)] or [("", "mot")], variables
            )
            for rank, (turns, variables) in enumerate(documents, start=1)
        )
    )
    assert read_iramuteq(write_iramuteq(corpus)) == corpus


@given(
    st.lists(st.text(max_size=80), max_size=4), st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=3)
)
def test_what_is_written_reads_and_writes_the_same(texts: list[str], variables: dict[str, str]) -> None:
    written = write_iramuteq(
        Corpus(tuple(Document.of_text(str(rank), text, variables) for rank, text in enumerate(texts)))
    )
    again = read_iramuteq(written)
    assert len(again.documents) == len(texts)
    assert write_iramuteq(again) == written


def test_iramuteq_by_hand() -> None:
    corpus = read_iramuteq("\n**** *sexe_f *age_18_25 *seul\nBonjour.\n-*Marie\nOui,\nvraiment.\n**** *sexe_h\nNon.\n")
    first, second = corpus.documents
    assert first.variables == {"sexe": "f", "age": "18_25", "seul": ""}
    assert [(turn.speaker, first.said(turn)) for turn in first.turns] == [
        ("", "Bonjour."),
        ("Marie", "Oui,\nvraiment."),
    ]
    assert second.text == "Non."
    assert (corpus.variables, corpus.speakers) == (("sexe", "age", "seul"), ("Marie",))
    with pytest.raises(ValueError, match="four stars"):
        read_iramuteq("Bonjour\n**** *a_b")


def test_turns_of_a_conversation() -> None:
    text = "Entretien du matin\nEnquêteur : Bonjour.\nMarie : Oui.\nEt encore.\nEnquêteur : Non ?\nMarie : Attention : voilà."
    found = conversation("un", text)
    assert [(turn.speaker, found.said(turn).strip()) for turn in found.turns] == [
        ("", "Entretien du matin"),
        ("Enquêteur", "Bonjour."),
        ("Marie", "Oui.\nEt encore."),
        ("Enquêteur", "Non ?"),
        ("Marie", "Attention : voilà."),
    ]
    plain = conversation("deux", "Attention : il pleut.\nRappel : il vente.")
    assert [turn.speaker for turn in plain.turns] == [""]


def make_docx(path: Path, body: str, **more: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>')
        for name, content in more.items():
            archive.writestr(name, content)
    return path


def make_odt(path: Path, body: str) -> Path:
    spaces = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("text", "office")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"<office:document-content {spaces}>{body}</office:document-content>")
    return path


def test_docx_says_its_paragraphs_and_nothing_deleted(tmp_path: Path) -> None:
    body = (
        "<w:p><w:r><w:t>Une </w:t></w:r><w:r><w:tab/><w:t>ligne</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>ôtée</w:delText></w:r></w:del><w:ins><w:r><w:t>mise</w:t></w:r></w:ins></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>case</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    document = read_corpus(make_docx(tmp_path / "récit.docx", body)).documents[0]
    assert (document.name, document.text) == ("récit", "Une  ligne\nmise\ncase")


def test_odt_says_its_paragraphs_and_nothing_deleted(tmp_path: Path) -> None:
    body = (
        "<office:text><text:tracked-changes><text:p>ôtée</text:p></text:tracked-changes><text:h>Titre</text:h>"
        "<text:p>Une<text:s/><text:span>ligne</text:span> ici<text:note><text:p>note</text:p></text:note>.</text:p>"
        "<text:list><text:list-item><text:p>point</text:p></text:list-item></text:list></office:text>"
    )
    assert read_corpus(make_odt(tmp_path / "a.odt", body)).documents[0].text == "Titre\nUne ligne ici.\npoint"


def test_csv_has_a_text_and_variables(tmp_path: Path) -> None:
    file = tmp_path / "réponses.csv"
    file.write_bytes('\ufefflieu;Réponse;âge\nIME;"Un ; deux\nlignes";12\nESAT;;13\nfoyer;Trois\n'.encode())
    corpus = read_corpus(file)
    assert [(document.name, document.text, document.variables) for document in corpus.documents] == [
        ("2", "Un ; deux\nlignes", {"lieu": "IME", "âge": "12"}),
        ("4", "Trois", {"lieu": "foyer", "âge": ""}),
    ]
    assert [document.text for document in read_corpus(file, column="Lieu").documents] == ["IME", "ESAT", "foyer"]
    with pytest.raises(UnreadableCorpus) as refused:
        read_corpus(file, column="absente")
    assert refused.value.problem == Problem.NO_COLUMN


def test_folder_is_a_document_a_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("Deux", encoding="utf-8")
    (tmp_path / "a.txt").write_bytes("Un été".encode("utf-16"))
    (tmp_path / "image.png").write_bytes(b"\x89PNG")
    assert [(one.name, one.text) for one in read_corpus(tmp_path).documents] == [("a", "Un été"), ("b", "Deux")]


def _problem(path: Path, **more: str) -> Problem:
    with pytest.raises(UnreadableCorpus) as refused:
        read_corpus(path, **more)
    return refused.value.problem


def test_refusals(tmp_path: Path) -> None:
    def file(name: str, content: bytes) -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    assert _problem(tmp_path / "absent.txt") == Problem.MISSING
    assert _problem(file("vide.txt", b" \n")) == Problem.EMPTY
    assert _problem(file("vide.csv", b"texte\n")) == Problem.EMPTY
    assert _problem(file("vieux.txt", "été".encode("cp1252"))) == Problem.UNDECODABLE
    assert _problem(tmp_path / "vieux.txt", encoding="rot-martien") == Problem.UNDECODABLE
    assert read_corpus(tmp_path / "vieux.txt", encoding="cp1252").documents[0].text == "été"
    assert _problem(file("image.txt", b"\x89PNG\r\n")) == Problem.BINARY
    assert _problem(file("zéros.csv", b"a;b\n\0\0")) == Problem.BINARY
    assert _problem(file("dessin.svg", b"<svg/>")) == Problem.UNKNOWN_KIND
    assert _problem(file("faux.docx", b"rien")) == Problem.DAMAGED
    assert _problem(file("chiffres.odt", b"PK\x03\x04 coupe")) == Problem.DAMAGED
    assert _problem(make_odt(tmp_path / "autre.docx", "<a/>")) == Problem.DAMAGED


def test_huge_file_is_refused_by_its_size(tmp_path: Path) -> None:
    file = tmp_path / "énorme.txt"
    with file.open("wb") as opened:
        opened.truncate(2 * 1024**3)  # sparse: it takes no room
    assert _problem(file) == Problem.TOO_LARGE


def test_archives_that_swell_are_refused(tmp_path: Path) -> None:
    bomb = make_docx(tmp_path / "bombe.docx", "<w:p><w:r><w:t>" + "0" * 30_000_000 + "</w:t></w:r></w:p>")
    assert bomb.stat().st_size < 100_000
    assert _problem(bomb) == Problem.SWELLING
    lying = bytearray(bomb.read_bytes())
    at = lying.find(b"PK\x01\x02") + 24  # the size that the archive says it has
    lying[at : at + 4] = (1000).to_bytes(4, "little")
    (tmp_path / "menteur.docx").write_bytes(lying)
    assert _problem(tmp_path / "menteur.docx") in (Problem.SWELLING, Problem.DAMAGED)


def test_entities_and_depth_are_refused(tmp_path: Path) -> None:
    entities = tmp_path / "entités.docx"
    with zipfile.ZipFile(entities, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>')
    assert _problem(entities) == Problem.DAMAGED
    deep = make_docx(tmp_path / "profond.docx", "<w:p>" + "<w:r>" * 20_000 + "</w:r>" * 20_000 + "</w:p>")
    assert _problem(deep) == Problem.DAMAGED


def test_segments_cross_neither_turns_nor_documents() -> None:
    text = " ".join(["mot"] * 30)
    corpus = Corpus(
        (
            Document.of_turns("un", [("A", text), ("B", text), ("A", f"{text} {text} {text}")]),
            Document.of_text("deux", text),
        )
    )
    turns = read_turns(corpus)
    found = segment(turns)
    assert [(one.document, one.speaker, one.words) for one in found] == [
        (0, "A", 30), (0, "B", 30), (0, "A", 40), (0, "A", 50), (1, "", 30),
    ]  # fmt: skip
    for one in found:
        assert corpus.documents[one.document].text[one.start : one.end].split() == ["mot"] * one.words
    assert [one.words for one in segment(turns, Cutting.TURNS)] == [30, 30, 90, 30]


@given(st.integers(6, 60), st.integers(6, 60), st.integers(1, 300))
def test_units_are_cut_by_both(one: int, other: int, many: int) -> None:
    turns = read_turns(Corpus((Document.of_text("a", "un mot, et. " * many), Document.of_text("b", "mot " * many))))
    first, second = segment(turns, words=one), segment(turns, words=other)
    units, of_first, of_second = units_of(turns, first, second)
    assert sum(unit.words for unit in units) == sum(segment.words for segment in first)
    for unit, here, there in zip(units, of_first.tolist(), of_second.tolist(), strict=True):
        for whole in (first[here], second[there]):
            assert whole.turn == unit.turn
            assert whole.first <= unit.first < unit.last <= whole.last


def test_tables_count_what_is_there() -> None:
    corpus = Corpus(
        (
            Document.of_text("1", "Les tablettes et la tablette utilisent le référent·e."),
            Document.of_text("2", "Une tablette utilise, 12 fois."),
            Document.of_text("3", "Le référent a écrit à a@b.fr."),
        )
    )
    turns = read_turns(corpus)
    tables = tabulate(turns, segment(turns, Cutting.TURNS), least=2)
    assert tables.vocabulary == ("tablette", "référent", "utiliser")
    assert tables.counts.toarray().tolist() == [[2, 1, 1], [1, 0, 1], [0, 1, 0]]
    assert tables.presence.toarray().tolist() == [[1, 1, 1], [1, 0, 1], [0, 1, 0]]
    assert tables.forms["tablette"] == ("tablette", "tablettes")
    assert tables.frequencies.tolist() == [3, 2, 2]
    assert {"le", "et", "avoir"} <= set(tables.supplementary_vocabulary)
    assert tables.supplementary_counts.sum() == 9
    assert tabulate(turns, segment(turns, Cutting.TURNS), least=2, most=1).vocabulary == ("tablette",)


def test_nothing_but_words_of_grammar_leaves_no_column() -> None:
    turns = read_turns(Corpus((Document.of_text("1", "Il est là et nous y sommes."),)))
    assert tabulate(turns, segment(turns)).presence.shape == (1, 0)


def test_invented_corpus_is_the_same_each_time() -> None:
    assert invented_documents() == invented_documents()
    tables = tabulate(turns := read_turns(invented_documents()), segment(turns))
    assert np.array_equal(tables.presence.toarray(), tables.counts.toarray() > 0)

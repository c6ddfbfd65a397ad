"""Bibliographies in and out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from nuserus.foundation.asking import acting_as
from nuserus.foundation.plain import plain_line
from nuserus.people.models import Account
from nuserus.studies.enums import ReferenceKind
from nuserus.studies.models import Reference
from nuserus.studies.queries.citations import (
    MAX_ENTRIES,
    decoded,
    read_bibliography,
    read_bibtex,
    read_ris,
    written_bibtex,
    written_ris,
)
from tests.factories.studies import lead_of, make_study

ClientAs = Callable[[Account | None], Client]
BIBTEX = """@article{dupont2018, title = {Le num{\\'e}rique {AU} quotidien}, author = {Dupont, Anne and Martin, Bob},
 journal = {Revue d’essai}, year = 2018, pages = {12--34}, doi = {https://doi.org/10.1000/essai}}

@book{sans, author = {Personne, A.}}
@article{dupont2018, title = {Encore}}
@inbook{cassee, title = {Il manque une accolade
"""
RIS = (
    "TY  - CHAP\r\nAU  - Dupont, Anne\r\nTI  - Écrire\r\nT2  - Un ouvrage\r\nPY  - 2019/03/\r\nSP  - 3\r\nEP  - 9\r\nER  - \r\n"
    "ici\r\nTY  - JOUR\r\nAU  - Personne\r\nER  - \r\nTY  - BOOK\r\nTI  - Sans fin\r\n"
)


def test_bibtex_is_read_and_what_is_wrong_is_told_by_its_line() -> None:
    read = read_bibtex(BIBTEX)
    (one,) = read.cited
    assert (one.title, one.authors, one.year) == ("Le numérique AU quotidien", "Dupont, Anne\nMartin, Bob", 2018)
    assert (one.kind, one.pages, one.doi) == (ReferenceKind.ARTICLE, "12–34", "10.1000/essai")
    assert [problem.line for problem in read.problems] == [4, 5, 6]


def test_ris_is_read_and_what_is_wrong_is_told_by_its_line() -> None:
    read = read_ris(RIS)
    (one,) = read.cited
    assert (one.kind, one.title, one.container, one.year, one.pages) == (
        ReferenceKind.CHAPTER, "Écrire", "Un ouvrage", 2019, "3–9",
    )  # fmt: skip
    assert [problem.line for problem in read.problems] == [9, 10, 13]


def test_what_is_neither_is_said_so() -> None:
    assert read_bibliography("").problems[0].words == "le fichier est vide."
    assert "ni du BibTeX ni du RIS" in read_bibliography("Bonjour").problems[0].words
    many = "".join(f"@misc{{k{number}, title={{T{number}}}}}\n" for number in range(MAX_ENTRIES + 1))
    read = read_bibliography(many)
    assert len(read.cited) == MAX_ENTRIES
    assert read.problems[-1].line == MAX_ENTRIES + 1
    assert decoded("é".encode("cp1252")) == decoded(b"\xef\xbb\xbf\xc3\xa9") == "é"


WORDS = st.text(st.characters(min_codepoint=32, max_codepoint=0x24F, exclude_characters="{}\\"), min_size=1).map(
    lambda text: " ".join(f"x{text}".split())
)


@settings(max_examples=60)
@given(title=WORDS, year=st.integers(1400, 2200), author=st.sampled_from(["Dupont, Anne", "O’Neil, B."]))
def test_what_is_written_is_read_again(title: str, year: int, author: str) -> None:
    one = Reference(key="cle-1", kind="book", title=title, year=year, authors=author, publisher="Éditions & Cie")
    for text in (written_bibtex([one]), written_ris([one])):
        (again,) = read_bibliography(text).cited
        assert (again.year, again.authors, again.kind, again.publisher) == (year, author, "book", "Éditions & Cie")
    assert read_bibliography(written_ris([one])).cited[0].title == plain_line(title)


@settings(max_examples=60)
@given(st.text(st.sampled_from('@{},="\\ \nabTY-ER%#1'), max_size=200))
def test_no_text_stops_the_reading(text: str) -> None:
    read = read_bibliography(text)
    assert read.cited or read.problems


@pytest.mark.usefixtures("database")
def test_a_file_goes_in_once_and_comes_out(client_as: ClientAs) -> None:
    study = make_study()
    lead = lead_of(study)
    client = client_as(lead)
    page = reverse("studies:import_references", args=[study.pk])
    assert client.post(page, {}).status_code == 422
    refused = client.post(page, {"file": SimpleUploadedFile("a.bib", b"x" * 1_000_001)})
    assert refused.status_code == 422
    assert "mégaoctet" in refused.content.decode()
    said = client.post(page, {"file": SimpleUploadedFile("a.bib", BIBTEX.encode())}).content.decode()
    assert "1 référence ajoutée" in said
    assert "Ligne 4" in said
    client.post(page, {"text": "TY  - JOUR\nTI  - Le numérique AU quotidien\nPY  - 2018\nER  - \n"})
    client.post(
        reverse("studies:new_reference", args=[study.pk]), {"kind": "web", "title": "Une page", "state": "read"}
    )
    with acting_as(lead.pk):
        assert sorted(Reference.objects.values_list("key", flat=True)) == ["dupont2018", "une"]
    bib = client.get(reverse("studies:bibtex", args=[study.pk])).content.decode()
    assert {entry.key for entry in parse_string(bib).entries} == {"dupont2018", "une"}
    ris = client.get(reverse("studies:ris", args=[study.pk])).content.decode()
    assert {entry["title"] for entry in rispy.loads(ris)} == {"Le numérique AU quotidien", "Une page"}
    assert "Le numérique AU quotidien" in client.get(reverse("studies:bibliography", args=[study.pk])).content.decode()

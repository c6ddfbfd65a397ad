"""Bibliographies as files: BibTeX and RIS, read within bounds and written again."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import rispy
from bibtexparser.entrypoint import parse_string, write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import DuplicateBlockKeyBlock, Entry, Field
from django.utils.text import slugify
from django.utils.translation import gettext as _

from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.enums import ReferenceKind
from nuserus.studies.models import Reference

MAX_BYTES = 1_000_000
MAX_ENTRIES = 500
_FIRST_YEAR, _LAST_YEAR = 1400, 2200


@dataclass(frozen=True, slots=True)
class Cited:
    """One reference as a file says it; `line` is where it begins, from 1."""

    line: int
    key: str
    kind: ReferenceKind
    title: str
    authors: str = ""
    year: int | None = None
    container: str = ""
    publisher: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    url: str = ""
    abstract: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, and where."""

    line: int
    words: str

    def __str__(self) -> str:
        return _("Ligne %(line)d : %(words)s") % {"line": self.line, "words": self.words}


@dataclass(frozen=True, slots=True)
class Read:
    """What a file gave."""

    cited: list[Cited]
    problems: list[Problem]


_BIBTEX_KINDS = {
    "article": ReferenceKind.ARTICLE,
    "book": ReferenceKind.BOOK,
    "incollection": ReferenceKind.CHAPTER,
    "inbook": ReferenceKind.CHAPTER,
    "phdthesis": ReferenceKind.THESIS,
    "mastersthesis": ReferenceKind.THESIS,
    "thesis": ReferenceKind.THESIS,
    "techreport": ReferenceKind.REPORT,
    "report": ReferenceKind.REPORT,
    "inproceedings": ReferenceKind.CONFERENCE,
    "conference": ReferenceKind.CONFERENCE,
    "online": ReferenceKind.WEB,
}
_TO_BIBTEX = {
    ReferenceKind.ARTICLE: ("article", "journal"),
    ReferenceKind.BOOK: ("book", "series"),
    ReferenceKind.CHAPTER: ("incollection", "booktitle"),
    ReferenceKind.THESIS: ("phdthesis", "note"),
    ReferenceKind.REPORT: ("techreport", "series"),
    ReferenceKind.CONFERENCE: ("inproceedings", "booktitle"),
    ReferenceKind.WEB: ("online", "organization"),
    ReferenceKind.OTHER: ("misc", "howpublished"),
}
_RIS_KINDS = {
    "JOUR": ReferenceKind.ARTICLE,
    "MGZN": ReferenceKind.ARTICLE,
    "NEWS": ReferenceKind.ARTICLE,
    "BOOK": ReferenceKind.BOOK,
    "EDBOOK": ReferenceKind.BOOK,
    "CHAP": ReferenceKind.CHAPTER,
    "THES": ReferenceKind.THESIS,
    "RPRT": ReferenceKind.REPORT,
    "CONF": ReferenceKind.CONFERENCE,
    "CPAPER": ReferenceKind.CONFERENCE,
    "ELEC": ReferenceKind.WEB,
    "WEB": ReferenceKind.WEB,
}
_TO_RIS = {
    ReferenceKind.ARTICLE: "JOUR",
    ReferenceKind.BOOK: "BOOK",
    ReferenceKind.CHAPTER: "CHAP",
    ReferenceKind.THESIS: "THES",
    ReferenceKind.REPORT: "RPRT",
    ReferenceKind.CONFERENCE: "CPAPER",
    ReferenceKind.WEB: "ELEC",
    ReferenceKind.OTHER: "GEN",
}
_BRACES = re.compile(r"[{}]")
_LONE_SIGNS = re.compile(r"(?<!\\)([&%#$_])")
_YEAR = re.compile(r"\b(\d{4})\b")
_AND = re.compile(r"\s+and\s+")
_RIS_TAG = re.compile(r"^[A-Z][A-Z0-9]  ?- ?")


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, with or without its mark, else Windows-1252 as older programs write it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def read_bibliography(text: str) -> Read:
    """References of a BibTeX or RIS text: the first sign tells which."""
    begins = text.lstrip("\ufeff \t\r\n")
    if not begins:
        return Read([], [Problem(1, _("le fichier est vide."))])
    if _RIS_TAG.match(begins) or re.match(r"^\d+\.\s*\n", begins):
        return _bounded(read_ris(text))
    if "@" in begins:
        return _bounded(read_bibtex(text))
    return Read([], [Problem(1, _("ce n’est ni du BibTeX ni du RIS. Exportez l’un des deux de votre logiciel."))])


def _bounded(read: Read) -> Read:
    if len(read.cited) <= MAX_ENTRIES:
        return read
    too_many = Problem(
        read.cited[MAX_ENTRIES].line,
        _("plus de %(most)d références. Coupez le fichier en deux.") % {"most": MAX_ENTRIES},
    )
    return Read(read.cited[:MAX_ENTRIES], [*read.problems, too_many])


def read_bibtex(text: str) -> Read:
    """References of a BibTeX text; what cannot be read is told by its line."""
    library = parse_string(text)
    cited, problems = [], []
    for block in library.failed_blocks:
        line = (block.start_line or 0) + 1
        if isinstance(block, DuplicateBlockKeyBlock):
            problems.append(Problem(line, _("la même clé est déjà plus haut.")))
        else:
            problems.append(Problem(line, _("une accolade ou une virgule manque. Cette référence est laissée.")))
    for entry in library.entries:
        one = _from_bibtex(entry)
        if one.title:
            cited.append(one)
        else:
            problems.append(Problem(one.line, _("cette référence n’a pas de titre.")))
    if not cited and not problems:
        problems.append(Problem(1, _("aucune référence dans ce fichier.")))
    return Read(cited, sorted(problems, key=lambda problem: problem.line))


def _from_bibtex(entry: Entry) -> Cited:
    said = {field.key.lower(): _BRACES.sub("", _from_latex(str(field.value))) for field in entry.fields}
    kind = _BIBTEX_KINDS.get(entry.entry_type.lower(), ReferenceKind.OTHER)
    year = _year(said.get("year") or said.get("date", ""))
    return _clean(
        Cited(
            line=(entry.start_line or 0) + 1,
            key=entry.key,
            kind=kind,
            title=said.get("title", ""),
            authors="\n".join(_AND.split(said.get("author") or said.get("editor", ""))),
            year=year,
            container=said.get("journal") or said.get("journaltitle") or said.get("booktitle", ""),
            publisher=said.get("publisher") or said.get("institution") or said.get("school", ""),
            volume=said.get("volume", ""),
            number=said.get("number", ""),
            pages=said.get("pages", "").replace("--", "–"),
            doi=said.get("doi", ""),
            url=said.get("url", ""),
            abstract=said.get("abstract", ""),
        )
    )


def _from_latex(value: str) -> str:
    """« num{\\'e}rique » as it is read; the lone signs that LaTeX would swallow stay."""
    if "\\" not in value:
        return value
    one = Entry("misc", "one", [Field("text", _LONE_SIGNS.sub(r"\\\1", value))])
    made = LatexDecodingMiddleware().transform_entry(one, Library())
    return str(made.fields[0].value) if isinstance(made, Entry) else value


def read_ris(text: str) -> Read:
    """References of a RIS text; what cannot be read is told by its line."""
    cited, problems = [], []
    begun, lines = 0, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):
        if line.startswith("TY  -"):
            if begun:
                problems.append(Problem(begun, _("cette référence n’a pas de fin (ligne « ER  - »).")))
            begun = number
        elif line.startswith("ER  -"):
            if not begun:
                problems.append(Problem(number, _("une fin (« ER  - ») sans début (« TY  - »).")))
                continue
            one = _from_ris("\n".join(lines[begun - 1 : number]), begun)
            if one is None:
                problems.append(Problem(begun, _("cette référence n’a pas de titre.")))
            else:
                cited.append(one)
            begun = 0
        elif line.strip() and not begun and not re.match(r"^\d+\.$", line.strip()):
            problems.append(Problem(number, _("du texte hors de toute référence.")))
    if begun:
        problems.append(Problem(begun, _("cette référence n’a pas de fin (ligne « ER  - »).")))
    return Read(cited, problems)


def _from_ris(block: str, line: int) -> Cited | None:
    found: list[dict[str, Any]] = rispy.loads(block + "\n")
    said = found[0] if found else {}
    title = said.get("title") or said.get("primary_title") or ""
    if not title:
        return None
    authors = said.get("authors") or said.get("first_authors") or []
    first, last = said.get("start_page", ""), said.get("end_page", "")
    urls = said.get("urls") or [said.get("url", "")]
    year = _year(str(said.get("year") or said.get("publication_year") or said.get("date") or ""))
    named = authors[0].split(",")[0] if authors else title.split(" ")[0]
    return _clean(
        Cited(
            line=line,
            key=said.get("id") or f"{named}-{year or ''}",
            kind=_RIS_KINDS.get(said.get("type_of_reference", ""), ReferenceKind.OTHER),
            title=title,
            authors="\n".join(authors),
            year=year,
            container=said.get("journal_name") or said.get("secondary_title") or said.get("alternate_title3") or "",
            publisher=said.get("publisher", ""),
            volume=str(said.get("volume", "")),
            number=str(said.get("number", "")),
            pages="–".join(part for part in (first, last) if part),
            doi=said.get("doi", ""),
            url=urls[0] if urls else "",
            abstract=said.get("abstract") or said.get("notes_abstract") or "",
        )
    )


def _year(text: str) -> int | None:
    found = _YEAR.search(text)
    year = int(found[1]) if found else 0
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _clean(cited: Cited) -> Cited:
    """The words as the columns can hold them: plain, and cut at their lengths."""
    lengths = {one.name: one.max_length for one in Reference._meta.fields if getattr(one, "max_length", None)}
    changed: dict[str, Any] = {}
    for one in fields(Cited):
        value = getattr(cited, one.name)
        if one.name in ("authors", "abstract"):
            changed[one.name] = plain_text(value)[: lengths[one.name]]
        elif one.name in lengths and one.name not in ("kind", "key"):
            changed[one.name] = plain_line(value)[: lengths[one.name]]
    doi = changed["doi"].removeprefix("https://doi.org/").removeprefix("http://dx.doi.org/")
    url = changed["url"] if changed["url"].startswith(("https://", "http://")) else ""
    return replace(cited, **{**changed, "doi": doi, "url": url, "key": slugify(cited.key)[:80] or "reference"})


def written_bibtex(references: Iterable[Reference]) -> str:
    """The references as BibTeX."""
    library = Library()
    for one in references:
        kind, container = _TO_BIBTEX[ReferenceKind(one.kind)]
        said = {
            "title": one.title,
            "author": " and ".join(one.authors.splitlines()),
            "year": str(one.year or ""),
            container: one.container,
            {"phdthesis": "school", "techreport": "institution"}.get(kind, "publisher"): one.publisher,
            "volume": one.volume,
            "number": one.number,
            "pages": one.pages.replace("–", "--"),
            "doi": one.doi,
            "url": one.url,
            "abstract": one.abstract,
        }
        written = [(key, _balanced(value, key=key)) for key, value in said.items()]
        library.add(Entry(kind, one.key, [Field(key, value) for key, value in written if value]))
    return str(write_string(library))


def _balanced(text: str, *, key: str) -> str:
    """Without braces, an odd one would end the field too early; the signs of LaTeX escaped, but in addresses."""
    plain = unicodedata.normalize("NFC", _BRACES.sub("", text).replace("\\", "/"))
    return plain if key in ("doi", "url") else _LONE_SIGNS.sub(r"\\\1", plain)


def written_ris(references: Iterable[Reference]) -> str:
    """The references as RIS."""
    return str(rispy.dumps([_to_ris(one) for one in references]))


def _to_ris(one: Reference) -> dict[str, Any]:
    first, _dash, last = one.pages.partition("–")
    said = {
        "type_of_reference": _TO_RIS[ReferenceKind(one.kind)],
        "id": one.key,
        "title": one.title,
        "authors": one.authors.splitlines(),
        "year": str(one.year or ""),
        "secondary_title": one.container,
        "publisher": one.publisher,
        "volume": one.volume,
        "number": one.number,
        "start_page": first,
        "end_page": last,
        "doi": one.doi,
        "urls": [one.url] if one.url else [],
        "abstract": " ".join(one.abstract.split()),
    }
    return {key: value for key, value in said.items() if value}

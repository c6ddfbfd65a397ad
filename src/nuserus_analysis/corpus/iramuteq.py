"""The format of IRaMuTeQ's corpora, read and written.

A document begins with a line `**** *variable_value *other_value`; a line `-*name` begins a turn. Names
and values hold no white space: what is written has `-` there (and in a name `-` for `_`, which parts
it from its value). A line of text that looks like one of these gets a space before it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from nuserus_analysis.corpus.documents import Corpus, Document
from nuserus_analysis.text.canonical import canonical_text

HEADER = re.compile(r"^(?:\*{4}|\d{4}(?=[ \t]+\*))(?:[ \t]+(.*))?$")
TURN = re.compile(r"^-\*(.*)$")
_STAR = re.compile(r"(?:^|[ \t])\*")


def looks_like_iramuteq(text: str) -> bool:
    """Whether the first line that says something is the header of a document."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return HEADER.match(first) is not None


def read_iramuteq(text: str) -> Corpus:
    """Read a corpus; documents are named by their rank. Raises ValueError when text comes before any header."""
    documents: list[Document] = []
    variables: dict[str, str] | None = None
    turns: list[tuple[str, list[str]]] = []
    for line in canonical_text(text).split("\n"):
        header, turn = HEADER.match(line), TURN.match(line)
        if header:
            if variables is not None:
                documents.append(_document(len(documents), turns, variables))
            variables, turns = _variables(header[1] or ""), [("", [])]
        elif variables is None:
            if line.strip():
                raise ValueError("A corpus of IRaMuTeQ begins with a line of four stars")
        elif turn:
            turns.append((turn[1].strip(), []))
        else:
            turns[-1][1].append(line)
    if variables is not None:
        documents.append(_document(len(documents), turns, variables))
    return Corpus(tuple(documents))


def write_iramuteq(corpus: Corpus) -> str:
    """The corpus in this format; read again and written again it is the same text."""
    return "\n".join(_written(document) for document in corpus.documents)


def _variables(header: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _STAR.split(header):
        name, _underscore, value = one.strip().partition("_")
        if name:
            found[name] = value.strip()
    return found


def _document(rank: int, turns: list[tuple[str, list[str]]], variables: Mapping[str, str]) -> Document:
    said = [(speaker, "\n".join(lines).strip("\n")) for speaker, lines in turns]
    kept = [(speaker, text) for speaker, text in said if speaker or text]
    return Document.of_turns(str(rank + 1), kept or [("", "")], variables)


def _written(document: Document) -> str:
    clean = {_name(name): _value(value) for name, value in document.variables.items()}
    stars = "".join(f" *{name}_{value}" if value else f" *{name}" for name, value in clean.items() if name)
    lines = [f"****{stars}"]
    for rank, turn in enumerate(document.turns):
        speaker = " ".join(turn.speaker.split())
        if speaker or rank:
            lines.append(f"-*{speaker}")
        said = document.said(turn).strip("\n")
        lines += [f" {line}" if HEADER.match(line) or TURN.match(line) else line for line in said.split("\n")]
    return "\n".join(lines) + "\n"


def _name(text: str) -> str:
    return re.sub(r"[\s_*]+", "-", unicodedata.normalize("NFC", text).strip()).strip("-")


def _value(text: str) -> str:
    return re.sub(r"\s+", "-", unicodedata.normalize("NFC", text).strip()).lstrip("*")

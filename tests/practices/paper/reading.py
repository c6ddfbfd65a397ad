"""A tagged PDF as a screen reader meets it: its elements in order, with what they say."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject


def opened(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content), strict=True)


def words(content: bytes) -> str:
    """All the text, on one line, without the places where long words may be broken."""
    text = "\n".join(page.extract_text() for page in opened(content).pages)
    return " ".join(text.replace("\u200b", "").replace("\u00ad", "").split())


def elements(reader: PdfReader) -> list[DictionaryObject]:
    """The structure elements, in the order in which they are read."""
    found: list[DictionaryObject] = []

    def visit(node: Any) -> None:
        element = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(element, list):
            for kid in element:
                visit(kid)
        elif isinstance(element, DictionaryObject):
            if "/S" in element:
                found.append(element)
            if "/K" in element:
                visit(element["/K"])

    visit(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])  # type: ignore[index]
    return found


def kinds(reader: PdfReader) -> list[str]:
    return [str(element["/S"]) for element in elements(reader)]


def alternatives(reader: PdfReader) -> list[str]:
    return [str(element["/Alt"]) for element in elements(reader) if "/Alt" in element]

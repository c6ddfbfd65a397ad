"""The paragraphs of a DOCX or an ODT: an archive of XML, read as one reads a stranger's.

How many entries, how large, and how much they grow is bounded, and what an entry says of its own size is
not believed. No entity is expanded, nothing outside is fetched, nothing is written to the disk.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from nuserus_analysis.corpus.limits import MAX_ENTRIES, MAX_OFFICE_TEXT, MAX_RATIO, SMALL, Problem, UnreadableCorpus

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# what was taken out, said in the margin, or counted by the program is no part of the text
_APART = frozenset(
    [f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}sequence-decls"]
    + [f"{space}{name}" for space in (_WORD, _STRICT) for name in ("del", "moveFrom", "instrText", "delText")]
)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BLOCK = 1 << 16


def docx_text(source: Path | BinaryIO, *, most: int = MAX_OFFICE_TEXT) -> str:
    """The paragraphs of a DOCX, a line each; `most` bytes are unpacked at most. Raises UnreadableCorpus."""
    return _lines(source, "word/document.xml", _word_paragraphs, most)


def odt_text(source: Path | BinaryIO, *, most: int = MAX_OFFICE_TEXT) -> str:
    """The paragraphs and headings of an ODT, likewise. Raises UnreadableCorpus."""
    return _lines(source, "content.xml", _odt_paragraphs, most)


def _lines(source: Path | BinaryIO, name: str, paragraphs: Callable[[Element], Iterator[str]], most: int) -> str:
    file = source.name if isinstance(source, Path) else name
    root = _xml(source, name, file, most)
    try:
        return "\n".join(paragraphs(root))
    except RecursionError as error:  # elements in elements, thousands deep
        raise UnreadableCorpus(Problem.DAMAGED, file) from error


def _xml(source: Path | BinaryIO, name: str, file: str, most: int) -> Element:
    try:
        with zipfile.ZipFile(source) as archive:
            if len(archive.infolist()) > MAX_ENTRIES:
                raise UnreadableCorpus(Problem.SWELLING, file)
            content = _entry(archive, archive.getinfo(name), file, most)
        root: Element = fromstring(content, forbid_dtd=True)
    except (zipfile.BadZipFile, KeyError, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableCorpus(Problem.DAMAGED, file) from error
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise UnreadableCorpus(Problem.DAMAGED, file) from error
    return root


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str, most: int) -> bytes:
    most = min(most, max(SMALL, entry.compress_size * MAX_RATIO))
    if entry.file_size > most:
        raise UnreadableCorpus(Problem.SWELLING, file)
    content = bytearray()
    with archive.open(entry) as opened:
        while block := opened.read(_BLOCK):
            content += block
            if len(content) > most:
                raise UnreadableCorpus(Problem.SWELLING, file)
    return bytes(content)


def _word_paragraphs(root: Element) -> Iterator[str]:
    for space in (_WORD, _STRICT):
        for paragraph in root.iter(f"{space}p"):
            yield "".join(_word_pieces(paragraph, space))


def _word_pieces(element: Element, space: str) -> Iterator[str]:
    for child in element:
        if child.tag in _APART or child.tag in (_FALLBACK, f"{space}p"):  # a paragraph in a frame comes by itself
            continue
        if child.tag == f"{space}t":
            yield child.text or ""
        elif child.tag in (f"{space}tab", f"{space}ptab"):
            yield " "
        elif child.tag in (f"{space}br", f"{space}cr"):
            yield "\n"
        elif child.tag == f"{space}noBreakHyphen":
            yield "-"
        else:
            yield from _word_pieces(child, space)


def _odt_paragraphs(element: Element) -> Iterator[str]:
    for child in element:
        if child.tag in _APART:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            yield "".join(_odt_pieces(child))
        else:
            yield from _odt_paragraphs(child)


def _odt_pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag in (f"{_TEXT}s", f"{_TEXT}tab"):
            yield " "
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _APART:
            yield from _odt_pieces(child)
        yield child.tail or ""

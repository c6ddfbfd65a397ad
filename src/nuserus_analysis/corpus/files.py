"""A corpus from a file, or from a folder of files: TXT, IRaMuTeQ, CSV, DOCX, ODT."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import Final

from nuserus_analysis.corpus.delimited import read_delimited
from nuserus_analysis.corpus.documents import Corpus, Document
from nuserus_analysis.corpus.iramuteq import looks_like_iramuteq, read_iramuteq
from nuserus_analysis.corpus.limits import MAX_FILES, MAX_OFFICE, MAX_TEXT, MEGABYTE, Problem, UnreadableCorpus
from nuserus_analysis.corpus.office import docx_text, odt_text
from nuserus_analysis.corpus.speech import conversation

OFFICE: Final[dict[str, Callable[[Path], str]]] = {".docx": docx_text, ".odt": odt_text}
DELIMITED: Final = frozenset({".csv", ".tsv"})
PLAIN: Final = frozenset({".txt", ".text", ".md", ""})
KINDS: Final = (*sorted(OFFICE), *sorted(DELIMITED), ".txt")
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# the first bytes of files that are often named .txt by mistake: archive, PDF, old Word, pictures
_BINARY: Final = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF")


def read_corpus(path: Path, *, encoding: str | None = None, column: str | None = None) -> Corpus:
    """Read a file, or each file of a folder as a document named after it, in the order of names.

    `encoding`: of plain texts that are not UTF-8; it is never guessed. `column`: of a CSV, the texts.
    Raises UnreadableCorpus, with EMPTY when nothing is written anywhere.
    """
    try:
        if not path.exists():
            raise UnreadableCorpus(Problem.MISSING, str(path))
        documents = _folder(path, encoding, column) if path.is_dir() else list(_file(path, encoding, column).documents)
    except OSError as error:
        raise UnreadableCorpus(Problem.UNREADABLE, path.name, error.strerror or "") from error
    kept = tuple(document for document in documents if document.text.strip())
    if not kept:
        raise UnreadableCorpus(Problem.EMPTY, path.name)
    return Corpus(kept)


def _folder(path: Path, encoding: str | None, column: str | None) -> list[Document]:
    files = sorted(
        one
        for one in path.iterdir()
        if one.is_file() and not one.name.startswith((".", "~")) and one.suffix.lower() in KINDS
    )
    if len(files) > MAX_FILES:
        raise UnreadableCorpus(Problem.TOO_MANY, path.name, str(MAX_FILES))
    left = MAX_TEXT
    documents: list[Document] = []
    for one in files:
        left -= one.stat().st_size
        if left < 0:
            raise UnreadableCorpus(Problem.TOO_LARGE, path.name, str(MAX_TEXT // MEGABYTE))
        documents += _file(one, encoding, column).documents
    return documents


def _file(path: Path, encoding: str | None, column: str | None) -> Corpus:
    kind = path.suffix.lower()
    if not path.is_file():
        raise UnreadableCorpus(Problem.UNKNOWN_KIND, path.name, ", ".join(KINDS))
    most = MAX_OFFICE if kind in OFFICE else MAX_TEXT
    if path.stat().st_size > most:
        raise UnreadableCorpus(Problem.TOO_LARGE, path.name, str(most // MEGABYTE))
    if kind in OFFICE:
        return Corpus((conversation(path.stem, OFFICE[kind](path)),))
    if kind not in DELIMITED | PLAIN:
        raise UnreadableCorpus(Problem.UNKNOWN_KIND, path.name, ", ".join(KINDS))
    text = decoded(path.read_bytes(), path.name, encoding)
    if kind in DELIMITED:
        return read_delimited(text, path.name, column=column)
    if looks_like_iramuteq(text.replace("\r\n", "\n").replace("\r", "\n")):
        return read_iramuteq(text)
    return Corpus((conversation(path.stem, text),))


def decoded(content: bytes, file: str, encoding: str | None = None) -> str:
    """The text of a file: by its mark, else in `encoding`, else UTF-8. Raises UnreadableCorpus."""
    wanted = next((name for mark, name in _MARKS if content.startswith(mark)), encoding or "utf-8")
    if content.startswith(_BINARY) or (b"\0" in content and not wanted.lower().startswith("utf-16")):
        raise UnreadableCorpus(Problem.BINARY, file)
    try:
        return content.decode(wanted)
    except UnicodeDecodeError as error:
        raise UnreadableCorpus(Problem.UNDECODABLE, file, str(error.start + 1)) from error
    except LookupError as error:
        raise UnreadableCorpus(Problem.UNDECODABLE, file, wanted) from error

"""From bytes to text: UTF-8, or the Western encodings that older registers still use.

The first bytes that are not plain ASCII decide for the file. Each further line is checked: one that
is written otherwise is read in its own encoding and remembered, since a register is sometimes glued
together from two others.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _

from nuserus.directory.readers.kinds import BOM
from nuserus.directory.readers.opening import MEGABYTE, UnreadableFile

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LONGEST_LINE = MEGABYTE
_BLOCK = 256 * 1024
# odd lines beyond this many are counted, not listed
_LISTED = 1000


class Encoding(StrEnum):
    """The encodings met in the registers."""

    UTF_8 = "utf-8"
    WESTERN = "cp1252"


def decoded(raw: bytes) -> tuple[str, Encoding | None]:
    """A piece of text and its encoding (None: plain ASCII, which is both). Never fails."""
    if raw.isascii():
        return raw.decode("ascii"), None
    try:
        return raw.decode("utf-8"), Encoding.UTF_8
    except UnicodeDecodeError:
        return _western(raw), Encoding.WESTERN


def _western(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        # the five bytes that cp1252 leaves undefined
        return raw.decode("latin-1")


class Lines(Iterator[str]):
    """The lines of a stream, with their line ends. `encoding` is that of the file once it is known.

    `odd` numbers (from 1) the lines written in the other encoding.
    """

    def __init__(self, stream: BinaryIO | io.RawIOBase) -> None:
        self._stream = stream
        self._lines = self._read()
        self.number = 0
        self.encoding: Encoding | None = None
        self.odd: list[int] = []

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line

    def _read(self) -> Iterator[str]:
        rest = b""
        first = True
        while piece := self._stream.read(_BLOCK):
            if first:
                piece = piece.removeprefix(BOM)
                first = False
            block, end, tail = (rest + piece).rpartition(b"\n")
            rest = tail
            if end:
                yield from self._text(block + end)
            if len(rest) > LONGEST_LINE:
                raise UnreadableFile(
                    _("La ligne %(line)d est trop longue : ce n’est pas un fichier de lignes.")
                    % {"line": self.number + 1}
                )
        if rest:
            yield from self._text(rest)

    def _text(self, block: bytes) -> Iterator[str]:
        if self.encoding is not Encoding.WESTERN:
            try:
                text = block.decode("utf-8")
            except UnicodeDecodeError:
                pass
            else:
                if self.encoding is None and not block.isascii():
                    self.encoding = Encoding.UTF_8
                return iter(io.StringIO(text, newline="\n"))
        return self._line_by_line(block)

    def _line_by_line(self, block: bytes) -> Iterator[str]:
        for raw in block.splitlines(keepends=True) if b"\r" not in block else _split(block):
            text, encoding = decoded(raw)
            if encoding is not None:
                if self.encoding is None:
                    self.encoding = encoding
                elif encoding is not self.encoding and len(self.odd) < _LISTED:
                    self.odd.append(self.number + 1)
            yield text


def _split(block: bytes) -> list[bytes]:
    """Lines at line feeds alone: a carriage return inside a cell does not end it."""
    parts = block.split(b"\n")
    lines = [part + b"\n" for part in parts[:-1]]
    return [*lines, parts[-1]] if parts[-1] else lines


class Utf8(io.RawIOBase):
    """The stream as UTF-8 without a mark, whatever it was written in: what readers of JSON want.

    Where a file that began in UTF-8 holds other bytes, `spoilt` says so and they become "\ufffd".
    """

    def __init__(self, stream: BinaryIO | io.RawIOBase) -> None:
        self._stream = stream
        self._ahead = b""
        self._started = False
        self._ended = False
        self._decoder: codecs.IncrementalDecoder = codecs.getincrementaldecoder("utf-8")()
        self.encoding: Encoding | None = None
        self.spoilt = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        while not self._ahead and not self._ended:
            piece = self._stream.read(_BLOCK) or b""
            self._ended = not piece
            if not self._started:
                self._started = True
                piece = piece.removeprefix(BOM)
            self._ahead = self._clean(piece)
        taken, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        view[: len(taken)] = taken
        return len(taken)

    def _clean(self, piece: bytes) -> bytes:
        pending = self._decoder.getstate()[0]
        if not pending and piece.isascii():
            return piece
        try:
            text = self._decoder.decode(piece, self._ended)
        except UnicodeDecodeError as error:
            whole = pending + piece
            if self.encoding is None and whole[: error.start].isascii():
                self.encoding = Encoding.WESTERN
                self._decoder = codecs.getincrementaldecoder("cp1252")("replace")
            else:
                self.spoilt = True
                self.encoding = Encoding.UTF_8
                self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
            text = self._decoder.decode(whole, self._ended)
        else:
            self.encoding = self.encoding or Encoding.UTF_8
        return text.encode()

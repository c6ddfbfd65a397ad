"""Opening a file given by a person: what it really is, how large it may grow, where it breaks.

A name says nothing: the first bytes decide. Whatever is read passes through one stream that counts,
so that a file that grows without end, a broken archive or another file altogether ends in one plain
sentence (`UnreadableFile`), never in a full memory.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO, Protocol, cast

from django.utils.translation import gettext as _

from nuserus.directory.readers.kinds import BOM, Shape, foreign_kind, office_sentence, shape_of

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MEGABYTE = 1024 * 1024
SAMPLE = 64 * 1024
# a file that grows this much in the first megabytes is watched from there
_RATIO_FROM = 32 * MEGABYTE


class UnreadableFile(Exception):
    """The file, or what follows of it, cannot be read. `sentence` says why, for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is accepted: bytes as given, bytes once unpacked, and how many times larger these may be."""

    stored: int = 3 * 1024 * MEGABYTE
    unpacked: int = 6 * 1024 * MEGABYTE
    ratio: int = 200


class _Unpacked(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class _Counted(io.RawIOBase):
    """The file as given, counting what was taken from it."""

    def __init__(self, below: IO[bytes], limits: Limits) -> None:
        self._below = below
        self._limits = limits
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        piece = self._below.read(len(view))
        self.taken += len(piece)
        if self.taken > self._limits.stored:
            raise UnreadableFile(_too_large(self._limits.stored))
        view[: len(piece)] = piece
        return len(piece)


class Source(io.RawIOBase):
    """The bytes of the content, unpacked. `consumed` of `size` bytes of the given file were read."""

    def __init__(
        self,
        content: _Unpacked,
        limits: Limits,
        *,
        size: int | None,
        packed: Callable[[], int] | None = None,
    ) -> None:
        self._content = content
        self._limits = limits
        self._packed = packed
        self._unpacked = 0
        self._ahead = b""
        self._broken: UnreadableFile | None = None
        self.size = size
        self.shape = Shape.TEXT

    @property
    def consumed(self) -> int:
        """Bytes of the given file read so far."""
        return self._unpacked if self._packed is None else self._packed()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        if self._ahead:
            piece, self._ahead = self._ahead[: len(view)], self._ahead[len(view) :]
        else:
            piece = self._next(len(view))
        view[: len(piece)] = piece
        return len(piece)

    def peek(self) -> bytes:
        """The first bytes, which stay to be read. Asked before anything was read."""
        while len(self._ahead) < SAMPLE:
            try:
                piece = self._next(SAMPLE)
            except UnreadableFile as error:
                if not self._ahead:
                    raise
                # told when the reading gets there: what comes before may be kept
                self._broken = error
                break
            if not piece:
                break
            self._ahead += piece
        return self._ahead

    def _next(self, length: int) -> bytes:
        if self._broken is not None:
            raise self._broken
        try:
            # what was unpacked before a break is given, then the break is told
            piece = self._content.read1(length)
        except EOFError as error:
            raise UnreadableFile(
                _("Le fichier compressé s’arrête avant sa fin. Téléchargez-le à nouveau, puis recommencez.")
            ) from error
        except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError) as error:
            raise UnreadableFile(
                _("Le fichier compressé est abîmé. Téléchargez-le à nouveau, puis recommencez.")
            ) from error
        self._unpacked += len(piece)
        self._watch()
        return piece

    def _watch(self) -> None:
        if self._unpacked > self._limits.unpacked:
            raise UnreadableFile(_too_large(self._limits.unpacked))
        if self._packed is None or self._unpacked < _RATIO_FROM:
            return
        if self._unpacked > self._limits.ratio * max(self._packed(), 1):
            raise UnreadableFile(
                _("Le fichier compressé grossit anormalement quand on l’ouvre : sa lecture a été arrêtée.")
            )


@contextlib.contextmanager
def opened(given: Path | BinaryIO, *, limits: Limits | None = None) -> Iterator[Source]:
    """The content of a path, of the standard input or of an upload: plain, .gz, or .zip with one member.

    Raises `UnreadableFile` at once when the file is something else altogether.
    """
    limits = limits or Limits()
    with contextlib.ExitStack() as stack:
        below: IO[bytes]
        if isinstance(given, Path):
            try:
                below = stack.enter_context(given.open("rb"))
            except OSError as error:
                raise UnreadableFile(_("Le fichier ne peut pas être ouvert : vérifiez son chemin.")) from error
        else:
            below = given
        size = _size(below)
        if size is not None and size > limits.stored:
            raise UnreadableFile(_too_large(limits.stored))
        counted = _Counted(below, limits)
        reader = stack.enter_context(_kept_open(counted))
        yield _source(reader, counted, limits, size=size, stack=stack)


def _source(
    reader: io.BufferedReader[_Counted],
    counted: _Counted,
    limits: Limits,
    *,
    size: int | None,
    stack: contextlib.ExitStack,
) -> Source:
    start = reader.peek(8)[:8]
    if start.startswith(b"\x1f\x8b"):
        content = stack.enter_context(gzip.GzipFile(fileobj=reader))
        source = Source(content, limits, size=size, packed=lambda: counted.taken)
    elif start.startswith(b"PK\x03\x04"):
        source = _unzipped(reader, limits, stack)
    else:
        source = Source(reader, limits, size=size)
    first = source.peek()
    if not first.removeprefix(BOM).strip():
        raise UnreadableFile(_("Le fichier est vide."))
    sentence = foreign_kind(first)
    if sentence:
        raise UnreadableFile(sentence)
    source.shape = shape_of(first)
    return source


def _unzipped(reader: io.BufferedReader[_Counted], limits: Limits, stack: contextlib.ExitStack) -> Source:
    """The only member of an archive. The directory of a zip is at its end: it is laid on disk first."""
    laid = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    shutil.copyfileobj(reader, laid, MEGABYTE)
    size = laid.tell()
    laid.seek(0)
    try:
        archive = stack.enter_context(zipfile.ZipFile(laid))
        members = [one for one in archive.infolist() if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
        names = {one.filename for one in members}
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise UnreadableFile(office_sentence())
        if len(members) != 1:
            raise UnreadableFile(
                _("L’archive contient %(count)d fichiers : il en faut un seul.") % {"count": len(members)}
            )
        if members[0].flag_bits & 0x1:
            raise UnreadableFile(_("L’archive est protégée par un mot de passe : il faut la donner sans."))
        content = cast("zipfile.ZipExtFile", stack.enter_context(archive.open(members[0])))
    except (zipfile.BadZipFile, NotImplementedError, OSError) as error:
        raise UnreadableFile(_("L’archive est abîmée ou incomplète. Téléchargez-la à nouveau.")) from error
    return Source(content, limits, size=size, packed=laid.tell)


@contextlib.contextmanager
def _kept_open(counted: _Counted) -> Iterator[io.BufferedReader[_Counted]]:
    # the file below belongs to the caller: only our own layer is let go
    reader = io.BufferedReader(counted, MEGABYTE)
    try:
        yield reader
    finally:
        reader.detach()


def _size(below: IO[bytes]) -> int | None:
    """How many bytes are left in it, where it can tell."""
    try:
        here = below.tell()
        end = below.seek(0, io.SEEK_END)
        below.seek(here)
    except (OSError, ValueError, AttributeError):
        return None
    return end - here


def _too_large(limit: int) -> str:
    return _("Le fichier dépasse la taille permise (%(limit)d Mo) : sa lecture a été arrêtée.") % {
        "limit": limit // MEGABYTE
    }

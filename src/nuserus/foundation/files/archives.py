"""A zip written piece by piece: the same content gives the same bytes, and nobody ever meets half of one."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

MANIFEST = "manifest-sha256.txt"
# The first day that a zip can tell: the time of writing would make each file another.
_NO_DAY = (1980, 1, 1, 0, 0, 0)
_PIECE = 64 * 1024
_FORGOTTEN_AFTER = 24 * 3600.0


@dataclass(slots=True)
class Archive:
    """A zip being written. Every file that is added is noted in the manifest, which comes last."""

    zip: ZipFile
    notes: IO[bytes]
    files: int = 0

    def add(self, name: str, content: bytes | Iterable[bytes], *, packed: bool = True) -> None:
        """Add a file; `packed=False` for what is compressed already (photos)."""
        pieces = (content,) if isinstance(content, bytes) else content
        said, size = hashlib.sha256(), 0
        with self.zip.open(_entry(name, packed=packed), "w", force_zip64=True) as target:
            for piece in pieces:
                said.update(piece)
                size += len(piece)
                target.write(piece)
        self.files += 1
        self.notes.write(f"{said.hexdigest()}  {name}\n".encode())

    def close(self) -> None:
        """Add the manifest: one line a file, as `sha256sum -c` reads it."""
        self.notes.seek(0)
        with self.zip.open(_entry(MANIFEST, packed=True), "w") as target:
            for piece in iter(lambda: self.notes.read(_PIECE), b""):
                target.write(piece)


@contextmanager
def new_archive(target: Path) -> Iterator[Archive]:
    """Write a zip that takes the place of `target` only when it is whole and on the disk.

    Whatever stops it before (an error, the end of the process) leaves the file that was there. Memory
    does not grow with what is written, but for the list of names.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _forget_halves(target)
    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", suffix=".part", delete=False) as written:
        half = Path(written.name)
        try:
            with TemporaryFile() as notes, ZipFile(written, "w", allowZip64=True) as file:
                archive = Archive(file, notes)
                yield archive
                archive.close()
            written.flush()
            os.fsync(written.fileno())
            half.replace(target)
        except BaseException:
            half.unlink(missing_ok=True)
            raise


def _entry(name: str, *, packed: bool) -> ZipInfo:
    entry = ZipInfo(name, _NO_DAY)
    entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    return entry


def _forget_halves(target: Path) -> None:
    """Remove what a killed process left, once no other one can still be writing it."""
    for half in target.parent.glob(f".{target.name}.*.part"):
        with suppress(FileNotFoundError):
            if time.time() - half.stat().st_mtime > _FORGOTTEN_AFTER:
                half.unlink()

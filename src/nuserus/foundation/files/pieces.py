"""A file that arrives piece after piece: what is said to be there is on the disk, in its place."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

# What one request carries; below what a request may weigh in memory.
PIECE: Final = 1024 * 1024
_READ: Final = 1024 * 1024


def write_piece(path: Path, offset: int, content: bytes) -> None:
    """Write a piece at its place, and return when the disk has it.

    What stood after that place goes: it was written by somebody who died before saying so. Raises OSError,
    and ValueError when there is a hole before the place.
    """
    fresh = not path.exists()
    if fresh:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        if os.fstat(handle).st_size < offset:
            raise ValueError(f"nothing before {offset}")
        os.ftruncate(handle, offset)
        os.lseek(handle, offset, os.SEEK_SET)
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if fresh:
        for place in (path.parent, path.parent.parent):
            _sync_folder(place)


def bytes_there(path: Path) -> int:
    """How many bytes of it are on the disk; 0 when it is not."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def sum_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal; memory holds one piece of it. Raises OSError."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(_READ), b""):
            found.update(piece)
    return found.hexdigest()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""The file of the ledger: one line of JSON for each entry, with a seal.

The seal is HMAC-SHA256 of the rest of the line under the key of the journal. A last line without its
end comes from a power cut while it was written: its entry is still in the database, and is left out.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was taken back: `kind` says what, `object_id` which, `details` other ids and codes.

    `at` is an ISO 8601 time with its zone.
    """

    id: UUID
    kind: str
    object_id: UUID
    at: str
    details: dict[str, str] = field(default_factory=dict)


class LedgerBroken(Exception):
    """Line `line` (from 1) was changed, or is of another instance."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def append(path: Path, entries: Iterable[Entry], key: bytes) -> None:
    """Add entries at the end of the file and wait until the disk has them. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    text = "".join(_line(entry, key) for entry in entries).encode()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.write(_end_of_a_cut_line(file) + text)
        os.fsync(file.fileno())


def read(path: Path, key: bytes) -> list[Entry]:
    """The entries, in order, each once. Raises LedgerBroken, OSError."""
    found: dict[UUID, Entry] = {}
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines[:-1], start=1):
        if line.endswith(_CUT):
            continue
        entry = _entry(line, key)
        if entry is None:
            raise LedgerBroken(number)
        found.setdefault(entry.id, entry)
    return list(found.values())


# what closes a line that a power cut left without its end
_CUT = b"\x18"


def _end_of_a_cut_line(file: Any) -> bytes:
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        return b""
    file.seek(size - 1)
    return b"" if file.read(1) == b"\n" else _CUT + b"\n"


def _line(entry: Entry, key: bytes) -> str:
    said = _said(entry)
    return json.dumps([*said, _seal(said, key)], ensure_ascii=True, separators=(",", ":")) + "\n"


def _said(entry: Entry) -> list[Any]:
    return [str(entry.id), entry.kind, str(entry.object_id), entry.at, dict(sorted(entry.details.items()))]


def _seal(said: list[Any], key: bytes) -> str:
    plain = json.dumps(said, ensure_ascii=True, separators=(",", ":"))
    return hmac.new(key, b"nuserus ledger\0" + plain.encode(), hashlib.sha256).hexdigest()


def _entry(line: bytes, key: bytes) -> Entry | None:
    try:
        *said, seal = json.loads(line)
        if not hmac.compare_digest(_seal(said, key), str(seal)):
            return None
        entry_id, kind, object_id, at, details = said
        return Entry(UUID(entry_id), str(kind), UUID(object_id), str(at), dict(details))
    except (ValueError, TypeError, AttributeError):
        return None

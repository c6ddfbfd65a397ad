"""The file of a backup: a plain tar whose last members say what it holds, so that a cut or changed one is seen.

LISEZ-MOI.txt        for whoever opens it in ten years
manifest.json        what was saved: program, migrations, tables and their counts, keys that are needed
data/TABLE/N.copy.gz rows in PostgreSQL's COPY text format, in the order in which they can be loaded
files/…              the files that people gave
end.json             name, size and SHA-256 of every member above, rows copied, files that were missing
end.mac              HMAC-SHA-256 of end.json under a key of the instance
"""

from __future__ import annotations

import gzip
import hashlib
import hmac
import io
import json
import os
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

FORMAT = 1
README, MANIFEST, END, MAC = "LISEZ-MOI.txt", "manifest.json", "end.json", "end.mac"
DATA, FILES = "data/", "files/"
BLOCK = 1 << 20
LARGEST_NOTE = 256 << 20  # bytes; manifest.json and end.json are read whole


class Writer:
    """Writes the members one after the other; nothing of the content stays in memory."""

    def __init__(self, target: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT)  # noqa: SIM115 (`finish`)
        self._members: dict[str, tuple[int, str]] = {}

    def add(self, name: str, content: bytes) -> None:
        self._add(name, len(content), io.BytesIO(content))

    def add_json(self, name: str, content: Any) -> None:
        self.add(name, json.dumps(content, ensure_ascii=False, indent=1).encode())

    def add_rows(self, table: str, number: int, rows: bytes) -> None:
        self.add(f"{DATA}{table}/{number:06d}.copy.gz", gzip.compress(rows, 6, mtime=0))

    def add_file(self, name: str, path: Path) -> None:
        """A file of the instance. Raises FileNotFoundError when it is gone."""
        with path.open("rb") as content:
            self._add(f"{FILES}{name}", os.fstat(content.fileno()).st_size, content)

    def finish(self, facts: dict[str, Any], key: bytes) -> None:
        """The members that say that the backup is whole."""
        members = [[name, size, digest] for name, (size, digest) in self._members.items()]
        end = json.dumps({**facts, "members": members}, ensure_ascii=False).encode()
        self.add(END, end)
        self.add(MAC, mac_of(end, key).encode())
        self._tar.close()

    def _add(self, name: str, size: int, content: IO[bytes]) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = size, 0o600
        hashed = _Hashed(content)
        self._tar.addfile(info, hashed)
        _forget(self._tar)
        self._members[name] = (size, hashed.digest)


def _forget(tar: tarfile.TarFile) -> None:
    """It remembers every member it has met: that grows with the files of the instance."""
    tar.members.clear()  # type: ignore[attr-defined]  # the types do not know it


class _Hashed(io.RawIOBase):
    """Reads and hashes at once."""

    def __init__(self, content: IO[bytes]) -> None:
        self._content = content
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._content.read(size)
        self._hash.update(block)
        return block

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def mac_of(end: bytes, key: bytes) -> str:
    return hmac.new(key, b"nuserus backup\0" + end, hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says about itself, once it has been checked from end to end."""

    manifest: dict[str, Any]
    end: dict[str, Any]
    _mac: str
    _end: bytes

    def refuse_other_key(self, key: bytes) -> None:
        """Raise Refusal when the end was not written with this key."""
        if not hmac.compare_digest(self._mac, mac_of(self._end, key)):
            raise _changed(END)


def check(path: Path) -> Contents:
    """Read all of it and compare every sum. Raises Refusal, in words, for what is not a whole backup."""
    seen: dict[str, tuple[int, str]] = {}
    notes: dict[str, bytes] = {}
    with reading(path):
        for name, size, content in members(path):
            if name in seen or MAC in seen:
                raise _changed(name)
            seen[name], kept = _summed(content, size, keep=name in {MANIFEST, END, MAC} and size <= LARGEST_NOTE)
            if kept:
                notes[name] = kept
    if MANIFEST not in seen:
        raise _no_backup(path)
    if END not in seen or MAC not in seen:
        raise _cut(path)
    return _compared(notes, seen)


def _summed(content: IO[bytes], size: int, *, keep: bool) -> tuple[tuple[int, str], bytes]:
    digest, kept = hashlib.sha256(), bytearray()
    while block := content.read(BLOCK):
        digest.update(block)
        if keep:
            kept += block
    return (size, digest.hexdigest()), bytes(kept)


def _compared(notes: dict[str, bytes], seen: dict[str, tuple[int, str]]) -> Contents:
    try:
        manifest, end = json.loads(notes[MANIFEST]), json.loads(notes[END])
        promised = {name: (size, digest) for name, size, digest in end["members"]}
        version = int(manifest["format"])
    except (ValueError, KeyError, TypeError):
        raise _changed(END) from None
    if version > FORMAT:
        raise newer()
    found = {name: facts for name, facts in seen.items() if name not in {END, MAC}}
    for name in promised.keys() | found.keys():
        if promised.get(name) != found.get(name):
            raise _changed(name)
    return Contents(manifest, end, notes[MAC].decode("ascii", "replace"), notes[END])


def members(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Name, size and content of each member, in order, each to be read before the next; within `reading`."""
    with path.open("rb") as source, _opened(path, source) as tar:
        while (info := tar.next()) is not None:
            content = tar.extractfile(info) if info.isreg() else None
            if content is None or not _is_ours(info.name):
                raise _changed(info.name)
            yield info.name, info.size, content
            _forget(tar)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """What goes wrong while a backup is read, as a Refusal."""
    try:
        yield
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile):
        raise _cut(path) from None
    except OSError as error:
        raise Refusal(
            _("Impossible de lire %(file)s : %(reason)s.") % {"file": path, "reason": error.strerror}
        ) from None


def _opened(path: Path, source: IO[bytes]) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=source, mode="r:")
    except tarfile.TarError:
        raise _no_backup(path) from None


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    tidy = bool(parts) and not name.startswith("/") and not {"..", "."} & set(parts) and "\0" not in name
    return tidy and (name in {README, MANIFEST, END, MAC} or name.startswith((DATA, FILES)))


def rows_of(name: str, content: IO[bytes], each: Callable[[bytes], object]) -> int:
    """Hand the rows of a data member over in blocks; how many they were (a line each)."""
    count = 0
    with gzip.GzipFile(fileobj=content) as plain:
        while block := plain.read(BLOCK):
            count += block.count(b"\n")
            each(block)
    return count


def newer() -> Refusal:
    return Refusal(
        _(
            "Cette sauvegarde vient d’une version plus récente de nuserus : mettez le programme à jour. "
            "Rien n’a été touché."
        )
    )


def _cut(path: Path) -> Refusal:
    return Refusal(
        _("La sauvegarde %(file)s est incomplète : elle a été interrompue ou mal copiée. Rien n’a été touché.")
        % {"file": path}
    )


def _changed(name: str) -> Refusal:
    return Refusal(
        _("La sauvegarde a été modifiée ou abîmée (%(name)s ne correspond pas). Rien n’a été touché.") % {"name": name}
    )


def _no_backup(path: Path) -> Refusal:
    return Refusal(_("Le fichier %(file)s n’est pas une sauvegarde de nuserus.") % {"file": path})

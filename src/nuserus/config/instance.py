"""The data folder of one instance: what is in it, whose it is, and who uses it now.

nuserus.json   says that the folder is ours, and in which format
nuserus.lock   held by `nuserus serve`
keys/          secret (sessions, tokens), audit (audit chain), names (tables of names); 32 random bytes each
files/ mail/   uploads; outgoing mail when no mail server is set
ledger/        what was taken back, as ids: outside the database and its backups
static/        style and programs collected for a web server in front (hosted)
postgresql/    the embedded database
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nuserus
from nuserus.config.embedded.account import (
    ANYBODY,
    Account,
    can_reach,
    server_account,
    system_folder,
    unreachable,
)
from nuserus.config.processes import hold
from nuserus.config.refusal import InUse, Refusal
from nuserus.config.wording import gettext as _

FORMAT = 1
KEY_BYTES = 32
MARKER = "nuserus.json"
LOCK = "nuserus.lock"
# what a creation that was cut short may leave; `lost+found` comes with a new disk
UNFINISHED = {LOCK, f"{MARKER}.part", "lost+found"}
SOURCE = Path(nuserus.__file__).resolve().parent


class Instance:
    """A data folder. `refuse_unusable` reads only; `create` writes; `lock` says that we serve it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.marker = self.folder / MARKER
        self.keys = self.folder / "keys"
        self.files = self.folder / "files"
        self.mail = self.folder / "mail"
        self.static = self.folder / "static"
        self.ledger = self.folder / "ledger"
        self.postgresql = self.folder / "postgresql"
        self._lock: int | None = None

    def refuse_unusable(self) -> None:
        """Raise Refusal when the folder is foreign, unwritable or newer than this program. Touches nothing."""
        if self.exists():
            self._refuse_unfinished(self._read())
            self._refuse_newer(self._read())
            self._refuse_missing_keys(self._read())
        elif self._holds_something():
            raise Refusal(
                _(
                    "Le dossier %(folder)s contient déjà autre chose et n’a pas été touché : "
                    "choisissez un dossier vide (--data)."
                )
                % {"folder": self.folder}
            )
        self._refuse_unwritable()

    def exists(self) -> bool:
        """Whether the folder is an instance already."""
        try:
            return self.marker.is_file()
        except OSError as error:
            raise self._unwritable(error.strerror) from error

    def create(self, *, embedded: bool) -> None:
        """Make what is missing. `embedded`: PostgreSQL will live here, perhaps under an account of its own."""
        account = server_account() if embedded else None
        if account is not None and not can_reach(account, self.folder.parent):
            raise unreachable(account, self.folder.parent)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._close_to_others(account)
            if not self._complete():
                with _held(self.folder / LOCK):
                    self._fill()
        except OSError as error:
            raise self._unwritable(error.strerror) from error

    def lock(self) -> None:
        """Hold the folder until `unlock` or the end of the process, however it ends. Raises InUse."""
        try:
            self._lock = hold(self.folder / LOCK)
        except BlockingIOError:
            raise InUse(
                _("Un autre « nuserus serve » utilise déjà le dossier %(folder)s.") % {"folder": self.folder}
            ) from None

    def unlock(self) -> None:
        """Let the folder go. Safe to call twice."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def note(self, **facts: Any) -> None:
        """Keep facts in the marker (migrations applied, demonstration loaded)."""
        self._write({**self._read(), **facts})

    def fact(self, name: str) -> Any:
        """A fact kept by `note`, or None."""
        return self._read().get(name)

    def environment(self) -> dict[str, str]:
        """Variables by which settings find this folder."""
        return {"NUSERUS_DATA": str(self.folder), "DJANGO_SETTINGS_MODULE": "nuserus.config.settings"}

    # -- reading

    def _read(self) -> dict[str, Any]:
        try:
            marker = json.loads(self.marker.read_text(encoding="utf-8"))
        except PermissionError as error:
            raise self._unwritable(error.strerror) from error
        except (ValueError, OSError):
            marker = None
        if not isinstance(marker, dict) or not isinstance(marker.get("format"), int):
            raise Refusal(
                _("Le fichier %(file)s est illisible : le dossier n’a pas été touché.") % {"file": self.marker}
            )
        return marker

    def _holds_something(self) -> bool:
        try:
            return any(entry.name not in UNFINISHED for entry in self.folder.iterdir())
        except FileNotFoundError:
            return False
        except NotADirectoryError:
            return True
        except OSError as error:
            raise self._unwritable(error.strerror) from error

    def _refuse_newer(self, marker: dict[str, Any]) -> None:
        unknown = unknown_migrations(marker.get("migrations") or ())
        if marker["format"] > FORMAT or unknown:
            raise Refusal(
                _(
                    "Le dossier %(folder)s a été créé par une version plus récente de nuserus : "
                    "il n’a pas été touché. Mettez le programme à jour."
                )
                % {"folder": self.folder}
            )

    def _refuse_unfinished(self, marker: dict[str, Any]) -> None:
        if marker.get("restoring"):
            raise Refusal(
                _(
                    "La restauration de %(backup)s dans %(folder)s n’est pas allée au bout : "
                    "videz le dossier et recommencez « nuserus restore »."
                )
                % {"backup": marker["restoring"], "folder": self.folder}
            )

    def _refuse_missing_keys(self, marker: dict[str, Any]) -> None:
        missing = [name for name in ("secret", "audit") if not (self.keys / name).is_file()]
        if marker.get("keys") and missing:
            raise Refusal(
                _("Il manque la clé %(file)s : remettez-la depuis votre sauvegarde. Rien n’a été touché.")
                % {"file": self.keys / missing[0]}
            )

    def _refuse_unwritable(self) -> None:
        place = self.folder
        while not place.exists() and place != place.parent:
            place = place.parent
        if not place.is_dir() or not os.access(place, os.R_OK | os.W_OK | os.X_OK, effective_ids=_EFFECTIVE):
            raise self._unwritable(_("accès refusé"))

    def _unwritable(self, reason: str | None) -> Refusal:
        return Refusal(
            _("Impossible d’écrire dans %(folder)s : %(reason)s.") % {"folder": self.folder, "reason": reason or "?"}
        )

    # -- writing

    def _close_to_others(self, account: Account | None) -> None:
        if account is not None and account.borrowed:
            os.chown(self.folder, 0, account.gid)
            self.folder.chmod(0o710)  # PostgreSQL passes through to its own folder
        else:
            self.folder.chmod(0o700)

    def _write(self, marker: dict[str, Any]) -> None:
        part = self.marker.with_name(f"{MARKER}.part")
        with part.open("w", encoding="utf-8") as file:
            json.dump(marker, file, indent=2, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(self.marker)

    def _complete(self) -> bool:
        return (
            self.exists()
            and self.fact("keys") is True
            and (self.fact("names") is True or not _own_names_key())
            and all(folder.is_dir() for folder in (self.files, self.mail, self.static))
        )

    def _fill(self) -> None:
        if not self.exists():
            self._write({"format": FORMAT, "created": _now(), "program": nuserus.__version__, "keys": False})
        self._make_folders()
        self._make_keys()
        self._make_names_key()

    def _make_folders(self) -> None:
        for folder in (self.keys, self.files, self.mail, self.static, self.ledger):
            folder.mkdir(mode=0o700, exist_ok=True)
            folder.chmod(0o700)
        if not os.environ.get("NUSERUS_LEDGER"):
            (self.ledger / "withdrawals.jsonl").touch(mode=0o600)

    def _make_keys(self) -> None:
        marker = self._read()
        if marker.get("keys"):
            return
        for name in ("secret", "audit"):
            _write_key(self.keys / name)
        self._write({**marker, "keys": True})

    def _make_names_key(self) -> None:
        """Once: a key that was lost is not replaced by one that opens nothing."""
        marker = self._read()
        if not marker.get("names") and _own_names_key():
            _write_key(self.keys / "names")
            self._write({**marker, "names": True})


_EFFECTIVE = os.access in os.supports_effective_ids


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _own_names_key() -> bool:
    """Whether the key of the tables of names is a file of the folder, and not the operator's."""
    return not (os.environ.get("NUSERUS_KEY_TABLE_KEY") or os.environ.get("NUSERUS_KEY_TABLE_KEY_FILE"))


def _write_key(path: Path) -> None:
    if path.is_file() and path.stat().st_size == KEY_BYTES:
        return
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """A short exclusive hold of a file, waited for."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def unknown_migrations(applied: Iterable[str]) -> list[str]:
    """Names `app.0001_name` of our own apps that this program does not have."""
    names = (name.split(".", 1) for name in applied if "." in name)
    return [
        f"{app}.{migration}"
        for app, migration in names
        if not (SOURCE / app / "migrations" / f"{migration}.py").is_file()
    ]


def default_folder(*, embedded: bool) -> Path:
    """`var` in the current folder; for root, a place that PostgreSQL's own account can reach."""
    usual = Path.cwd() / "var"
    if not embedded or os.geteuid() != 0 or can_reach(ANYBODY, usual.parent):
        return usual
    checkout = Path.cwd().resolve()
    mark = hashlib.sha256(os.fsencode(checkout)).hexdigest()[:12]
    return system_folder() / f"{checkout.name or 'nuserus'}-{mark}"

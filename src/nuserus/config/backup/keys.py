"""The two keys of an instance, kept apart from its backups, and the marks by which they are told."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from nuserus.config.instance import KEY_BYTES, Instance
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

KIND = "nuserus-keys"
_IN_FILE = re.compile(rf"[0-9a-f]{{{2 * KEY_BYTES}}}")


@dataclass(frozen=True, slots=True)
class Keys:
    """`secret` as settings read it (hexadecimal of the file, or NUSERUS_SECRET_KEY), `audit` as its file holds it."""

    secret: str
    audit: bytes

    def marks(self) -> dict[str, str]:
        """What a backup says of the keys it needs; nothing can be computed back from it."""
        return {"secret": _mark("secret", self.secret.encode()), "audit": _mark("audit", self.audit)}

    def write(self, path: Path) -> None:
        """A new file that its owner alone may read. Raises FileExistsError."""
        text = json.dumps({"kind": KIND, "format": 1, "secret": self.secret, "audit": self.audit.hex()}, indent=1)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())

    def put_into(self, instance: Instance) -> None:
        """Make them the keys of a new instance; a secret that came from the environment stays there."""
        kept = {"audit": self.audit}
        if _IN_FILE.fullmatch(self.secret):
            kept["secret"] = bytes.fromhex(self.secret)
        for name, content in kept.items():
            part = instance.keys / f"{name}.part"
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(instance.keys / name)


def _mark(name: str, key: bytes) -> str:
    return hashlib.sha256(f"nuserus key {name}\0".encode() + key).hexdigest()[:16]


def keys_of(instance: Instance, environment: Mapping[str, str] = os.environ) -> Keys:
    """The keys that this instance uses, as settings find them."""
    audit = Path(environment.get("NUSERUS_AUDIT_KEY_FILE") or instance.keys / "audit")
    try:
        secret = environment.get("NUSERUS_SECRET_KEY") or (instance.keys / "secret").read_bytes().hex()
        return Keys(secret, audit.read_bytes())
    except OSError as error:
        raise Refusal(
            _("Impossible de lire %(file)s : %(reason)s.") % {"file": error.filename, "reason": error.strerror}
        ) from None


def keys_for(needed: Mapping[str, str], file: Path | None, environment: Mapping[str, str] = os.environ) -> Keys:
    """The keys that a backup needs, from the exported file or else from the environment. Raises Refusal."""
    keys = _read(file) if file is not None else _of_environment(environment)
    if keys is None:
        raise Refusal(
            _(
                "Cette sauvegarde a besoin de ses clés : donnez le fichier écrit par « nuserus backup --keys » "
                "(--keys FICHIER)."
            )
        )
    if keys.marks() != dict(needed):
        raise Refusal(_("Ces clés ne sont pas celles de cette sauvegarde. Rien n’a été touché."))
    _refuse_other_in_environment(keys, environment)
    return keys


def _read(file: Path) -> Keys:
    try:
        found = json.loads(file.read_text(encoding="ascii"))
        return Keys(str(found["secret"]), bytes.fromhex(found["audit"])) if found["kind"] == KIND else _refuse(file)
    except OSError as error:
        raise Refusal(
            _("Impossible de lire %(file)s : %(reason)s.") % {"file": file, "reason": error.strerror}
        ) from None
    except (ValueError, KeyError, TypeError):
        return _refuse(file)


def _refuse(file: Path) -> NoReturn:
    raise Refusal(_("Le fichier %(file)s n’est pas un fichier de clés de nuserus.") % {"file": file}) from None


def _of_environment(environment: Mapping[str, str]) -> Keys | None:
    secret, audit = environment.get("NUSERUS_SECRET_KEY"), environment.get("NUSERUS_AUDIT_KEY_FILE")
    if not secret or not audit:
        return None
    return keys_of(Instance(Path(audit).parent), environment)


def _refuse_other_in_environment(keys: Keys, environment: Mapping[str, str]) -> None:
    """Settings would use what the environment says, not what is restored."""
    secret, audit = environment.get("NUSERUS_SECRET_KEY"), environment.get("NUSERUS_AUDIT_KEY_FILE")
    if secret and secret != keys.secret:
        raise _other("NUSERUS_SECRET_KEY")
    if audit and (not Path(audit).is_file() or Path(audit).read_bytes() != keys.audit):
        raise _other("NUSERUS_AUDIT_KEY_FILE")
    if not secret and not _IN_FILE.fullmatch(keys.secret):
        raise Refusal(
            _("La clé secrète de cette instance venait de NUSERUS_SECRET_KEY : donnez-la de nouveau de cette façon.")
        )


def _other(variable: str) -> Refusal:
    return Refusal(
        _("%(variable)s ne donne pas la clé de cette sauvegarde. Rien n’a été touché.") % {"variable": variable}
    )

"""How settings read the environment and the instance's data folder."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SOURCE = Path(__file__).resolve().parents[2]


def setting(name: str, default: str = "") -> str:
    """Value of an environment variable, or the default."""
    return os.environ.get(name, default)


def flag(name: str) -> bool:
    """True when the variable says yes (1, true, yes, oui, on)."""
    return setting(name).strip().lower() in {"1", "true", "yes", "oui", "on"}


def words(name: str, default: str) -> list[str]:
    """A list separated by blanks or commas."""
    return setting(name, default).replace(",", " ").split()


def data_folder() -> Path:
    """Folder of the instance: files, outgoing mail, keys.

    Without NUSERUS_DATA (collecting messages, checking types) it is a name under the temporary
    folder that nothing creates.
    """
    return Path(setting("NUSERUS_DATA") or Path(tempfile.gettempdir()) / "nuserus-no-instance")


def secret_key() -> str:
    """Key for sessions and tokens: NUSERUS_SECRET_KEY, else the file `keys/secret` of the data folder.

    Without an instance (collecting messages, checking types) a key that nobody knows and that ends
    with the process. Raises ImproperlyConfigured when the folder of an instance has lost its key.
    """
    if given := setting("NUSERUS_SECRET_KEY"):
        return given
    file = data_folder() / "keys" / "secret"
    try:
        return file.read_bytes().hex()
    except FileNotFoundError:
        if setting("NUSERUS_DATA"):
            raise ImproperlyConfigured(f"No secret key: {file} is missing.") from None
        return secrets.token_hex(32)


def audit_key_file() -> Path:
    """Where the key of the audit chain is; it never enters the database."""
    return Path(setting("NUSERUS_AUDIT_KEY_FILE") or data_folder() / "keys" / "audit")


def key_table_key() -> bytes | None:
    """The key of the tables of names: NUSERUS_KEY_TABLE_KEY (64 hexadecimal digits), else its file; None without.

    Raises ImproperlyConfigured when it is no key: names would be kept under something else than what was meant.
    """
    given = setting("NUSERUS_KEY_TABLE_KEY").strip()
    file = Path(setting("NUSERUS_KEY_TABLE_KEY_FILE") or data_folder() / "keys" / "names")
    try:
        key = bytes.fromhex(given) if given else file.read_bytes()
    except FileNotFoundError:
        return None
    except ValueError:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(f"The key of the tables of names is 32 bytes: {'the setting' if given else file}.")
    return key


def ledger_path() -> Path:
    """Where the ledger of withdrawals is: best on another disk than the data, never inside a backup."""
    return Path(setting("NUSERUS_LEDGER") or data_folder() / "ledger" / "withdrawals.jsonl")


def backup_days() -> int | None:
    """How many days the operator keeps a backup; None when they did not say.

    Raises ImproperlyConfigured when it is no number of days: receipts would promise anything.
    """
    said = setting("NUSERUS_BACKUP_DAYS").strip()
    if not said:
        return None
    if not said.isascii() or not said.isdigit() or int(said) > 3650:
        raise ImproperlyConfigured("NUSERUS_BACKUP_DAYS is a number of days, 3650 at most.")
    return int(said)


def tiles_address() -> str:
    """Address of the operator's map tiles, with {z}, {x} and {y}; empty: none.

    Raises ImproperlyConfigured when it could not be one: the map would stay grey and say nothing.
    """
    given = setting("NUSERUS_MAP_TILES").strip()
    if given and not (
        given.startswith(("https://", "http://localhost", "http://127.0.0.1", "/"))
        and all(part in given for part in ("{z}", "{x}", "{y}"))
        and "{s}" not in given
    ):
        raise ImproperlyConfigured("NUSERUS_MAP_TILES must begin with https:// and contain {z}, {x} and {y}, not {s}.")
    return given

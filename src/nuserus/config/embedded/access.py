"""Who may connect: the account that runs this program, by the socket alone. Nobody else, no TCP."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from nuserus.config.embedded.account import Account

# sockaddr_un.sun_path holds 108 bytes with its final NUL (unix(7)); macOS and the BSDs 104.
SOCKET_PATH_LIMIT = 103
SOCKET_NAME = ".s.PGSQL.5432"


def rules_of_connection(roles: list[str]) -> str:
    """Text of pg_hba.conf."""
    names = ",".join(roles)
    return (
        f"local all {names} peer map=nuserus\n"
        f"local replication {roles[0]} peer map=nuserus\n"
        "local all all reject\nhost all all all reject\nhost replication all all reject\n"
    )


def map_of_accounts(system_name: str, roles: list[str]) -> str:
    """Text of pg_ident.conf: this account of the system may be each of these roles."""
    quoted = '"' + system_name.replace('"', '""') + '"'
    return "".join(f"nuserus {quoted} {role}\n" for role in roles)


def socket_folder(folder: Path, account: Account) -> Path:
    """A folder for the socket that only the server's account (and root) may enter.

    Inside `folder` when the path is short enough; else a private temporary one, remembered in `folder`.
    """
    inside = folder / "socket"
    if _fits(inside):
        return _private(inside, account)
    note = folder / "socket-folder"
    remembered = Path(note.read_text(encoding="utf-8").strip()) if note.is_file() else None
    if remembered and _is_private(remembered, account):
        return remembered
    chosen = _temporary(folder, account)
    note.write_text(f"{chosen}\n", encoding="utf-8")
    return chosen


def known_socket_folder(folder: Path) -> Path:
    """The folder `socket_folder` has chosen, for those who only connect."""
    inside = folder / "socket"
    note = folder / "socket-folder"
    if _fits(inside) or not note.is_file():
        return inside
    return Path(note.read_text(encoding="utf-8").strip())


def _fits(folder: Path) -> bool:
    # a comma separates several hosts for libpq, so such a path can't be named in a connection
    path = folder / SOCKET_NAME
    return len(os.fsencode(path)) <= SOCKET_PATH_LIMIT and "," not in str(path)


def _private(folder: Path, account: Account) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    if account.borrowed:
        os.chown(folder, account.uid, account.gid, follow_symlinks=False)
    if folder.is_symlink():
        raise OSError(f"{folder} is a symbolic link")
    folder.chmod(0o700)
    return folder


def _is_private(folder: Path, account: Account) -> bool:
    try:
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == account.uid and not status.st_mode & 0o077


def _temporary(folder: Path, account: Account) -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and not account.borrowed and Path(runtime).is_dir():
        name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
        chosen = Path(runtime) / f"nuserus-{name}"
        if _fits(chosen):
            return _private(chosen, account)
    chosen = Path(tempfile.mkdtemp(prefix="nuserus-"))
    if not _fits(chosen):
        chosen.rmdir()
        chosen = Path(tempfile.mkdtemp(prefix="nuserus-", dir="/tmp"))  # mkdtemp makes it private
    return _private(chosen, account)

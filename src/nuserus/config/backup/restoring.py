"""`nuserus restore`: a backup becomes an instance again, elsewhere; nothing is written before all of it is checked."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, LiteralString

from nuserus.config.backup import archive
from nuserus.config.backup.keys import Keys, keys_for
from nuserus.config.backup.loading import Loading
from nuserus.config.backup.saving import KIND
from nuserus.config.backup.tables import tables_of
from nuserus.config.backup.withdrawals import Ledger
from nuserus.config.command.hosted import Hosted, connect, hosted_database, refuse_unusable
from nuserus.config.command.serving import embedded_environment
from nuserus.config.embedded.sharing import shared_server
from nuserus.config.instance import Instance, default_folder
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _


def restore(source: Path, keys_file: Path | None, data: Path | None, ledger: Ledger) -> int:
    """Make an instance of a backup in a new or empty folder (and an empty hosted database). Raises Refusal."""
    hosted = hosted_database()
    instance = Instance(data or default_folder(embedded=hosted is None))
    _refuse_taken(instance)
    if hosted is not None:
        refuse_unusable(hosted)
        _refuse_filled(hosted)
    contents = archive.check(source)
    if contents.manifest.get("kind") != KIND:
        raise Refusal(_("Le fichier %(file)s n’est pas une sauvegarde de nuserus.") % {"file": source})
    keys = keys_for(contents.manifest["keys"], keys_file)
    contents.refuse_other_key(keys.audit)
    ledger.refuse_unusable(str(contents.manifest.get("ledger", "")), keys.audit)
    _refuse_newer(contents)
    with _undone_when_it_fails(instance, hosted), _in_words(instance.folder):
        lines = _restore(source, contents, keys, ledger, instance=instance, hosted=hosted)
    _tell(contents, instance, lines)
    return 0


# -- what is refused


def _refuse_taken(instance: Instance) -> None:
    instance.refuse_unusable()
    if instance.exists():
        raise Refusal(
            _(
                "Le dossier %(folder)s contient déjà une instance et n’a pas été touché : "
                "donnez un dossier vide (--data)."
            )
            % {"folder": instance.folder}
        )


def _refuse_filled(hosted: Hosted) -> None:
    with connect("DATABASE_OWNER_URL", hosted.owner) as owner:
        if tables_of(owner):
            raise Refusal(
                _("La base %(name)s n’est pas vide et n’a pas été touchée : donnez une base neuve.")
                % {"name": hosted.database}
            )


def _refuse_newer(contents: archive.Contents) -> None:
    """A program that does not know all the migrations of a backup would not know what its rows mean."""
    done = subprocess.run(
        [sys.executable, "-m", "nuserus.config.backup.known"],
        capture_output=True,
        text=True,
        check=False,
        env={name: value for name, value in os.environ.items() if name != "NUSERUS_DATA"}
        | {"DJANGO_SETTINGS_MODULE": "nuserus.config.settings"},
    )
    if done.returncode != 0:
        raise Refusal(_("Le programme ne démarre pas : %(reason)s") % {"reason": done.stderr.strip()[-300:]})
    known = {(app, name) for app, name in json.loads(done.stdout)}
    if {(app, name) for app, name in contents.manifest["migrations"]} - known:
        raise archive.newer()


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    import psycopg

    try:
        yield
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["?"])[0]
        raise Refusal(_("La base a refusé la sauvegarde : %(reason)s") % {"reason": reason}) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Refusal(
                _("Il n’y a pas assez de place dans %(folder)s : faites de la place et recommencez.")
                % {"folder": folder}
            ) from error
        raise Refusal(
            _("Impossible d’écrire dans %(folder)s : %(reason)s.")
            % {"folder": folder, "reason": error.strerror or error}
        ) from error


@contextmanager
def _undone_when_it_fails(instance: Instance, hosted: Hosted | None) -> Iterator[None]:
    """Leave nothing half restored: neither in the folder nor in the hosted database, both empty before."""
    existed = instance.folder.is_dir()
    try:
        yield
    except BaseException:
        instance.unlock()
        for entry in list(instance.folder.iterdir()) if instance.folder.is_dir() else []:
            if entry.is_dir() and not entry.is_symlink() and entry.name != "lost+found":
                shutil.rmtree(entry, ignore_errors=True)
            elif entry.name != "lost+found":
                entry.unlink(missing_ok=True)
        if not existed and instance.folder.is_dir():
            instance.folder.rmdir()
        if hosted is not None:
            _empty(hosted)
        raise


def _empty(hosted: Hosted) -> None:
    """Take away what the migrations made in the database that was empty; what `create-roles` laid stays."""
    with connect("DATABASE_OWNER_URL", hosted.owner) as owner:
        for kind in _MADE:
            for (statement,) in owner.execute(kind).fetchall():
                owner.execute(str(statement).encode())


_MADE: tuple[LiteralString, ...] = (
    "SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) FROM pg_class "
    "WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') "
    "AND pg_get_userbyid(relowner) = current_user",
    "SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace AND pg_get_userbyid(proowner) = current_user",
    "SELECT format('DROP TYPE IF EXISTS %s CASCADE', t.oid::regtype) FROM pg_type t LEFT JOIN pg_class c "
    "ON c.oid = t.typrelid WHERE t.typnamespace = 'public'::regnamespace AND (t.typtype = 'e' OR c.relkind = 'c') "
    "AND pg_get_userbyid(t.typowner) = current_user",
)


# -- what is done


def _restore(  # noqa: PLR0913 - what is restored, with what, into what
    source: Path, contents: archive.Contents, keys: Keys, ledger: Ledger, *, instance: Instance, hosted: Hosted | None
) -> list[str]:
    with ExitStack() as stack:
        instance.create(embedded=hosted is None)
        instance.lock()
        stack.callback(instance.unlock)
        instance.note(restoring=source.name)
        keys.put_into(instance)
        ledger.put_into(instance)
        os.environ.update(instance.environment())
        if hosted is None:
            server = stack.enter_context(shared_server(instance.postgresql))
            os.environ.update(embedded_environment(server))
        loading = Loading(contents, instance)
        loading.lay_tables()
        with loading.rows() as load_rows:
            for name, _size, content in archive.members(source):
                if name.startswith(archive.DATA):
                    load_rows(name, content)
                elif name.startswith(archive.FILES):
                    _put_file(instance.files / name.removeprefix(archive.FILES), content)
        lines = loading.finish()
        instance.note(
            restoring=None,
            restored={"created": contents.manifest["created"], "program": contents.manifest["program"]},
            demonstration=contents.manifest["demonstration"],
        )
    return lines


def _put_file(path: Path, content: IO[bytes]) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        path.chmod(0o600)
        shutil.copyfileobj(content, file, archive.BLOCK)
        file.flush()
        os.fsync(file.fileno())


def _tell(contents: archive.Contents, instance: Instance, lines: list[str]) -> None:
    end = contents.end
    print(
        _("Sauvegarde du %(created)s restaurée dans %(folder)s : %(rows)d lignes et %(files)d fichiers, tous vérifiés.")
        % {
            "created": contents.manifest["created"],
            "folder": instance.folder,
            "rows": sum(end["rows"].values()),
            "files": end["files"],
        }
    )
    for line in lines:
        print(line)
    print(
        _("Les personnes devront se reconnecter. Démarrez : nuserus serve --data %(folder)s")
        % {"folder": instance.folder}
    )

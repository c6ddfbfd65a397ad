"""`nuserus backup`: the whole instance in one file, while people go on working."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nuserus
from nuserus.config.backup.archive import FORMAT, MANIFEST, README, Writer
from nuserus.config.backup.keys import Keys, keys_of
from nuserus.config.backup.tables import (
    LEFT_OUT,
    Table,
    copy_out,
    count,
    refuse_hidden_rows,
    snapshot,
    tables_of,
)
from nuserus.config.command.hosted import Hosted, connect, hosted_database
from nuserus.config.command.managing import instance_environment
from nuserus.config.embedded.server import DATABASE, EmbeddedServer
from nuserus.config.instance import Instance, default_folder
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from nuserus.config.backup.tables import Database

KIND = "nuserus-backup"
TOGETHER = 4 << 20  # bytes of rows in one member


def backup(target: Path | None, keys_file: Path | None, data: Path | None) -> int:
    """Write the backup, the keys, or both; each file appears only when it is whole. Raises Refusal."""
    if target is None and keys_file is None:
        raise Refusal(
            _("Dites où écrire : « nuserus backup FICHIER », et « nuserus backup --keys FICHIER » pour les clés.")
        )
    for file in (target, keys_file):
        _refuse_taken(file)
    embedded = hosted_database() is None
    instance = Instance(data or default_folder(embedded=embedded))
    if not instance.exists():
        raise Refusal(_("Il n’y a pas d’instance de nuserus dans %(folder)s.") % {"folder": instance.folder})
    instance.refuse_unusable()
    keys = keys_of(instance)
    if keys_file is not None:
        with _in_words(keys_file):
            keys.write(keys_file)
        print(_("Clés écrites dans %(file)s : gardez-les ailleurs que la sauvegarde.") % {"file": keys_file})
    if target is not None:
        with instance_environment(instance.folder):
            _write(target, instance, keys, embedded=embedded)
    return 0


def _refuse_taken(file: Path | None) -> None:
    if file is not None and file.exists():
        raise Refusal(_("Le fichier %(file)s existe déjà et n’a pas été touché.") % {"file": file})


@contextmanager
def _in_words(file: Path) -> Iterator[None]:
    """What the disk or the database says, as one line."""
    import psycopg

    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise _no_room(file) from error
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["?"])[0]
        raise Refusal(
            _("La base n’a pas répondu jusqu’au bout ; aucune sauvegarde n’a été gardée. %(reason)s")
            % {"reason": reason}
        ) from error
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise _no_room(file) from error
        raise Refusal(
            _("Impossible d’écrire %(file)s : %(reason)s.") % {"file": file, "reason": error.strerror or error}
        ) from error


def _no_room(file: Path) -> Refusal:
    return Refusal(
        _("Il n’y a plus de place pour %(file)s : rien n’a été gardé. Faites de la place et recommencez.")
        % {"file": file}
    )


def _write(target: Path, instance: Instance, keys: Keys, *, embedded: bool) -> None:
    part = target.with_name(f"{target.name}.part")
    with _in_words(target):
        try:
            # what is there already may be open to others, or lead elsewhere
            part.unlink(missing_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "wb") as file:
                told = _Saving(instance, keys, Writer(file), embedded=embedded).run()
                file.flush()
                os.fsync(file.fileno())
            size = part.stat().st_size
            part.rename(target)
            _sync_folder(target.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    print(_("Sauvegarde écrite dans %(file)s (%(size).1f Mo).") % {"file": target, "size": size / 1_000_000})
    for line in told:
        print(line)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class _Saving:
    """One backup on its way."""

    def __init__(self, instance: Instance, keys: Keys, writer: Writer, *, embedded: bool) -> None:
        self._instance = instance
        self._keys = keys
        self._writer = writer
        self._hosted = _urls()
        self._embedded = embedded

    def run(self) -> list[str]:
        """Write everything; lines for the person."""
        import django

        django.setup()
        with connect("DATABASE_SYSTEM_URL", self._hosted.system) as reader, snapshot(reader) as moment:
            refuse_hidden_rows(reader)
            tables = [table for table in tables_of(reader) if table.name not in LEFT_OUT]
            counted = self._counted(tables, moment)
            self._writer.add(README, _readme().encode())
            self._writer.add_json(MANIFEST, self._manifest(reader, tables, counted))
            copied = {table.name: self._copy(reader, table) for table in tables}
            self._refuse_difference(counted, copied)
            wanted = set(_referred_files(reader, tables))
        files, size = self._files()
        missing = sorted(wanted - files)
        self._writer.finish({"rows": copied, "files": len(files), "bytes": size, "missing": missing}, self._keys.audit)
        return self._told(sum(copied.values()), len(tables), len(files), missing)

    def _counted(self, tables: list[Table], moment: str) -> dict[str, int]:
        """Rows of the same moment, counted by another role: the embedded superuser, else the owner of the tables."""
        with connect("DATABASE_OWNER_URL", self._counting_url()) as other, snapshot(other, of=moment):
            return {table.name: count(other, table.name) for table in tables}

    def _counting_url(self) -> str:
        if not self._embedded:
            return self._hosted.owner
        admin = EmbeddedServer(self._instance.postgresql).admin_url
        return admin.replace("/postgres?", f"/{DATABASE}?")

    def _manifest(self, reader: Database, tables: list[Table], counted: dict[str, int]) -> dict[str, Any]:
        applied = reader.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        return {
            "kind": KIND,
            "format": FORMAT,
            "program": nuserus.__version__,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "postgresql": reader.info.server_version,
            "keys": self._keys.marks(),
            "demonstration": bool(self._instance.fact("demonstration")),
            "ledger": _last_withdrawal(reader),
            "migrations": [list(row) for row in applied],
            "tables": [
                {"name": table.name, "columns": list(table.columns), "rows": counted[table.name]} for table in tables
            ],
            "left_out": LEFT_OUT,
        }

    def _copy(self, reader: Database, table: Table) -> int:
        rows, size, number, total = [], 0, 0, 0
        for row in copy_out(reader, table):
            rows.append(row)
            size += len(row)
            total += 1
            if size >= TOGETHER:
                number += 1
                self._writer.add_rows(table.name, number, b"".join(rows))
                rows, size = [], 0
        if rows:
            self._writer.add_rows(table.name, number + 1, b"".join(rows))
        return total

    def _refuse_difference(self, counted: dict[str, int], copied: dict[str, int]) -> None:
        for table, rows in counted.items():
            if copied[table] != rows:
                raise Refusal(
                    _(
                        "La table %(table)s a %(counted)d lignes et la sauvegarde en a lu %(copied)d : "
                        "elle n’a pas été gardée."
                    )
                    % {"table": table, "counted": rows, "copied": copied[table]}
                )

    def _files(self) -> tuple[set[str], int]:
        names, size = set(), 0
        for path in _walked(self._instance.files):
            name = path.relative_to(self._instance.files).as_posix()
            try:
                self._writer.add_file(name, path)
            except FileNotFoundError:  # taken back by its owner at this very moment
                continue
            names.add(name)
            size += path.stat().st_size if path.exists() else 0
        return names, size

    def _told(self, rows: int, tables: int, files: int, missing: list[str]) -> list[str]:
        lines = [
            _("%(rows)d lignes de %(tables)d tables, %(files)d fichiers ; chaque compte a été vérifié.")
            % {"rows": rows, "tables": tables, "files": files}
        ]
        if missing:
            lines.append(
                _("%(count)d fichiers nommés dans la base n’existent plus, par exemple %(name)s.")
                % {"count": len(missing), "name": missing[0]}
            )
        marks = self._keys.marks()
        lines.append(
            _("Clés nécessaires pour restaurer : %(secret)s et %(audit)s (« nuserus backup --keys FICHIER »).") % marks
        )
        return lines


def _last_withdrawal(reader: Database) -> str:
    """The last line of the ledger of withdrawals that this backup knows of; empty: none."""
    row = reader.execute("SELECT id::text FROM foundation_ledgerentry ORDER BY at DESC, id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""


def _urls() -> Hosted:
    found = hosted_database(os.environ)  # set for an embedded server too, once it is ready
    if found is None:
        raise Refusal(_("La base de données ne répond pas."))
    return found


def _walked(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(place, name)
            if path.is_file() and not path.is_symlink():
                yield path


def _referred_files(reader: Database, tables: list[Table]) -> Iterator[str]:
    """Names of files that rows of this moment point to."""
    from django.apps import apps
    from django.db.models import FileField
    from psycopg import sql

    columns = {table.name: table.columns for table in tables}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField) and field.column in columns.get(model._meta.db_table, ()):
                query = sql.SQL("SELECT {field} FROM {table} WHERE {field} <> ''").format(
                    field=sql.Identifier(str(field.column)), table=sql.Identifier(model._meta.db_table)
                )
                yield from (str(row[0]) for row in reader.execute(query))


def _readme() -> str:
    return _(
        "Sauvegarde d’une instance de nuserus.\n\n"
        "« nuserus restore CE-FICHIER --keys CLÉS --data DOSSIER » en refait une instance.\n"
        "Sans nuserus : manifest.json dit les tables et leurs colonnes ; data/TABLE/*.copy.gz sont les lignes\n"
        "au format texte de COPY (PostgreSQL), compressées par gzip ; files/ contient les fichiers tels quels ;\n"
        "end.json donne la taille et l’empreinte SHA-256 de chaque élément.\n"
    )

"""The rows of a backup go back into tables that the migrations of this program have laid."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, LiteralString

from nuserus.config.backup.archive import DATA, Contents, rows_of
from nuserus.config.backup.tables import LEFT_OUT, Table, count, tables_of, write_plainly
from nuserus.config.command.hosted import connect, hosted_database
from nuserus.config.instance import Instance
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from nuserus.config.backup.tables import Database

KEPT = "django_migrations"  # what the migrations wrote of themselves
_FORCED: LiteralString = """
SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relforcerowsecurity
"""


class Loading:
    """One restoration: `lay_tables`, then `rows`, then `finish`."""

    def __init__(self, contents: Contents, instance: Instance) -> None:
        self._instance = instance
        self._migrations = [(app, name) for app, name in contents.manifest["migrations"]]
        self._tables = {
            entry["name"]: Table(entry["name"], tuple(entry["columns"])) for entry in contents.manifest["tables"]
        }
        self._rows: dict[str, int] = contents.end["rows"]

    def lay_tables(self) -> None:
        """Apply exactly the migrations that the saved database had."""
        import django

        django.setup()
        from django.db import connections
        from django.db.migrations.executor import MigrationExecutor

        executor = MigrationExecutor(connections["owner"])
        applied = set(self._migrations)
        nodes = executor.loader.graph.node_map
        last = [key for key in applied & nodes.keys() if not {child.key for child in nodes[key].children} & applied]
        executor.migrate(sorted(last))
        connections["owner"].close()

    @contextmanager
    def rows(self) -> Iterator[Callable[[str, IO[bytes]], None]]:
        """A function that loads one data member; all of it becomes true at the end, or nothing does."""
        hosted = hosted_database()
        assert hosted is not None  # noqa: S101 - the environment names the embedded server too
        with connect("DATABASE_OWNER_URL", hosted.owner) as owner, owner.transaction():
            write_plainly(owner)
            there = [table for table in tables_of(owner) if table.name != KEPT]
            self._refuse_other_shape(there)
            forced = [str(name) for (name,) in owner.execute(_FORCED)]
            self._clear(owner, there, forced)
            yield lambda name, content: self._load(owner, name, content)
            self._refuse_difference(owner)
            self._settle(owner, there, forced)

    def _refuse_other_shape(self, there: list[Table]) -> None:
        found = {table.name: set(table.columns) for table in there if table.name not in LEFT_OUT}
        wanted = {name: set(table.columns) for name, table in self._tables.items()}
        for name in sorted(found.keys() | wanted.keys()):
            if found.get(name) != wanted.get(name):
                raise Refusal(
                    _("La table %(table)s n’a pas la forme qu’elle avait quand elle a été sauvegardée.")
                    % {"table": name}
                )

    def _clear(self, owner: Database, there: list[Table], forced: list[str]) -> None:
        """Take the floor and the triggers away for the time of the transaction, and what the migrations wrote.

        COPY can't run under row-level security, and nothing may be computed again from what is already whole.
        """
        from psycopg import sql

        names = [table.name for table in there]
        for name in forced:
            _alter(owner, "ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY", name)
        for name in names:
            _alter(owner, "ALTER TABLE {table} DISABLE TRIGGER USER", name)
        owner.execute(sql.SQL("TRUNCATE {}").format(sql.SQL(", ").join(map(sql.Identifier, names))))

    def _load(self, owner: Database, name: str, content: IO[bytes]) -> None:
        from psycopg import sql

        table = self._tables[name.removeprefix(DATA).split("/")[0]]
        columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
        query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), columns)
        with owner.cursor() as cursor, cursor.copy(query) as copy:
            rows_of(name, content, copy.write)

    def _refuse_difference(self, owner: Database) -> None:
        for name, rows in self._rows.items():
            if (found := count(owner, name)) != rows:
                raise Refusal(
                    _("La table %(table)s devait avoir %(rows)d lignes et en a %(found)d.")
                    % {"table": name, "rows": rows, "found": found}
                )

    def _settle(self, owner: Database, there: list[Table], forced: list[str]) -> None:
        """References are checked, numbers go on after the last one, the floor and the triggers are back."""
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in there:
            _alter(owner, "ALTER TABLE {table} ENABLE TRIGGER USER", table.name)
        for name in forced:
            _alter(owner, "ALTER TABLE {table} FORCE ROW LEVEL SECURITY", name)
        for table in there:
            _continue_numbers(owner, table)

    def finish(self) -> list[str]:
        """Later migrations, what apps put right in a copy, the journal; lines for the person."""
        from django.db import connections

        from nuserus.config.command.preparing import bring_up_to_date
        from nuserus.foundation.audit.chain import seal_after_restore, verify_chain
        from nuserus.foundation.restoring import put_right_after_restore

        bring_up_to_date(self._instance)
        lines = put_right_after_restore()
        seal_after_restore()
        faults = verify_chain().faults
        if faults:
            lines.append(
                _("Le journal scellé a %(count)d défauts, qu’il avait déjà : %(what)s.")
                % {"count": len(faults), "what": f"{faults[0].position}, {faults[0].what}"}
            )
        connections.close_all()
        return lines


def _alter(owner: Database, statement: LiteralString, table: str) -> None:
    from psycopg import sql

    owner.execute(sql.SQL(statement).format(table=sql.Identifier(table)))


def _continue_numbers(owner: Database, table: Table) -> None:
    """The sequence of each numbered column goes on after its largest number."""
    from psycopg import sql

    for column in table.columns:
        row = owner.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, column]).fetchone()
        if row and row[0]:
            owner.execute(
                sql.SQL("SELECT setval(%s, greatest(max({column}), 1), max({column}) IS NOT NULL) FROM {table}").format(
                    column=sql.Identifier(column), table=sql.Identifier(table.name)
                ),
                [row[0]],
            )

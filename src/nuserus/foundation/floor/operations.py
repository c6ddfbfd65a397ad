"""Migration operations that lay the floor under a table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

from nuserus.foundation.floor.predicates import SCOPE_COLUMNS, read_predicate, write_predicate

POLICIES = ("floor_read", "floor_insert", "floor_update", "floor_delete", "floor_owner")


class _FloorOperation(Operation, ABC):
    """A change of the database alone: the state of the models is not touched."""

    reduces_to_sql = True
    reversible = True
    category = OperationCategory.SQL

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        return

    @abstractmethod
    def forward_sql(self) -> list[str]:
        """Statements that lay it."""

    @abstractmethod
    def backward_sql(self) -> list[str]:
        """Statements that take it away."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.forward_sql())

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        self._run(schema_editor, self.backward_sql())

    def _run(self, schema_editor: BaseDatabaseSchemaEditor, statements: list[str]) -> None:
        if schema_editor.connection.alias == "owner":
            for statement in statements:
                schema_editor.execute(statement, params=None)


def _role(name: str) -> str:
    return f'"{settings.DB_ROLES[name]}"'


class ApplyFloor(_FloorOperation):
    """Row-level security, forced, with the four policies of the application role.

    `read` and `write` replace the common predicates for the few tables that are themselves a
    source of standing; each use is a line of docs/access/floor-exceptions.md. The owner and the
    system role are named in a policy of their own: under FORCE, a migration or an importer would
    otherwise touch no row and say nothing.
    """

    def __init__(self, table: str, *, read: str = "", write: str = "") -> None:
        self.table = table
        self.read = read
        self.write = write

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        given = {"read": self.read, "write": self.write}
        return type(self).__name__, [self.table], {k: v for k, v in given.items() if v}

    def describe(self) -> str:
        return f"Row-level security on {self.table}"

    def forward_sql(self) -> list[str]:
        read = self.read or read_predicate()
        write = self.write or write_predicate()
        on = f"ON {self.table} FOR"
        app, both = _role("app"), f"{_role('owner')}, {_role('system')}"
        return [
            f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {self.table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY floor_read {on} SELECT TO {app} USING ({read})",
            f"CREATE POLICY floor_insert {on} INSERT TO {app} WITH CHECK ({write})",
            f"CREATE POLICY floor_update {on} UPDATE TO {app} USING ({write}) WITH CHECK ({write})",
            f"CREATE POLICY floor_delete {on} DELETE TO {app} USING ({write})",
            f"CREATE POLICY floor_owner {on} ALL TO {both} USING (true) WITH CHECK (true)",
        ]

    def backward_sql(self) -> list[str]:
        drops = [f"DROP POLICY {name} ON {self.table}" for name in POLICIES]
        return [
            *drops,
            f"ALTER TABLE {self.table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY",
        ]


class CloseRows(_FloorOperation):
    """A further wall for the application role: no row where `closed` (SQL) is true, whatever the floor opens.

    The floor's own policies each open; this one narrows what they open together.
    """

    def __init__(self, table: str, closed: str) -> None:
        self.table = table
        self.closed = closed

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.closed], {}

    def describe(self) -> str:
        return f"Some rows of {self.table} are closed"

    def forward_sql(self) -> list[str]:
        wall = f"NOT coalesce({self.closed}, false)"
        return [
            f"CREATE POLICY floor_closed ON {self.table} AS RESTRICTIVE FOR ALL TO {_role('app')} "
            f"USING ({wall}) WITH CHECK ({wall})"
        ]

    def backward_sql(self) -> list[str]:
        return [f"DROP POLICY floor_closed ON {self.table}"]


class InheritScope(_FloorOperation):
    """The rows of `child` always have the scope of the `parent` row that `column` points to.

    Two triggers: one copies the scope when a child is written, one follows when the parent's
    changes. They run as the owner, so the copy is complete whoever asks; the policies of the child
    are then checked against the copied scope, so nobody writes below a parent they may not write.
    """

    def __init__(self, child: str, parent: str, column: str) -> None:
        self.child = child
        self.parent = parent
        self.column = column

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.child, self.parent, self.column], {}

    def describe(self) -> str:
        return f"Scope of {self.child} follows {self.parent}"

    @property
    def _copy(self) -> str:
        return f"{self.child}_scope_copy"

    @property
    def _follow(self) -> str:
        return f"{self.child}_scope_follow"

    def forward_sql(self) -> list[str]:
        columns = ", ".join(SCOPE_COLUMNS)
        before = ", ".join(f"OLD.{column}" for column in SCOPE_COLUMNS)
        values = ", ".join(f"NEW.{column}" for column in SCOPE_COLUMNS)
        definer = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"
        return [
            f"CREATE FUNCTION {self._copy}() RETURNS trigger {definer} AS $$ BEGIN "
            f"SELECT {columns} INTO {values} FROM {self.parent} WHERE id = NEW.{self.column}; "
            "RETURN NEW; END $$",
            f"CREATE TRIGGER {self._copy} BEFORE INSERT OR UPDATE ON {self.child} "
            f"FOR EACH ROW EXECUTE FUNCTION {self._copy}()",
            f"CREATE FUNCTION {self._follow}() RETURNS trigger {definer} AS $$ BEGIN "
            f"UPDATE {self.child} SET ({columns}) = ROW({values}) WHERE {self.column} = NEW.id; "
            "RETURN NULL; END $$",
            f"CREATE TRIGGER {self._follow} AFTER UPDATE OF {columns} ON {self.parent} "
            f"FOR EACH ROW WHEN (ROW({before}) IS DISTINCT FROM ROW({values})) "
            f"EXECUTE FUNCTION {self._follow}()",
        ]

    def backward_sql(self) -> list[str]:
        return [
            f"DROP TRIGGER {self._follow} ON {self.parent}",
            f"DROP FUNCTION {self._follow}()",
            f"DROP TRIGGER {self._copy} ON {self.child}",
            f"DROP FUNCTION {self._copy}()",
        ]


class RestrictWrites(_FloorOperation):
    """A role (the application unless said otherwise) may only do `allowed` on the table; none: not even read it."""

    def __init__(self, table: str, allowed: tuple[str, ...] = (), *, role: str = "app") -> None:
        self.table = table
        self.allowed = allowed
        self.role = role

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.allowed], {"role": self.role}

    def describe(self) -> str:
        return f"{self.role} may only {', '.join(self.allowed) or 'do nothing'} on {self.table}"

    def forward_sql(self) -> list[str]:
        statements = [f"REVOKE ALL ON {self.table} FROM {_role(self.role)}"]
        if self.allowed:
            statements.append(f"GRANT {', '.join(self.allowed)} ON {self.table} TO {_role(self.role)}")
        return statements

    def backward_sql(self) -> list[str]:
        return [f"GRANT SELECT, INSERT, UPDATE, DELETE ON {self.table} TO {_role(self.role)}"]

"""The three roles of the database and what each may do, for the embedded server and for a hosted one.

owner   schema and migrations
app     web and jobs: rows it is allowed to see, no object of its own
system  importers, erasure, backup: named by the policies, reached only on purpose
None is a superuser, none bypasses row-level security.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, LiteralString

from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.sql import Composable

    Admin = Connection[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class RoleNames:
    """Names of the three roles in this PostgreSQL."""

    owner: str = "nuserus_owner"
    app: str = "nuserus_app"
    system: str = "nuserus_system"

    def all(self) -> tuple[str, str, str]:
        return (self.owner, self.app, self.system)


DEFAULT_NAMES = RoleNames()
# in the order of the columns that `_create_role` reads
FORBIDDEN_POWERS: tuple[LiteralString, ...] = (
    "NOSUPERUSER",
    "NOBYPASSRLS",
    "NOCREATEDB",
    "NOCREATEROLE",
    "NOREPLICATION",
)


def create_roles(
    admin: str,
    *,
    database: str,
    names: RoleNames = DEFAULT_NAMES,
    passwords: Mapping[str, str] | None = None,
) -> list[str]:
    """Create (or put right) the three roles and the database; may be run again. Returns what was done, a line each.

    `admin` is a connection string of a role that may create roles and databases, to any database of the server.
    `passwords` maps role name → password; they are hashed here, so no log of the server holds them.
    Raises Refusal when roles or database exist in a shape that must not be changed silently.
    """
    import psycopg

    if len(set(names.all())) != 3:
        raise Refusal(_("Les trois rôles doivent être différents (application, propriétaire, système)."))
    done: list[str] = []
    with psycopg.connect(admin, autocommit=True) as connection:
        done += [_create_role(connection, name, (passwords or {}).get(name)) for name in names.all()]
        _refuse_membership(connection, names)
        with _acting_for(connection, names.owner):
            done.append(_create_database(connection, database, names.owner))
    done += grant_in_database(psycopg.conninfo.make_conninfo(admin, dbname=database), database=database, names=names)
    return done


def create_database(admin: str, *, database: str, names: RoleNames = DEFAULT_NAMES) -> None:
    """One more database for existing roles (tests make one per process); may be run again."""
    import psycopg

    with psycopg.connect(admin, autocommit=True) as connection, _acting_for(connection, names.owner):
        _create_database(connection, database, names.owner)
    grant_in_database(psycopg.conninfo.make_conninfo(admin, dbname=database), database=database, names=names)


def _run(connection: Admin, statement: LiteralString, **parts: Composable) -> None:
    from psycopg import sql

    connection.execute(sql.SQL(statement).format(**parts))


def _names(*names: str) -> dict[str, Composable]:
    from psycopg import sql

    return {f"n{position}": sql.Identifier(name) for position, name in enumerate(names)}


def _create_role(connection: Admin, name: str, password: str | None) -> str:
    found = connection.execute(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = %s",
        [name],
    ).fetchone()
    if found is None:
        _run(connection, "CREATE ROLE {n0} LOGIN", **_names(name))
        message = _("Rôle %(name)s créé.") % {"name": name}
    else:
        # only what is wrong: naming a power at all needs that power from the one who asks
        powers = [word for word, held in zip(FORBIDDEN_POWERS, found, strict=True) if held]
        for word in (*powers, "LOGIN"):
            _run(connection, "ALTER ROLE {n0} {power}", **_names(name), power=_keyword(word))
        message = _("Rôle %(name)s déjà présent, droits vérifiés.") % {"name": name}
    if password:
        _set_password(connection, name, password)
    return message


def _keyword(word: LiteralString) -> Composable:
    from psycopg import sql

    return sql.SQL(word)


def _set_password(connection: Admin, name: str, password: str) -> None:
    from psycopg import sql

    hashed = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    _run(connection, "ALTER ROLE {n0} PASSWORD {hashed}", **_names(name), hashed=sql.Literal(hashed.decode()))


def _refuse_membership(connection: Admin, names: RoleNames) -> None:
    """A role that may become another one would make the floor a formality."""
    for member in (names.app, names.system):
        others = connection.execute(
            "SELECT rolname FROM pg_roles WHERE rolname <> %s AND pg_has_role(%s, oid, 'MEMBER') LIMIT 1",
            [member, member],
        ).fetchone()
        if others is not None:
            raise Refusal(
                _("Le rôle %(member)s est membre de %(other)s : retirez-le (REVOKE) puis recommencez.")
                % {"member": member, "other": others[0]}
            )


@contextmanager
def _acting_for(connection: Admin, owner: str) -> Iterator[None]:
    """Let an administrator who isn't superuser act for the owner, for the time of the block only."""
    row = connection.execute(
        "SELECT rolsuper OR pg_has_role(current_user, %s, 'MEMBER') FROM pg_roles WHERE rolname = current_user",
        [owner],
    ).fetchone()
    if row is not None and row[0] and not _has_only_admin_option(connection, owner):
        yield
        return
    _run(connection, "GRANT {n0} TO CURRENT_USER", **_names(owner))
    try:
        yield
    finally:
        _run(connection, "REVOKE {n0} FROM CURRENT_USER", **_names(owner))


def _has_only_admin_option(connection: Admin, owner: str) -> bool:
    """From PostgreSQL 16 the creator of a role administers it without being able to act for it."""
    row = connection.execute(
        "SELECT rolsuper OR pg_has_role(current_user, %s, 'USAGE') FROM pg_roles WHERE rolname = current_user",
        [owner],
    ).fetchone()
    return row is not None and not row[0]


def _create_database(connection: Admin, database: str, owner: str) -> str:
    found = connection.execute(
        "SELECT pg_encoding_to_char(encoding), pg_get_userbyid(datdba) FROM pg_database WHERE datname = %s",
        [database],
    ).fetchone()
    if found is None:
        _run(
            connection,
            "CREATE DATABASE {n0} OWNER {n1} TEMPLATE template0 ENCODING 'UTF8' " + _locale(connection),
            **_names(database, owner),
        )
        return _("Base %(name)s créée.") % {"name": database}
    encoding, holder = found
    if encoding != "UTF8":
        raise Refusal(_("La base %(name)s n’est pas en UTF-8 : créez-en une autre.") % {"name": database})
    if holder != owner:
        raise Refusal(
            _(
                "La base %(name)s appartient à %(holder)s : donnez-la à %(owner)s (ALTER DATABASE … OWNER TO) "
                "ou choisissez un autre nom."
            )
            % {"name": database, "holder": holder, "owner": owner}
        )
    return _("Base %(name)s déjà présente.") % {"name": database}


def _locale(connection: Admin) -> LiteralString:
    # the same order and the same case rules on every machine, whatever its system locale
    if connection.info.server_version >= 170000:
        return "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
    return "LOCALE 'C.UTF-8'"


def grant_in_database(admin: str, *, database: str, names: RoleNames) -> list[str]:
    """Say who may do what in `database`, for the objects that migrations will create.

    Only default privileges: granting on existing tables would give back what a migration has withdrawn.
    """
    import psycopg

    with psycopg.connect(admin, autocommit=True) as connection, _acting_for(connection, names.owner):
        for statement in _GRANTS:
            _run(connection, statement, database=psycopg.sql.Identifier(database), **_roles(names))
    return [_("Droits posés sur la base %(name)s.") % {"name": database}]


def _roles(names: RoleNames) -> dict[str, Composable]:
    from psycopg import sql

    return {
        "owner": sql.Identifier(names.owner),
        "app": sql.Identifier(names.app),
        "system": sql.Identifier(names.system),
    }


_FUTURE: LiteralString = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} "
_GRANTS: tuple[LiteralString, ...] = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {app}",
    # importers copy into a temporary table, because COPY can't run under row-level security
    "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {system}",
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "REVOKE CREATE ON SCHEMA public FROM {app}, {system}",
    "GRANT USAGE ON SCHEMA public TO {app}, {system}",
    _FUTURE + "IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {app}, {system}",
    _FUTURE + "IN SCHEMA public GRANT USAGE ON SEQUENCES TO {app}, {system}",
    _FUTURE + "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    _FUTURE + "IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {app}, {system}",
)

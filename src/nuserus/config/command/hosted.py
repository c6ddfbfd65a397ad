"""Hosted: the three role URLs of the environment, checked before anything starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urlsplit

from nuserus.config.refusal import Refusal
from nuserus.config.roles import RoleNames, create_roles
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    import psycopg

VARIABLES = {"app": "DATABASE_URL", "owner": "DATABASE_OWNER_URL", "system": "DATABASE_SYSTEM_URL"}
OLDEST_SERVER = 150000
CONNECT_SECONDS = "8"


@dataclass(frozen=True, slots=True)
class Hosted:
    """Where the database is, for each of the three roles."""

    app: str
    owner: str
    system: str

    def environment(self) -> dict[str, str]:
        return {variable: getattr(self, role) for role, variable in VARIABLES.items()}

    @property
    def names(self) -> RoleNames:
        return RoleNames(*(unquote(urlsplit(url).username or "") for url in (self.owner, self.app, self.system)))

    @property
    def database(self) -> str:
        return unquote(urlsplit(self.app).path.strip("/"))

    def passwords(self) -> dict[str, str]:
        parts = (urlsplit(url) for url in (self.owner, self.app, self.system))
        return {unquote(part.username or ""): unquote(part.password or "") for part in parts if part.password}


def hosted_database(environment: Mapping[str, str] | None = None) -> Hosted | None:
    """The hosted database that the environment names; None means embedded.

    Raises Refusal when a URL is missing or is not one.
    """
    variables = os.environ if environment is None else environment
    urls = {role: variables.get(name, "").strip() for role, name in VARIABLES.items()}
    if not any(urls.values()):
        return None
    for role, url in urls.items():
        if not url:
            raise Refusal(
                _("Il manque la variable %(variable)s : une base hébergée a besoin des trois (%(all)s).")
                % {"variable": VARIABLES[role], "all": ", ".join(VARIABLES.values())}
            )
        _refuse_malformed(VARIABLES[role], url)
    return _refuse_mixed(Hosted(**urls))


def _refuse_malformed(variable: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        wrong = not _is_postgresql(parts)
    except ValueError:  # a port that is not a number, an unclosed bracket
        wrong = True
    if wrong:
        raise Refusal(
            _("La variable %(variable)s doit avoir la forme postgresql://compte:mot-de-passe@hote:5432/base.")
            % {"variable": variable}
        )


def _is_postgresql(parts: SplitResult) -> bool:
    parts.port  # noqa: B018 - raises ValueError when it isn't a number
    return parts.scheme in {"postgresql", "postgres"} and bool(parts.username) and bool(parts.path.strip("/"))


def _refuse_mixed(hosted: Hosted) -> Hosted:
    if len({urlsplit(url).path for url in hosted.environment().values()}) != 1:
        raise Refusal(_("Les trois adresses doivent désigner la même base (même nom à la fin)."))
    if len(set(hosted.names.all())) != 3:
        raise Refusal(_("Les trois adresses doivent utiliser trois rôles différents."))
    return hosted


def refuse_unusable(hosted: Hosted) -> None:
    """Connect as each role and raise Refusal when one can't, or may too much or too little."""
    for role, variable in VARIABLES.items():
        with connect(variable, getattr(hosted, role)) as connection:
            problem = wrong_powers(connection, role, hosted.names)
        if problem:
            raise Refusal(
                _("%(variable)s : %(problem)s. Lancez « nuserus create-roles ».")
                % {"variable": variable, "problem": problem}
            )


def connect(variable: str, url: str) -> psycopg.Connection[tuple[object, ...]]:
    """A connection, or a Refusal in one line that never shows the password."""
    import psycopg

    try:
        return psycopg.connect(url, connect_timeout=CONNECT_SECONDS, autocommit=True)
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["?"])[-1].strip()
        if "No space left on device" in reason:  # the embedded server speaks English in its own log
            raise Refusal(
                _("Il n’y a plus de place sur le disque de la base : faites de la place et recommencez.")
            ) from None
        raise Refusal(
            _("La base de %(variable)s ne répond pas ou refuse : %(reason)s") % {"variable": variable, "reason": reason}
        ) from None


def wrong_powers(connection: psycopg.Connection[tuple[object, ...]], role: str, names: RoleNames) -> str:
    """What is wrong with the role of this connection, in words; empty when it is as it must be."""
    if connection.info.server_version < OLDEST_SERVER:
        return _("PostgreSQL 15 ou plus récent est nécessaire")
    row = connection.execute(
        "SELECT rolsuper, rolbypassrls, has_schema_privilege('public', 'CREATE'), "
        "has_schema_privilege('public', 'USAGE') FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    superuser, bypass, creates, uses = row or (False, False, False, False)
    if superuser or bypass:
        return _("ce rôle passe outre les règles d’accès (superutilisateur ou BYPASSRLS)")
    if role == "owner":
        return "" if creates else _("ce rôle ne peut pas créer de tables dans cette base")
    if creates:
        return _("ce rôle peut créer des tables, il ne le doit pas")
    if not uses:
        return _("ce rôle n’a pas accès au schéma public")
    member = connection.execute(
        "SELECT 1 FROM pg_roles WHERE rolname = ANY(%s) AND rolname <> current_user "
        "AND pg_has_role(current_user, oid, 'MEMBER')",
        [list(names.all())],
    ).fetchone()
    return _("ce rôle peut devenir un autre des trois rôles") if member else ""


def create_hosted_roles(admin_url: str) -> list[str]:
    """Create the roles and the database that the three URLs name. Returns lines that say what was done."""
    import psycopg

    hosted = hosted_database()
    if hosted is None:
        raise Refusal(
            _("Donnez d’abord les trois adresses dans l’environnement : %(all)s.")
            % {"all": ", ".join(VARIABLES.values())}
        )
    connect("--admin-url", admin_url).close()
    try:
        return create_roles(admin_url, database=hosted.database, names=hosted.names, passwords=hosted.passwords())
    except psycopg.Error as error:
        reason = (str(error).strip().splitlines() or ["?"])[0].strip()
        raise Refusal(_("PostgreSQL refuse : %(reason)s") % {"reason": reason}) from None

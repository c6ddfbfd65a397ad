"""Bring the database to this program: migrations, then the demonstration. Run in its own process.

Writes one JSON list of lines about the accounts at the end, or one line that says why it refuses.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nuserus.config.instance import Instance
from nuserus.config.refusal import Refusal
from nuserus.config.wording import gettext as _

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.loader import MigrationLoader

_MANY_OBJECTS = 50_000  # made before rubbish is looked for; Python says 700
MIGRATION_LOCK = 7_245_081_973  # any constant: several machines start at the same time


def main(words: list[str]) -> int:
    import django

    django.setup()
    from django.conf import settings

    instance = Instance(Path(settings.NUSERUS_DATA))
    try:
        bring_up_to_date(instance)
        lines = load_demonstration(instance) if "--demo" in words else []
    except Refusal as refusal:
        print(refusal, flush=True)
        return 2
    print(json.dumps(lines), flush=True)
    return 0


def bring_up_to_date(instance: Instance) -> None:
    """Apply the migrations that are missing, as the owner of the schema. Refuses a newer database."""
    from django.core.management import call_command
    from django.db import ProgrammingError, connections
    from django.db.migrations.exceptions import InconsistentMigrationHistory
    from django.db.migrations.loader import MigrationLoader

    with _one_at_a_time(connections["owner"]):
        missing, unknown = migrations_state()
        if unknown:
            raise Refusal(
                _(
                    "La base a été créée par une version plus récente de nuserus (%(name)s) : "
                    "elle n’a pas été touchée. Mettez le programme à jour."
                )
                % {"name": unknown[0]}
            )
        try:
            # a hole in the middle leaves nothing to apply, and is no less another history
            MigrationLoader(connections["owner"]).check_consistent_history(connections["owner"])
            if missing:
                with few_collections():
                    call_command("migrate", database="owner", interactive=False, verbosity=0)
        except (InconsistentMigrationHistory, ProgrammingError) as error:
            raise _other_history(error) from error
        applied = _own_migrations()
    if instance.fact("migrations") != applied:
        instance.note(migrations=applied)


@contextmanager
def few_collections() -> Iterator[None]:
    """Look for rubbish rarely: migrations make millions of objects, and a third of their time went into looking."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _other_history(error: Exception) -> Refusal:
    """The tables are not those that the applied migrations make: another program, or hands, made them."""
    reason = (str(error).strip().splitlines() or ["?"])[0]
    return Refusal(
        _(
            "La base ne correspond pas aux migrations de ce programme (%(reason)s). "
            "Reprenez le programme qui l’a faite, ou restaurez une sauvegarde dans un dossier neuf."
        )
        % {"reason": reason}
    )


def migrations_state() -> tuple[list[str], list[str]]:
    """Names of migrations to apply, and of applied ones that this program does not know."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connections["owner"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in plan], _unknown(executor.loader)


def _unknown(loader: MigrationLoader) -> list[str]:
    known = set(loader.disk_migrations or {})
    for migration in (loader.disk_migrations or {}).values():
        known.update(migration.replaces)
    return sorted(f"{app}.{name}" for app, name in set(loader.applied_migrations or {}) - known)


def _own_migrations() -> list[str]:
    """Applied migrations of our own apps, for the marker of the data folder."""
    from django.apps import apps
    from django.db import connections
    from django.db.migrations.recorder import MigrationRecorder

    ours = {app.label: app.name.removeprefix("nuserus.") for app in apps.get_app_configs() if _is_ours(app.name)}
    applied = MigrationRecorder(connections["owner"]).applied_migrations()
    return sorted(f"{ours[label]}.{name}" for label, name in applied if label in ours)


def _is_ours(name: str) -> bool:
    return name.startswith("nuserus.")


@contextmanager
def _one_at_a_time(connection: BaseDatabaseWrapper) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
    try:
        yield
    finally:
        connection.close()  # ends the session, and the lock with it


def load_demonstration(instance: Instance) -> list[str]:
    """Load the demonstration unless the database has it; returns lines about its accounts."""
    from nuserus.portal.demonstration import actions, people, sources
    from nuserus.search.actions.rebuild_index import rebuild_index

    if not actions.load_demonstration() and not instance.fact("demonstration"):
        rebuild_index()  # an earlier load was cut before its last step
    if not instance.fact("demonstration"):
        instance.note(demonstration=True)
    shown = [f"  {account['email']:<36} {account['purpose']}" for account in people.role_accounts()]
    password = sources.DEMONSTRATION_PASSWORD
    return [
        _("Comptes de démonstration, mot de passe « %(password)s » :") % {"password": password},
        *shown,
        _("Carte d’une personne inventée, pour voir ses accords sans compte : %(card)s")
        % {"card": sources.DEMONSTRATION_CARD},
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

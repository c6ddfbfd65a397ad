"""The grids of a study are written by who conducts it, in the database too; its groups read and speak."""

from django.conf import settings
from django.db import migrations

LED = "scope_level <> 'group' OR scope_group = ANY ((SELECT nuserus_ids('missions'))::uuid[])"
WRITTEN = (
    ("instruments_instrument", "INSERT"),
    ("instruments_instrument", "UPDATE"),
    ("instruments_instrumentversion", "INSERT"),
    ("instruments_instrumentversion", "UPDATE"),
    # whoever belongs there makes a remark; what becomes of it is decided by who conducts
    ("instruments_remark", "UPDATE"),
)


def wall(table: str, command: str) -> migrations.RunSQL:
    """A policy that narrows what the others open: for that command, rows that the person leads."""
    name = f"floor_led_{command.lower()}"
    using = f" USING ({LED})" if command == "UPDATE" else ""
    return migrations.RunSQL(
        f"CREATE POLICY {name} ON {table} AS RESTRICTIVE FOR {command} TO {settings.DB_ROLES['app']}"
        f"{using} WITH CHECK ({LED})",
        f"DROP POLICY {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("instruments", "0007_people_of_fiches")]

    operations = [wall(table, command) for table, command in WRITTEN]

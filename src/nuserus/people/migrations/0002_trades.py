"""The first list of trades (data/trades.yaml)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from nuserus.people.actions.trades import load_trades


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    alias = schema_editor.connection.alias
    if alias == "owner":
        load_trades(apps.get_model("people", "Trade").objects, using=alias)


class Migration(migrations.Migration):
    dependencies = [("people", "0001_people")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

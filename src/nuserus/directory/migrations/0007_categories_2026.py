"""The categories that FINESS added or renamed since 2021."""

from django.db import migrations

from nuserus.directory.actions.load_lists import load_categories


def load(apps, schema_editor):
    load_categories(into=apps.get_model("directory", "Category").objects.using(schema_editor.connection.alias))


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_spots")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

"""Categories, publics, departments and towns."""

from django.db import migrations

from nuserus.directory.actions.load_lists import load_categories, load_departments, load_publics
from nuserus.directory.actions.load_towns import load_towns


def load(apps, schema_editor):
    def rows(model):
        return apps.get_model("directory", model).objects.using(schema_editor.connection.alias)

    load_categories(into=rows("Category"))
    load_publics(into=rows("Public"))
    load_departments(into=rows("Department"))
    load_towns(into=rows("Town"), departments=rows("Department"))


class Migration(migrations.Migration):
    dependencies = [("directory", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

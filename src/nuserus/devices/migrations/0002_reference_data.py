"""Families and catalogue."""

from django.db import migrations

from nuserus.devices.actions.load_catalogue import load_devices, load_families


def load(apps, schema_editor):
    def rows(model):
        return apps.get_model("devices", model).objects.using(schema_editor.connection.alias)

    load_families(into=rows("DeviceFamily"))
    load_devices(into=rows("Device"), families=rows("DeviceFamily"))


class Migration(migrations.Migration):
    dependencies = [("devices", "0001_initial")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

"""The notices of studies, one per purpose."""

from django.db import migrations

from nuserus.consent.actions.load_notices import load_notices


def load(apps, schema_editor):
    def rows(model):
        return apps.get_model("consent", model).objects.using(schema_editor.connection.alias)

    load_notices(into=rows("Notice"), versions=rows("NoticeVersion"))


class Migration(migrations.Migration):
    dependencies = [("consent", "0005_withdrawals")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

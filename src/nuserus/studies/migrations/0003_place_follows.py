"""A place of a study follows its institution when the system joins two that are one."""

from django.db import migrations

from nuserus.studies.statements import PLACE_FOLLOWS


class Migration(migrations.Migration):
    dependencies = [("studies", "0002_closed_missions")]

    operations = [migrations.RunSQL(PLACE_FOLLOWS, migrations.RunSQL.noop)]

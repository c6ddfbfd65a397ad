"""Who is named on a work no more writes no more what somebody says there."""

from django.db import migrations

from nuserus.consent.statements import WRITTEN_BEFORE, WRITTEN_BY_NAMED


class Migration(migrations.Migration):
    dependencies = [("consent", "0006_study_notices")]

    operations = [migrations.RunSQL(WRITTEN_BY_NAMED, WRITTEN_BEFORE)]

"""Nobody opens the mission of a study or of a place by its id: seats alone give it."""

from django.db import migrations

from nuserus.studies.statements import CLOSED_MISSIONS, NO_CLOSED_MISSIONS


class Migration(migrations.Migration):
    dependencies = [("studies", "0001_studies"), ("foundation", "0001_floor")]

    operations = [migrations.RunSQL(CLOSED_MISSIONS, NO_CLOSED_MISSIONS)]

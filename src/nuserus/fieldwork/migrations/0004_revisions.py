"""Pages of journals, restitutions and notes say at which revision they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0003_people_of_fiches")]

    operations = [
        migrations.AddField("journalentry", "revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("restitutionmeeting", "revision", models.PositiveIntegerField(default=0)),
        migrations.AddField("interview", "notes_revision", models.PositiveIntegerField(default=0)),
    ]

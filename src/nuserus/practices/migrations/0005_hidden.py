"""A sheet may be hidden by a moderator; the function that does it is the community's."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0004_listed")]

    operations = [
        migrations.AlterField(
            model_name="sheet",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "brouillon"),
                    ("in_review", "en relecture"),
                    ("to_rework", "à reprendre"),
                    ("published", "publiée"),
                    ("withdrawn", "retirée"),
                    ("hidden", "masquée par la modération"),
                ],
                default="draft",
                max_length=10,
                verbose_name="état",
            ),
        ),
    ]

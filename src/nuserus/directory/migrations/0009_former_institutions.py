"""The addresses of institutions that were found to be another one."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import RestrictWrites


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0008_claims"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormerInstitution",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="adresse lisible")),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("merged_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="réuni le")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former", to="directory.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "ancien établissement",
                "verbose_name_plural": "anciens établissements",
                "ordering": ["-merged_at", "id"],
            },
        ),
        RestrictWrites("directory_formerinstitution", ("SELECT",)),
    ]

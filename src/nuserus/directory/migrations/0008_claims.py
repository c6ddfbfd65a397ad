"""Asking to be the referent of a place, how many places one person asks for, and what a place says of itself."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.directory.statements import (
    CODES,
    CORRECTIONS,
    CORRECTIONS_READ,
    GUARD,
    LIMITS,
    NO_CODES,
    NO_CORRECTIONS,
    UNLIMIT,
)
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites

_GUARD_BEFORE = (
    import_module("nuserus.directory.migrations.0001_initial")
    .GUARD.partition("CREATE TRIGGER")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0007_categories_2026"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="opening",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=300, verbose_name="horaires, en toutes lettres"
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="own_details",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(
                    choices=[("name", "nom"), ("phone", "téléphone"), ("website", "site"), ("opening", "horaires")],
                    max_length=10,
                ),
                blank=True,
                db_default=[],
                default=list,
                size=None,
                verbose_name="ce que le lieu dit lui-même",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="checked_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("referent", "une personne référente du lieu"),
                    ("moderator", "la modération"),
                    ("code", "un code envoyé à l’adresse du lieu"),
                ],
                max_length=10,
                verbose_name="vérifié par",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="claim_refused_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="refusé comme référent ou référente le"),
        ),
        migrations.AddField(
            model_name="membership",
            name="claimed_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="demande à être référent ou référente depuis"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="code_asked_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="membership",
            name="code_count",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="membership",
            name="code_hash",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="membership",
            name="code_tries",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="membership",
            name="how_checked",
            field=models.CharField(blank=True, max_length=500, verbose_name="comment cela a été vérifié"),
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "scope_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="restricted",
                        max_length=12,
                        verbose_name="niveau d’information",
                    ),
                ),
                ("scope_institution", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_group", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_author", models.UUIDField(blank=True, editable=False, null=True)),
                ("scope_mission", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "detail",
                    models.CharField(
                        choices=[("name", "nom"), ("phone", "téléphone"), ("website", "site"), ("opening", "horaires")],
                        max_length=10,
                        verbose_name="ce qui est corrigé",
                    ),
                ),
                ("before", models.CharField(blank=True, max_length=300, verbose_name="avant")),
                ("after", models.CharField(blank=True, max_length=300, verbose_name="après")),
                ("from_register", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="corrigé le")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="annulé le")),
                ("by_moderation", models.BooleanField(default=False, verbose_name="annulé par la modération")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="directory.institution",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction d’un établissement",
                "verbose_name_plural": "corrections des établissements",
                "ordering": ["-made_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", None),
                            ("scope_group", None),
                            ("scope_institution", models.F("institution")),
                            ("scope_level", "restricted"),
                            ("scope_mission", None),
                        ),
                        name="correction_scope",
                    )
                ],
            },
        ),
        ApplyFloor("directory_correction", read=CORRECTIONS_READ, write="false"),
        RestrictWrites("directory_correction", ("SELECT",)),
        migrations.RunSQL(GUARD, _GUARD_BEFORE),
        migrations.RunSQL(LIMITS, UNLIMIT),
        migrations.RunSQL(CODES, NO_CODES),
        migrations.RunSQL(CORRECTIONS, NO_CORRECTIONS),
    ]

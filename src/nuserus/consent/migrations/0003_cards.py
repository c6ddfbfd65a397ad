"""Cards with which somebody without an account sees and takes back what they agreed to."""

import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.consent.statements import CARDS, NO_CARDS
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0002_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="ConsentCard",
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
                ("subject", models.UUIDField(verbose_name="personne")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="faite le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="remplacée le")),
            ],
            options={
                "verbose_name": "carte",
                "verbose_name_plural": "cartes",
                "ordering": ["-made_at", "id"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="consentevent",
            name="consent_event_said_somehow",
        ),
        migrations.AlterField(
            model_name="consentevent",
            name="how",
            field=models.CharField(
                blank=True,
                choices=[
                    ("on_screen", "sur l’écran"),
                    ("paper", "sur papier, signé"),
                    ("oral", "à voix haute, devant un témoin"),
                    ("card", "par la personne, avec sa carte"),
                ],
                max_length=10,
                verbose_name="comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "expired"),
                    models.Q(models.Q(("how", ""), _negated=True), ("recorded_by__isnull", False)),
                    models.Q(("how", "card"), ("kind", "withdrawn")),
                    _connector="OR",
                ),
                name="consent_event_said_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentcard",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("subject", "scope_mission"), name="one_card_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="consentcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission__isnull", False),
                ),
                name="consent_card_scope",
            ),
        ),
        ApplyFloor("consent_consentcard"),
        RestrictWrites("consent_consentcard", ("SELECT", "INSERT", "UPDATE")),
        migrations.RunSQL(CARDS, NO_CARDS),
    ]

"""What was found in texts before they are sent: restricted to those named on the object, for ever."""

import django.db.models.deletion
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_floor")]

    operations = [
        migrations.CreateModel(
            name="ScreenedText",
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
                ("kind", models.CharField(max_length=40, verbose_name="sorte d’objet")),
                ("object_id", models.UUIDField(verbose_name="objet")),
                ("field", models.CharField(max_length=80, verbose_name="réponse")),
                ("text_digest", models.CharField(max_length=64)),
                ("rules_version", models.CharField(max_length=20)),
                ("names_checked", models.BooleanField(default=False, verbose_name="noms cherchés")),
                ("screened_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "texte vérifié",
                "verbose_name_plural": "textes vérifiés",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "object_id", "field"), name="screened_text_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission", models.F("object_id")),
                        ),
                        name="screened_text_scope",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Flag",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "nom ou prénom"),
                            ("initials", "initiales"),
                            ("date", "date précise"),
                            ("age", "âge exact"),
                            ("room", "numéro de chambre"),
                            ("telephone", "numéro de téléphone"),
                            ("email", "adresse électronique"),
                            ("nir", "numéro de sécurité sociale"),
                            ("address", "adresse postale"),
                        ],
                        max_length=12,
                        verbose_name="sorte de détail",
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("words_digest", models.CharField(max_length=64)),
                (
                    "found_by",
                    models.CharField(
                        choices=[("rules", "règles"), ("model", "modèle de noms")],
                        default="rules",
                        max_length=8,
                        verbose_name="trouvé par",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "à décider"),
                            ("kept", "gardé"),
                            ("replaced", "remplacé"),
                            ("stale", "plus dans le texte"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("professional", "professionnel d’accord"),
                            ("agreed", "la personne est d’accord"),
                            ("invented", "nom inventé"),
                            ("not_a_person", "ce n’est pas une personne"),
                            ("harmless", "ne désigne personne"),
                        ],
                        max_length=20,
                        verbose_name="raison",
                    ),
                ),
                ("decided_by", models.UUIDField(blank=True, null=True, verbose_name="décidé par")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                (
                    "screened",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flags", to="screening.screenedtext"
                    ),
                ),
            ],
            options={
                "verbose_name": "détail signalé",
                "verbose_name_plural": "détails signalés",
                "ordering": ["screened", "start"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("end__gt", models.F("start"))), name="flag_holds_words"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "kept"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="flag_kept_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["open", "stale"]), ("decided_at__isnull", False), _connector="OR"
                        ),
                        name="flag_decided_once",
                    ),
                ],
            },
        ),
        ApplyFloor("screening_screenedtext"),
        ApplyFloor("screening_flag"),
        InheritScope("screening_flag", "screening_screenedtext", "screened_id"),
    ]

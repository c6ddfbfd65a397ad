"""What was read from the open registers, and what looks like the same place twice."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.directory.models.imports
import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites

_ASKED = "(SELECT nuserus_asked())"
_ADMINISTRATOR = f"{_ASKED} AND (SELECT nuserus_has_role('site_admin'))"
_MODERATOR = f"{_ASKED} AND (SELECT nuserus_has_role('moderator'))"
_EITHER = f"({_ADMINISTRATOR}) OR ({_MODERATOR})"


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0004_country_scale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="register_mark",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="place",
            name="register_mark",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="service",
            name="register_mark",
            field=models.BigIntegerField(editable=False, null=True),
        ),
        migrations.CreateModel(
            name="Import",
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
                    "source",
                    models.CharField(
                        choices=[
                            ("finess-classic", "FINESS, fichier classique (CSV)"),
                            ("finess-json", "FINESS, nouveau fichier (JSON)"),
                            ("data-inclusion", "data·inclusion, structures et services"),
                            ("mediation-numerique", "lieux de médiation numérique"),
                        ],
                        max_length=20,
                        verbose_name="registre",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=120,
                        upload_to=nuserus.directory.models.imports.import_name,
                        verbose_name="fichier",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="nom du fichier")),
                ("file_size", models.BigIntegerField(default=0, verbose_name="taille")),
                ("dry_run", models.BooleanField(default=False, verbose_name="essai, sans rien changer")),
                (
                    "on_problem",
                    models.CharField(
                        choices=[("valid", "garder les lignes valides"), ("nothing", "ne rien garder")],
                        default="valid",
                        max_length=10,
                        verbose_name="si des lignes sont refusées",
                    ),
                ),
                (
                    "partial",
                    models.BooleanField(default=False, verbose_name="le fichier n’est qu’une partie du registre"),
                ),
                (
                    "may_close_many",
                    models.BooleanField(default=False, verbose_name="beaucoup de fermetures sont attendues"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente"),
                            ("running", "en cours"),
                            ("tried", "essai terminé, rien n’a changé"),
                            ("applied", "appliqué"),
                            ("refused", "refusé, rien n’a changé"),
                            ("interrupted", "interrompu, rien n’a changé"),
                            ("undoing", "retour en arrière en cours"),
                            ("undone", "défait"),
                        ],
                        default="waiting",
                        max_length=12,
                        verbose_name="état",
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=12, verbose_name="étape")),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("register_date", models.DateField(blank=True, null=True, verbose_name="date du registre")),
                ("counts", models.JSONField(default=dict, verbose_name="ce qui a changé")),
                ("problem_count", models.PositiveIntegerField(default=0, verbose_name="lignes refusées")),
                ("problems", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list, verbose_name="à savoir")),
                ("refusal", models.TextField(blank=True, verbose_name="pourquoi rien n’a été changé")),
                ("left", models.JSONField(default=list, verbose_name="ce qui n’a pas pu être défait")),
                ("left_count", models.PositiveIntegerField(default=0)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("started_at", models.DateTimeField(blank=True, null=True, verbose_name="commencé le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="défait le")),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="demandé par",
                    ),
                ),
            ],
            options={
                "verbose_name": "import d’un registre",
                "verbose_name_plural": "imports des registres",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DuplicateProposal",
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
                            ("institutions", "deux établissements"),
                            ("institution-place", "un établissement et un lieu"),
                        ],
                        max_length=20,
                        verbose_name="de quoi",
                    ),
                ),
                ("first", models.UUIDField()),
                ("second", models.UUIDField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("siret", "même numéro SIRET"),
                            ("same-name", "même nom, même commune"),
                            ("near-name", "nom proche, même commune"),
                        ],
                        max_length=20,
                        verbose_name="pourquoi",
                    ),
                ),
                ("score", models.FloatField(help_text="de 0 à 1", verbose_name="ressemblance")),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="proposé le")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "à décider"),
                            ("accepted", "c’est le même"),
                            ("refused", "ce sont deux lieux"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="décidé par",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        db_column="import_id",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="directory.import",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "doublon proposé",
                "verbose_name_plural": "doublons proposés",
                "ordering": ["-score", "proposed_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="ImportChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("institution", "établissement"),
                            ("place", "lieu"),
                            ("service", "service"),
                            ("operator", "organisme gestionnaire"),
                            ("category", "catégorie"),
                        ],
                        max_length=12,
                        verbose_name="quoi",
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("created", "ajouté"),
                            ("updated", "mis à jour"),
                            ("closed", "fermé"),
                            ("reopened", "rouvert"),
                        ],
                        max_length=10,
                        verbose_name="changement",
                    ),
                ),
                ("object_id", models.UUIDField()),
                ("key", models.CharField(max_length=120, verbose_name="numéro dans le registre")),
                ("label", models.CharField(max_length=250, verbose_name="nom")),
                ("rank", models.PositiveIntegerField(blank=True, null=True, verbose_name="ligne")),
                ("before", models.JSONField(blank=True, null=True)),
                ("after", models.JSONField(blank=True, null=True)),
                ("digest", models.CharField(blank=True, max_length=32)),
                (
                    "run",
                    models.ForeignKey(
                        db_column="import_id",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="changes",
                        to="directory.import",
                        verbose_name="import",
                    ),
                ),
            ],
            options={
                "verbose_name": "changement d’un import",
                "verbose_name_plural": "changements des imports",
                "ordering": ["rank", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="import",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", None),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="import_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="duplicateproposal",
            index=models.Index(fields=["status", "kind"], name="duplicate_by_status"),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=models.UniqueConstraint(fields=("kind", "first", "second"), name="duplicate_proposed_once"),
        ),
        migrations.AddConstraint(
            model_name="duplicateproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", None),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="duplicate_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="importchange",
            index=models.Index(fields=["run", "verb", "kind", "rank"], name="importchange_by_run"),
        ),
        ApplyFloor("directory_import", read=_EITHER, write=_ADMINISTRATOR),
        ApplyFloor("directory_importchange", read=_EITHER, write="false"),
        ApplyFloor("directory_duplicateproposal", read=_EITHER, write=_MODERATOR),
        # a run is asked here and carried on by the system; a proposal is decided, never rewritten
        RestrictWrites("directory_import", ("SELECT", "INSERT")),
        RestrictWrites("directory_importchange", ("SELECT",)),
        RestrictWrites("directory_duplicateproposal", ("SELECT", "UPDATE (status, decided_by_id, decided_at)")),
    ]

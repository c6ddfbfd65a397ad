"""Catalogue, inventories and their floor."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites
from nuserus.foundation.floor.predicates import read_predicate

_MODERATOR = "(SELECT nuserus_asked()) AND (SELECT nuserus_has_role('moderator'))"

# A proposal is answered by the moderators, so they read it; only they make a device public
# (docs/access/floor-exceptions.md).
DEVICE_READ = f"({read_predicate()}) OR ({_MODERATOR})"
DEVICE_WRITE = (
    f"({_MODERATOR}) OR ((SELECT nuserus_asked()) AND scope_author = (SELECT nuserus_user())"
    " AND scope_level = 'restricted' AND status = 'proposed')"
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("foundation", "0001_floor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DeviceFamily",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="identifiant")),
                ("label", models.CharField(max_length=80, verbose_name="nom")),
                ("description", models.CharField(max_length=300, verbose_name="description")),
                ("pictogram", models.CharField(max_length=40, verbose_name="pictogramme")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
            ],
            options={
                "verbose_name": "famille de dispositifs",
                "verbose_name_plural": "familles de dispositifs",
                "ordering": ["position", "label"],
            },
        ),
        migrations.CreateModel(
            name="Device",
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
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="adresse lisible")),
                ("name", models.CharField(max_length=120, verbose_name="nom")),
                ("folded", models.CharField(editable=False, max_length=120, verbose_name="nom sans accent")),
                ("description", models.TextField(max_length=1000, verbose_name="description")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="autres noms",
                    ),
                ),
                (
                    "questions_before_use",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="questions à se poser avant l’usage",
                    ),
                ),
                (
                    "programme_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="noms relevés pendant le premier programme",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("accepted", "au catalogue"), ("proposed", "proposé"), ("refused", "refusé")],
                        default="accepted",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("proposed_at", models.DateTimeField(blank=True, null=True, verbose_name="proposé le")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="réponse de la modération")),
                ("list_version", models.CharField(blank=True, max_length=20, verbose_name="version de la liste")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="proposé par",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="devices",
                        to="devices.devicefamily",
                        verbose_name="famille",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispositif",
                "verbose_name_plural": "dispositifs",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Deployment",
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
                ("own_name", models.CharField(blank=True, max_length=120, verbose_name="nom chez nous")),
                (
                    "quantity",
                    models.PositiveIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="nombre",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("envisage", "envisagé"),
                            ("essai", "essai"),
                            ("installe", "usage installé"),
                            ("reinvente", "usage réinventé"),
                            ("abandonne", "abandonné"),
                        ],
                        max_length=10,
                        verbose_name="degré d’appropriation",
                    ),
                ),
                (
                    "used_by",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="qui s’en sert",
                    ),
                ),
                (
                    "with_publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="avec qui",
                    ),
                ),
                ("data_held", models.CharField(blank=True, max_length=500, verbose_name="données gardées")),
                ("cost", models.CharField(blank=True, max_length=200, verbose_name="coût")),
                ("remarks", models.TextField(blank=True, max_length=2000, verbose_name="remarques")),
                ("last_checked", models.DateField(default=django.utils.timezone.localdate, verbose_name="vérifié le")),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deployments",
                        to="directory.institution",
                        verbose_name="établissement ou service",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relevé par",
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deployments",
                        to="devices.device",
                        verbose_name="dispositif",
                    ),
                ),
            ],
            options={
                "verbose_name": "dispositif d’un établissement",
                "verbose_name_plural": "dispositifs des établissements",
                "ordering": ["device__name", "id"],
                "indexes": [models.Index(fields=["scope_level"], name="deployment_by_level")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", None),
                            ("scope_group", None),
                            ("scope_institution", models.F("institution")),
                            ("scope_level__in", ("public", "network", "institution")),
                            ("scope_mission", None),
                        ),
                        name="deployment_scope",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="device",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope_level", "public"), ("status", "accepted")),
                    models.Q(models.Q(("status", "accepted"), _negated=True), ("scope_level", "restricted")),
                    _connector="OR",
                ),
                name="device_public_once_accepted",
            ),
        ),
        RestrictWrites("devices_devicefamily", ("SELECT",)),
        ApplyFloor("devices_device", read=DEVICE_READ, write=DEVICE_WRITE),
        ApplyFloor("devices_deployment"),
    ]

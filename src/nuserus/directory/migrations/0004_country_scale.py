"""What the registers say of institutions, and the places where a person finds help."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import RestrictWrites

# a life-and-welcome place that was already here: what may be a home is known from the category
HOMES = """
UPDATE directory_institution SET is_private_home = true
WHERE category_id IN (SELECT id FROM directory_category WHERE code IN ('462', '238', '236'));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_referents"),
        ("people", "0002_trades"),
    ]

    operations = [
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("data-inclusion", "data·inclusion"),
                            ("mediation-numerique", "cartographie de la médiation numérique"),
                            ("hand", "ajouté à la main"),
                        ],
                        max_length=20,
                        verbose_name="registre",
                    ),
                ),
                ("source_id", models.CharField(max_length=120, verbose_name="identifiant dans le registre")),
                ("name", models.CharField(max_length=250, verbose_name="nom")),
                ("folded", models.CharField(editable=False, max_length=250, verbose_name="nom sans accent")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("siret", models.CharField(blank=True, max_length=14, verbose_name="numéro SIRET")),
                ("street", models.CharField(blank=True, max_length=250, verbose_name="adresse")),
                ("post_code", models.CharField(blank=True, max_length=5, verbose_name="code postal")),
                ("commune", models.CharField(blank=True, max_length=5, verbose_name="code INSEE de la commune")),
                ("town_name", models.CharField(max_length=80, verbose_name="ville")),
                ("town_folded", models.CharField(editable=False, max_length=80, verbose_name="ville sans accent")),
                ("latitude", models.FloatField(blank=True, null=True, verbose_name="latitude")),
                ("longitude", models.FloatField(blank=True, null=True, verbose_name="longitude")),
                (
                    "precision",
                    models.CharField(
                        blank=True,
                        choices=[("door", "à l’adresse"), ("street", "dans la rue"), ("town", "dans la commune")],
                        max_length=8,
                        verbose_name="précision de la position",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("website", models.URLField(blank=True, max_length=500, verbose_name="site")),
                ("opening_hours", models.CharField(blank=True, max_length=500, verbose_name="horaires")),
                ("access_note", models.CharField(blank=True, max_length=500, verbose_name="accessibilité")),
                ("kind", models.CharField(blank=True, max_length=80, verbose_name="type de structure")),
                (
                    "networks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="réseaux et labels",
                    ),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="besoins",
                    ),
                ),
                ("is_digital", models.BooleanField(default=False, verbose_name="aide au numérique")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="mis à jour le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="fermé le")),
            ],
            options={
                "verbose_name": "lieu où se faire aider",
                "verbose_name_plural": "lieux où se faire aider",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Service",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("data-inclusion", "data·inclusion"),
                            ("mediation-numerique", "cartographie de la médiation numérique"),
                            ("hand", "ajouté à la main"),
                        ],
                        max_length=20,
                        verbose_name="registre",
                    ),
                ),
                ("source_id", models.CharField(max_length=120, verbose_name="identifiant dans le registre")),
                ("name", models.CharField(max_length=250, verbose_name="nom")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                ("kind", models.CharField(blank=True, max_length=80, verbose_name="type")),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="thèmes",
                    ),
                ),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="publics",
                    ),
                ),
                ("conditions", models.TextField(blank=True, verbose_name="conditions")),
                ("fees", models.CharField(blank=True, max_length=500, verbose_name="frais")),
                (
                    "reception",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="modes d’accueil",
                    ),
                ),
                ("how_to_come", models.CharField(blank=True, max_length=500, verbose_name="pour y aller")),
                ("opening_hours", models.CharField(blank=True, max_length=500, verbose_name="horaires")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="téléphone")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="lien")),
                ("updated_on", models.DateField(blank=True, null=True, verbose_name="mis à jour le")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="fermé le")),
            ],
            options={
                "verbose_name": "service proposé",
                "verbose_name_plural": "services proposés",
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddField(
            model_name="institution",
            name="activity",
            field=models.CharField(blank=True, max_length=6, verbose_name="code APE"),
        ),
        migrations.AddField(
            model_name="institution",
            name="closed_on",
            field=models.DateField(blank=True, null=True, verbose_name="fermé le"),
        ),
        migrations.AddField(
            model_name="institution",
            name="commune",
            field=models.CharField(blank=True, max_length=5, verbose_name="code INSEE de la commune"),
        ),
        migrations.AddField(
            model_name="institution",
            name="contact_email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="adresse électronique du lieu"),
        ),
        migrations.AddField(
            model_name="institution",
            name="funding",
            field=models.CharField(blank=True, max_length=120, verbose_name="mode de tarification"),
        ),
        migrations.AddField(
            model_name="institution",
            name="is_private_home",
            field=models.BooleanField(default=False, editable=False, verbose_name="peut être un domicile privé"),
        ),
        migrations.AddField(
            model_name="institution",
            name="latitude",
            field=models.FloatField(blank=True, null=True, verbose_name="latitude"),
        ),
        migrations.AddField(
            model_name="institution",
            name="longitude",
            field=models.FloatField(blank=True, null=True, verbose_name="longitude"),
        ),
        migrations.AddField(
            model_name="institution",
            name="named_by_place",
            field=models.BooleanField(default=False, verbose_name="nommé par le lieu lui-même"),
        ),
        migrations.AddField(
            model_name="institution",
            name="opened_on",
            field=models.DateField(blank=True, null=True, verbose_name="ouvert le"),
        ),
        migrations.AddField(
            model_name="institution",
            name="phone",
            field=models.CharField(blank=True, max_length=20, verbose_name="téléphone"),
        ),
        migrations.AddField(
            model_name="institution",
            name="post_code",
            field=models.CharField(blank=True, max_length=5, verbose_name="code postal"),
        ),
        migrations.AddField(
            model_name="institution",
            name="precision",
            field=models.CharField(
                blank=True,
                choices=[("door", "à l’adresse"), ("street", "dans la rue"), ("town", "dans la commune")],
                max_length=8,
                verbose_name="précision de la position",
            ),
        ),
        migrations.AddField(
            model_name="institution",
            name="register_date",
            field=models.DateField(blank=True, null=True, verbose_name="date du répertoire"),
        ),
        migrations.AddField(
            model_name="institution",
            name="register_name",
            field=models.CharField(blank=True, max_length=200, verbose_name="nom au répertoire FINESS"),
        ),
        migrations.AddField(
            model_name="institution",
            name="siret",
            field=models.CharField(blank=True, max_length=14, verbose_name="numéro SIRET"),
        ),
        migrations.AddField(
            model_name="institution",
            name="street",
            field=models.CharField(blank=True, max_length=200, verbose_name="adresse"),
        ),
        migrations.AddField(
            model_name="institution",
            name="website",
            field=models.URLField(blank=True, verbose_name="site"),
        ),
        migrations.AddField(
            model_name="operator",
            name="finess",
            field=models.CharField(
                blank=True, max_length=9, null=True, unique=True, verbose_name="numéro FINESS de l’entité juridique"
            ),
        ),
        migrations.AddField(
            model_name="operator",
            name="siren",
            field=models.CharField(blank=True, max_length=9, verbose_name="numéro SIREN"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["category", "department"], name="institution_by_category"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["commune"], name="institution_by_commune"),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["folded"], name="institution_by_folded", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="institution",
            index=models.Index(fields=["longitude", "latitude"], name="institution_by_point"),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_private_home", False),
                    models.Q(("phone", ""), ("precision__in", ["", "town"]), ("street", "")),
                    _connector="OR",
                ),
                name="institution_home_is_not_shown",
            ),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="institution_point_on_earth",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="department",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="places",
                to="directory.department",
                verbose_name="département",
            ),
        ),
        migrations.AddField(
            model_name="place",
            name="institution",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="places",
                to="directory.institution",
                verbose_name="établissement de l’annuaire",
            ),
        ),
        migrations.AddField(
            model_name="service",
            name="place",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="services",
                to="directory.place",
                verbose_name="lieu",
            ),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["commune"], name="place_by_commune"),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["department"], name="place_by_department"),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["folded"], name="place_by_folded", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="place",
            index=models.Index(fields=["longitude", "latitude"], name="place_by_point"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(fields=("source", "source_id"), name="place_once_per_register"),
        ),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("latitude", None), ("longitude", None)),
                    models.Q(("latitude__range", (-90, 90)), ("longitude__range", (-180, 180))),
                    _connector="OR",
                ),
                name="place_point_on_earth",
            ),
        ),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.UniqueConstraint(fields=("source", "source_id"), name="service_once_per_register"),
        ),
        *[RestrictWrites(table, ("SELECT",)) for table in ("directory_place", "directory_service")],
        migrations.RunSQL(HOMES, migrations.RunSQL.noop),
    ]

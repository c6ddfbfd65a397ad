import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor
from nuserus.foundation.floor.predicates import read_predicate, write_predicate

_MODERATOR = "(SELECT nuserus_asked()) AND (SELECT nuserus_has_role('moderator'))"

# Moderators answer proposals and take misleading links away; only they make a resource public
# (docs/access/floor-exceptions.md).
LINK_WRITE = f"({write_predicate()}) OR ({_MODERATOR})"
RESOURCE_READ = f"({read_predicate()}) OR ({_MODERATOR})"
RESOURCE_WRITE = (
    f"({_MODERATOR}) OR ((SELECT nuserus_asked()) AND scope_author = (SELECT nuserus_user())"
    " AND scope_level = 'restricted' AND status = 'proposed')"
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("practices", "0006_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Illustration",
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
                ("concept", models.SlugField(max_length=60, verbose_name="notion")),
                ("words", models.CharField(blank=True, max_length=200, verbose_name="pourquoi")),
                ("linked_at", models.DateTimeField(auto_now_add=True, verbose_name="le")),
                (
                    "linked_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="practices.sheet",
                        verbose_name="fiche",
                    ),
                ),
            ],
            options={
                "verbose_name": "illustration d’une notion",
                "verbose_name_plural": "illustrations de notions",
                "ordering": ("-linked_at", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("concept", "sheet"), name="illustration_once"),
                    models.CheckConstraint(condition=models.Q(("scope_level", "public")), name="illustration_public"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Resource",
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
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("address", models.URLField(max_length=500, verbose_name="adresse")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reading", "à lire"),
                            ("listening", "à écouter"),
                            ("watching", "à regarder"),
                            ("course", "à suivre"),
                            ("playing", "à jouer en équipe"),
                            ("tool", "à prendre pour travailler"),
                        ],
                        max_length=12,
                        verbose_name="c’est",
                    ),
                ),
                ("words", models.TextField(max_length=400, verbose_name="ce qu’on y trouve")),
                (
                    "minutes",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6000),
                        ],
                        verbose_name="durée en minutes",
                    ),
                ),
                ("is_free", models.BooleanField(default=True, verbose_name="gratuit")),
                (
                    "concepts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="notions",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("proposed", "proposée"), ("accepted", "acceptée"), ("refused", "refusée")],
                        default="proposed",
                        editable=False,
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("answer", models.CharField(blank=True, editable=False, max_length=300, verbose_name="réponse")),
                ("proposed_at", models.DateTimeField(auto_now_add=True, verbose_name="le")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
            ],
            options={
                "verbose_name": "ressource",
                "verbose_name_plural": "ressources",
                "ordering": ("title", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("scope_level", "public"), ("status", "accepted")),
                            models.Q(("scope_level", "restricted"), models.Q(("status", "accepted"), _negated=True)),
                            _connector="OR",
                        ),
                        name="resource_public_once_accepted",
                    )
                ],
            },
        ),
        ApplyFloor("learning_illustration", write=LINK_WRITE),
        ApplyFloor("learning_resource", read=RESOURCE_READ, write=RESOURCE_WRITE),
    ]

"""Accounts, trades and roles."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites


def identifier() -> models.UUIDField:
    return models.UUIDField(
        default=nuserus.foundation.models.base.new_id,
        editable=False,
        primary_key=True,
        serialize=False,
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("foundation", "0001_floor")]

    operations = [
        migrations.CreateModel(
            name="Trade",
            fields=[
                ("id", identifier()),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("label", models.CharField(max_length=120, verbose_name="métier")),
                ("group", models.SlugField(max_length=30, verbose_name="famille de métiers")),
                ("group_label", models.CharField(max_length=60)),
                ("position", models.PositiveSmallIntegerField(verbose_name="place dans la liste")),
                (
                    "r1110_2",
                    models.BooleanField(
                        help_text="du code de la santé publique",
                        verbose_name="nommé par l’article R1110-2",
                    ),
                ),
                ("r1110_2_ref", models.CharField(blank=True, max_length=10, verbose_name="alinéa")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("list_version", models.CharField(max_length=20, verbose_name="version de la liste")),
                ("retired", models.BooleanField(default=False, verbose_name="retiré de la liste")),
            ],
            options={
                "verbose_name": "métier",
                "verbose_name_plural": "métiers",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                ("id", identifier()),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Cette adresse ne peut pas être utilisée."},
                        max_length=254,
                        unique=True,
                        verbose_name="adresse e-mail",
                    ),
                ),
                (
                    "display_name",
                    models.CharField(blank=True, max_length=80, verbose_name="nom affiché"),
                ),
                (
                    "language",
                    models.CharField(
                        choices=settings.LANGUAGES,
                        default=settings.LANGUAGE_CODE,
                        max_length=5,
                        verbose_name="langue",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="ouvert")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="ouvert le"),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="fermé le"),
                ),
                (
                    "trade",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="people.trade",
                        verbose_name="métier",
                    ),
                ),
            ],
            options={
                "verbose_name": "compte",
                "verbose_name_plural": "comptes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="account_email_is_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoleGrant",
            fields=[
                ("id", identifier()),
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
                    "role",
                    models.CharField(
                        choices=[
                            ("member", "professionnel vérifié, professionnelle vérifiée"),
                            ("accompanied", "personne accompagnée"),
                            ("relative", "proche"),
                            ("referent", "référent, référente d’établissement"),
                            ("facilitator", "animateur, animatrice"),
                            ("moderator", "modérateur, modératrice"),
                            ("reviewer", "relecteur, relectrice"),
                            ("study_lead", "responsable d’étude"),
                            ("study_researcher", "chercheur, chercheuse d’une étude"),
                            (
                                "practitioner_researcher",
                                "praticien-chercheur, praticienne-chercheuse",
                            ),
                            ("committee_member", "membre d’un comité de pilotage"),
                            ("site_admin", "administrateur, administratrice du site"),
                        ],
                        max_length=30,
                        verbose_name="rôle",
                    ),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="motif")),
                (
                    "granted_by",
                    models.UUIDField(editable=False, null=True, verbose_name="donné par"),
                ),
                (
                    "granted_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="donné le"),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="role_grants",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "rôle donné",
                "verbose_name_plural": "rôles donnés",
                "ordering": ["granted_at"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("account", "role", "scope_institution"),
                        name="role_granted_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scope_author", models.F("account"))),
                        name="role_read_by_its_holder",
                    ),
                ],
            },
        ),
        ApplyFloor("people_rolegrant"),
        RestrictWrites("people_rolegrant", ("SELECT",)),
    ]

"""Lists, places, institutions, memberships and their floor."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites

# Written by importers and migrations only: the web reads them.
REFERENCE_TABLES = (
    "directory_category",
    "directory_public",
    "directory_department",
    "directory_town",
    "directory_operator",
    "directory_institution",
    "directory_institution_publics",
    "directory_institution_trades",
)

# A membership gives standing, so neither the common predicates nor the level decide: the person,
# the referents of the place, the moderators (docs/access/floor-exceptions.md).
CONCERNED = (
    "(SELECT nuserus_asked()) AND (SELECT nuserus_user()) IS NOT NULL AND ("
    "scope_author = (SELECT nuserus_user())"
    " OR scope_institution = ANY ((SELECT nuserus_ids('managed'))::uuid[])"
    " OR (SELECT nuserus_has_role('moderator')))"
)

# Row-level security compares one row; what may become of it needs the row before. Nobody decides
# about themselves, requests are for oneself, refused and ended are final.
GUARD = f"""
CREATE FUNCTION directory_guard_membership() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mine boolean := NEW.account_id IS NOT DISTINCT FROM nuserus_user();
  decides boolean := NOT mine AND (
    NEW.institution_id = ANY (nuserus_ids('managed')) OR nuserus_has_role('moderator'));
BEGIN
  IF current_user IN ('{settings.DB_ROLES["owner"]}', '{settings.DB_ROLES["system"]}') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF mine AND NEW.status = 'pending' AND NOT NEW.is_referent
       AND NEW.decided_at IS NULL AND NEW.decided_by_id IS NULL THEN
      RETURN NEW;
    END IF;
  ELSIF ROW(NEW.account_id, NEW.institution_id, NEW.asked_at)
        IS NOT DISTINCT FROM ROW(OLD.account_id, OLD.institution_id, OLD.asked_at) THEN
    IF ROW(NEW.status, NEW.is_referent, NEW.decided_at, NEW.decided_by_id)
       IS NOT DISTINCT FROM ROW(OLD.status, OLD.is_referent, OLD.decided_at, OLD.decided_by_id) THEN
      RETURN NEW;
    END IF;
    IF NEW.decided_by_id IS NOT DISTINCT FROM nuserus_user() THEN
      IF decides AND (OLD.status, NEW.status) IN (
           ('pending', 'confirmed'), ('pending', 'refused'),
           ('confirmed', 'confirmed'), ('confirmed', 'ended')) THEN
        RETURN NEW;
      END IF;
      IF mine AND NOT NEW.is_referent AND OLD.status IN ('pending', 'confirmed')
         AND NEW.status IN (OLD.status, 'ended') THEN
        RETURN NEW;
      END IF;
    END IF;
  END IF;
  RAISE EXCEPTION 'this membership is not yours to decide' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER directory_guard_membership BEFORE INSERT OR UPDATE ON directory_membership
FOR EACH ROW EXECUTE FUNCTION directory_guard_membership();
"""
UNGUARD = """
DROP TRIGGER directory_guard_membership ON directory_membership;
DROP FUNCTION directory_guard_membership();
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("foundation", "0001_floor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=4, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=120, verbose_name="libellé")),
                ("short", models.CharField(blank=True, max_length=40, verbose_name="sigle")),
                ("group", models.CharField(max_length=120, verbose_name="groupe")),
                ("domain", models.CharField(max_length=3, verbose_name="domaine")),
                ("list_version", models.CharField(max_length=20, verbose_name="version de la liste")),
            ],
            options={
                "verbose_name": "catégorie d’établissement",
                "verbose_name_plural": "catégories d’établissement",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Public",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True, verbose_name="identifiant")),
                ("label", models.CharField(max_length=120, verbose_name="libellé")),
                (
                    "aliases",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="autres mots",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="rang")),
                ("list_version", models.CharField(max_length=20, verbose_name="version de la liste")),
            ],
            options={
                "verbose_name": "public",
                "verbose_name_plural": "publics",
                "ordering": ["position", "label"],
            },
        ),
        migrations.CreateModel(
            name="Department",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=3, unique=True, verbose_name="code")),
                ("label", models.CharField(max_length=60, verbose_name="nom")),
                ("region", models.CharField(max_length=60, verbose_name="région")),
            ],
            options={
                "verbose_name": "département",
                "verbose_name_plural": "départements",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Operator",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[("associatif", "associatif"), ("public", "public"), ("prive", "privé")],
                        max_length=12,
                        verbose_name="statut",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisme gestionnaire",
                "verbose_name_plural": "organismes gestionnaires",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Town",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("geonames_id", models.PositiveIntegerField(unique=True, verbose_name="numéro GeoNames")),
                ("name", models.CharField(max_length=80, verbose_name="nom")),
                ("folded", models.CharField(editable=False, max_length=80, verbose_name="nom sans accent")),
                ("region", models.CharField(max_length=60, verbose_name="région")),
                ("latitude", models.FloatField(verbose_name="latitude")),
                ("longitude", models.FloatField(verbose_name="longitude")),
                ("population", models.PositiveIntegerField(default=0, verbose_name="population")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="towns",
                        to="directory.department",
                        verbose_name="département",
                    ),
                ),
            ],
            options={
                "verbose_name": "ville",
                "verbose_name_plural": "villes",
                "ordering": ["name", "geonames_id"],
            },
        ),
        migrations.CreateModel(
            name="Institution",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="nom")),
                ("folded", models.CharField(editable=False, max_length=200, verbose_name="nom sans accent")),
                ("slug", models.SlugField(max_length=120, unique=True, verbose_name="adresse lisible")),
                (
                    "finess",
                    models.CharField(
                        blank=True,
                        max_length=9,
                        null=True,
                        unique=True,
                        verbose_name="numéro FINESS de l’établissement",
                    ),
                ),
                ("kind_label", models.CharField(blank=True, max_length=120, verbose_name="type en toutes lettres")),
                (
                    "legal_status",
                    models.CharField(
                        blank=True,
                        choices=[("associatif", "associatif"), ("public", "public"), ("prive", "privé")],
                        max_length=12,
                        verbose_name="statut",
                    ),
                ),
                ("town_name", models.CharField(max_length=80, verbose_name="ville")),
                ("town_folded", models.CharField(editable=False, max_length=80, verbose_name="ville sans accent")),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="questions que le lieu se posait",
                    ),
                ),
                (
                    "participants",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="qui a pris part au premier programme",
                    ),
                ),
                ("is_fictitious", models.BooleanField(default=False, verbose_name="exemple fictif")),
                (
                    "programme_partner",
                    models.BooleanField(
                        blank=True,
                        help_text="oui : partenaire ; non : observé sans être partenaire ; vide : n’y était pas",
                        null=True,
                        verbose_name="partenaire du premier programme",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="directory.category",
                        verbose_name="catégorie FINESS",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="directory.department",
                        verbose_name="département",
                    ),
                ),
                (
                    "trades",
                    models.ManyToManyField(
                        blank=True, related_name="institutions", to="people.trade", verbose_name="métiers"
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="directory.operator",
                        verbose_name="organisme gestionnaire",
                    ),
                ),
                (
                    "publics",
                    models.ManyToManyField(
                        blank=True, related_name="institutions", to="directory.public", verbose_name="publics"
                    ),
                ),
                (
                    "town",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="institutions",
                        to="directory.town",
                        verbose_name="ville située",
                    ),
                ),
            ],
            options={
                "verbose_name": "établissement ou service",
                "verbose_name_plural": "établissements et services",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("pending", "demande en attente"),
                            ("confirmed", "membre"),
                            ("refused", "demande refusée"),
                            ("ended", "terminé"),
                        ],
                        default="pending",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("is_referent", models.BooleanField(default=False, verbose_name="référent ou référente")),
                ("message", models.CharField(blank=True, max_length=500, verbose_name="message")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="décidé le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="personne",
                    ),
                ),
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
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to="directory.institution",
                        verbose_name="établissement ou service",
                    ),
                ),
                (
                    "trade",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="people.trade",
                        verbose_name="métier",
                    ),
                ),
            ],
            options={
                "verbose_name": "appartenance à un établissement",
                "verbose_name_plural": "appartenances à un établissement",
                "ordering": ["-asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("pending", "confirmed"))),
                        fields=("account", "institution"),
                        name="membership_open_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", models.F("account")),
                            ("scope_group", None),
                            ("scope_institution", models.F("institution")),
                            ("scope_level", "restricted"),
                            ("scope_mission", None),
                        ),
                        name="membership_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_referent", False), ("status", "confirmed"), _connector="OR"),
                        name="membership_referent_is_member",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="town",
            index=models.Index(fields=["folded"], name="town_by_folded", opclasses=["varchar_pattern_ops"]),
        ),
        migrations.AddConstraint(
            model_name="institution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("category__isnull", False), models.Q(("kind_label", ""), _negated=True), _connector="OR"
                ),
                name="institution_has_a_kind",
            ),
        ),
        *[RestrictWrites(table, ("SELECT",)) for table in REFERENCE_TABLES],
        ApplyFloor("directory_membership", read=CONCERNED, write=CONCERNED),
        migrations.RunSQL(GUARD, UNGUARD),
    ]

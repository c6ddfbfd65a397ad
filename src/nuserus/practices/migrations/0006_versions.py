"""Versions of published sheets, their freshness, and the readings of their simple versions."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.foundation.models.base import new_id

APP = settings.DB_ROLES["app"]
_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# Every column that is published, by its name: a test holds this list and the model together.
PUBLISHED = (
    "title", "simple_version", "devices", "own_devices", "publics", "trades", "axes", "planes", "ways",
    "modalities", "themes", "problem", "intention", "happened", "watch_for", "means", "role_of_person",
    "words_of_person", "limits", "when_to_stop", "elsewhere", "evidence", "ethics", "shows_institution",
    "institution_id", "licence", "adapted_from_id", "why_changed",
)  # fmt: skip
_FIELDS = ", ".join(f"'{name}', s.{name}" for name in PUBLISHED)

# What a version holds is written by the database: the program can't keep something else than what
# was published. A peer who read a sheet over is credited without the words changing: not counted.
CONTENT = f"""
CREATE FUNCTION practices_content(of_sheet uuid) RETURNS jsonb LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT jsonb_build_object({_FIELDS},
    'cards', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'text', c.text, 'picture', c.picture_id,
      'what_changed', c.what_changed, 'why_changed', c.why_changed) ORDER BY c.position, c.id), '[]')
      FROM practices_card c WHERE c.sheet_id = s.id),
    'pictures', (SELECT coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'alternative', p.alternative,
      'is_cover', p.is_cover) ORDER BY p.added_at, p.id), '[]')
      FROM practices_picture p WHERE p.sheet_id = s.id),
    'credits', (SELECT coalesce(jsonb_agg(jsonb_build_object('name', w.name, 'contribution', w.contribution)
      ORDER BY w.id), '[]')
      FROM practices_contributor w WHERE w.sheet_id = s.id AND w.contribution <> 'relecture'))
  FROM practices_sheet s WHERE s.id = of_sheet
$$;
REVOKE ALL ON FUNCTION practices_content(uuid) FROM PUBLIC, "{APP}";

CREATE FUNCTION practices_version_made() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  NEW.fingerprint := md5(practices_content(NEW.sheet_id)::text);
  IF NEW.number IS DISTINCT FROM (SELECT version FROM practices_sheet WHERE id = NEW.sheet_id) THEN
    RAISE EXCEPTION 'version % is not the one of sheet %', NEW.number, NEW.sheet_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER practices_version_made BEFORE INSERT ON practices_sheetversion
FOR EACH ROW EXECUTE FUNCTION practices_version_made();

CREATE FUNCTION practices_version_kept() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  made practices_sheetversion;
BEGIN
  SELECT * INTO made FROM practices_sheetversion WHERE id = NEW.version_id;
  NEW.content := practices_content(made.sheet_id);
  IF md5(NEW.content::text) <> made.fingerprint OR made.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'sheet % is not what its version % was', made.sheet_id, made.number
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER practices_version_kept BEFORE INSERT ON practices_versioncontent
FOR EACH ROW EXECUTE FUNCTION practices_version_kept();
"""  # noqa: S608 (names of our own)

# No public change escapes a version: asked at commit, of what the application wrote.
GUARD = f"""
CREATE FUNCTION practices_guard_versions() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  written jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
  of_sheet uuid := (written ->> TG_ARGV[0])::uuid;
  at_version int := (SELECT version FROM practices_sheet WHERE id = of_sheet AND status = 'published');
BEGIN
  IF session_user <> '{APP}' OR at_version IS NULL THEN
    RETURN NULL;
  END IF;
  IF NOT EXISTS (SELECT FROM practices_sheetversion made JOIN practices_versioncontent kept ON kept.version_id = made.id
    WHERE made.sheet_id = of_sheet AND made.number = at_version
    AND made.fingerprint = md5(practices_content(of_sheet)::text)) THEN
    RAISE EXCEPTION 'what sheet % publishes is in no version', of_sheet USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
"""  # noqa: S608 (names of our own)


def _guarded(table, column, event, when=""):
    name = f"{table}_{event.split()[0].lower()}_versioned"
    return (
        f"CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON {table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW {when} EXECUTE FUNCTION practices_guard_versions('{column}');"
    )


def _differs(*columns):
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("OLD", "NEW"))
    return f"WHEN (ROW({old}) IS DISTINCT FROM ROW({new}))"


GUARDED = "\n".join(
    (
        _guarded("practices_sheet", "id", "INSERT", "WHEN (NEW.status = 'published')"),
        _guarded("practices_sheet", "id", "UPDATE", _differs("status", "version", *PUBLISHED)),
        _guarded("practices_card", "sheet_id", "INSERT OR DELETE"),
        _guarded(
            "practices_card",
            "sheet_id",
            "UPDATE",
            _differs("text", "position", "picture_id", "what_changed", "why_changed"),
        ),
        _guarded("practices_picture", "sheet_id", "INSERT OR DELETE"),
        _guarded("practices_picture", "sheet_id", "UPDATE", _differs("alternative", "is_cover", "sheet_id")),
        _guarded("practices_contributor", "sheet_id", "INSERT OR DELETE"),
        _guarded("practices_contributor", "sheet_id", "UPDATE", _differs("name", "contribution")),
    )
)

# A version whose words must go: those who write the sheet, the peer who reads it, a moderator. Its
# content is erased, its line stays with the reason.
CLOSE = f"""
CREATE FUNCTION practices_close_version(which uuid, reason text) RETURNS boolean
LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  made practices_sheetversion;
BEGIN
  SELECT * INTO made FROM practices_sheetversion WHERE id = which FOR UPDATE;
  IF NOT FOUND OR nuserus_user() IS NULL OR NOT (nuserus_has_role('moderator')
      OR made.scope_author = nuserus_user() OR made.scope_mission = ANY (nuserus_ids('missions')::uuid[])) THEN
    RETURN false;
  END IF;
  IF made.closed_at IS NULL THEN
    UPDATE practices_sheetversion SET closed_at = now(), closed_by_id = nuserus_user(), closed_reason = reason
    WHERE id = which;
  END IF;
  DELETE FROM practices_versioncontent WHERE version_id = which;
  RETURN true;
END $$;
"""

# Stale: no longer done, or not confirmed for a year and a month. The job writes again the rows that
# become so by the passing of time.
STALE = """
CREATE FUNCTION practices_write_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.is_stale := NEW.status = 'published'
    AND (NEW.stopped_at IS NOT NULL OR coalesce(NEW.review_date + 30 < current_date, false));
  RETURN NEW;
END $$;
CREATE TRIGGER practices_write_stale BEFORE INSERT OR UPDATE ON practices_sheet
FOR EACH ROW EXECUTE FUNCTION practices_write_stale();
"""

# Whoever tries a sheet elsewhere confirms it, and may not write it.
TRIED = f"""
CREATE FUNCTION practices_trial_confirms() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE practices_sheet SET review_date = greatest(review_date, current_date + 365)
  WHERE id = NEW.sheet_id AND status = 'published' AND review_date IS DISTINCT FROM current_date + 365;
  RETURN NULL;
END $$;
CREATE TRIGGER practices_trial_confirms AFTER INSERT OR UPDATE OF outcome ON practices_trial
FOR EACH ROW EXECUTE FUNCTION practices_trial_confirms();
"""

UNDO = """
DROP TRIGGER practices_trial_confirms ON practices_trial;
DROP TRIGGER practices_write_stale ON practices_sheet;
DROP FUNCTION practices_trial_confirms();
DROP FUNCTION practices_write_stale();
DROP FUNCTION practices_close_version(uuid, text);
DROP FUNCTION practices_guard_versions() CASCADE;
DROP FUNCTION practices_version_kept() CASCADE;
DROP FUNCTION practices_version_made() CASCADE;
DROP FUNCTION practices_content(uuid);
"""


def first_versions(apps, schema_editor):
    """What is published already is its first known version; an adaptation of a first version knows it."""
    if schema_editor.connection.alias != "owner":
        return
    sheets = apps.get_model("practices", "Sheet").objects.using("owner")
    versions = apps.get_model("practices", "SheetVersion").objects.using("owner")
    contents = apps.get_model("practices", "VersionContent").objects.using("owner")
    published = sheets.filter(status="published").values_list("pk", "version", "author_id", "changed_at", "scope_level")
    for sheet, number, author, changed_at, level in published.order_by("pk").iterator(1000):
        made = versions.create(
            id=new_id(), sheet_id=sheet, number=number, made_by_id=author, made_at=changed_at, scope_level=level
        )
        contents.create(id=new_id(), version=made, scope_level=level)
    for adaptation in sheets.filter(adapted_from__version=1).iterator(1000):
        sheets.filter(pk=adaptation.pk).update(adapted_from_version=1)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0002_reference_data"),
        ("practices", "0005_hidden"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FreshnessCheck",
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
                ("due_on", models.DateField(verbose_name="à confirmer le")),
                ("asked_at", models.DateTimeField(auto_now_add=True, verbose_name="demandé le")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("valid", "Toujours valable"),
                            ("to_fix", "À corriger"),
                            ("stopped", "Ne se fait plus"),
                        ],
                        max_length=10,
                        verbose_name="réponse",
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="répondu le")),
            ],
            options={
                "verbose_name": "demande « toujours valable ? »",
                "verbose_name_plural": "demandes « toujours valable ? »",
            },
        ),
        migrations.CreateModel(
            name="PlainReview",
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
                ("text", models.TextField(max_length=900, verbose_name="texte relu")),
                ("readers", models.CharField(max_length=200, verbose_name="qui a relu")),
                (
                    "how_many",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(200),
                        ],
                        verbose_name="combien de personnes",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("workshop", "en atelier, à plusieurs"),
                            ("pair", "en lecture à deux"),
                            ("alone", "chacun de son côté, puis ensemble"),
                            ("other", "autrement"),
                        ],
                        max_length=10,
                        verbose_name="comment",
                    ),
                ),
                (
                    "what_changed",
                    models.TextField(blank=True, max_length=1000, verbose_name="ce qui a été changé grâce à elles"),
                ),
                ("done_on", models.DateField(verbose_name="date de la relecture")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "relecture par des personnes concernées",
                "verbose_name_plural": "relectures par des personnes concernées",
                "ordering": ["-done_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Presence",
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
                ("question", models.CharField(max_length=30, verbose_name="question")),
                ("seen_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "présence dans une question",
                "verbose_name_plural": "présences dans les questions",
            },
        ),
        migrations.CreateModel(
            name="SheetVersion",
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
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="publiée le")),
                ("summary", models.CharField(blank=True, max_length=200, verbose_name="ce qui change")),
                ("restores", models.PositiveIntegerField(blank=True, null=True, verbose_name="rétablit la version")),
                ("fingerprint", models.CharField(blank=True, editable=False, max_length=32)),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="fermée le")),
                (
                    "closed_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("words", "une personne a retiré ses paroles ou son accord"),
                            ("recognised", "une personne pouvait être reconnue"),
                            ("moderated", "retirée par la modération"),
                            ("reviewed", "retirée à la relecture"),
                            ("mistake", "elle contenait une erreur qui pouvait nuire"),
                        ],
                        max_length=12,
                        verbose_name="raison",
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’une fiche",
                "verbose_name_plural": "versions des fiches",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="VersionContent",
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
                ("content", models.JSONField(default=dict)),
            ],
            options={
                "verbose_name": "contenu d’une version",
                "verbose_name_plural": "contenus des versions",
            },
        ),
        migrations.RemoveIndex(
            model_name="sheet",
            name="sheet_newest_first",
        ),
        migrations.AddField(
            model_name="sheet",
            name="adapted_from_version",
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name="d’après la version"),
        ),
        migrations.AddField(
            model_name="sheet",
            name="is_stale",
            field=models.BooleanField(default=False, editable=False, verbose_name="à confirmer"),
        ),
        migrations.AddField(
            model_name="sheet",
            name="stopped_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="ne se fait plus depuis"),
        ),
        migrations.AlterField(
            model_name="sheetevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("started", "commencée"),
                    ("sent", "envoyée en relecture"),
                    ("assigned", "confiée à une relectrice ou un relecteur"),
                    ("passed_on", "passée à quelqu’un d’autre"),
                    ("returned", "à reprendre"),
                    ("published", "publiée"),
                    ("changed", "modifiée après publication"),
                    ("taken_back", "reprise par son auteur ou son autrice"),
                    ("completed", "complétée à la relecture"),
                    ("confirmed", "relue après publication"),
                    ("withdrawn", "retirée par son auteur ou son autrice"),
                    ("renewed", "dite toujours valable"),
                    ("to_fix", "dite à corriger"),
                    ("stopped", "dite terminée : ne se fait plus"),
                    ("closed", "une version fermée à la lecture"),
                    ("read_plain", "version simple relue par des personnes concernées"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(
                condition=models.Q(("status", "published")),
                fields=["is_stale", "-published_at", "id"],
                name="sheet_fresh_first",
            ),
        ),
        migrations.AddField(
            model_name="freshnesscheck",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="freshnesscheck",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="freshness_checks", to="practices.sheet"
            ),
        ),
        migrations.AddField(
            model_name="plainreview",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="plainreview",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="plain_reviews", to="practices.sheet"
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="presence",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="practices.sheet"
            ),
        ),
        migrations.AddField(
            model_name="sheetversion",
            name="closed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="sheetversion",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="faite par",
            ),
        ),
        migrations.AddField(
            model_name="sheetversion",
            name="read_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="relue par",
            ),
        ),
        migrations.AddField(
            model_name="sheetversion",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="practices.sheet"
            ),
        ),
        migrations.AddField(
            model_name="versioncontent",
            name="version",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="kept", to="practices.sheetversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="freshnesscheck",
            constraint=models.UniqueConstraint(fields=("sheet", "due_on"), name="asked_once_for_each_date"),
        ),
        migrations.AddConstraint(
            model_name="freshnesscheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(models.Q(("answer", ""), _negated=True), ("answered_at__isnull", False)),
                    _connector="OR",
                ),
                name="check_answered_with_an_answer",
            ),
        ),
        migrations.AddConstraint(
            model_name="freshnesscheck",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_institution", None), ("scope_level", "restricted"), ("scope_mission", models.F("sheet"))
                ),
                name="freshness_check_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.UniqueConstraint(fields=("sheet", "question", "account"), name="presence_once"),
        ),
        migrations.AddConstraint(
            model_name="presence",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_institution", None), ("scope_level", "restricted"), ("scope_mission", models.F("sheet"))
                ),
                name="presence_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetversion",
            constraint=models.UniqueConstraint(fields=("sheet", "number"), name="sheet_version_once"),
        ),
        migrations.AddConstraint(
            model_name="sheetversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_reason", "")),
                    models.Q(models.Q(("closed_reason", ""), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="version_closed_with_a_reason",
            ),
        ),
        ApplyFloor("practices_sheetversion"),
        InheritScope("practices_sheetversion", "practices_sheet", "sheet_id"),
        RestrictWrites("practices_sheetversion", ("SELECT", "INSERT")),
        ApplyFloor("practices_versioncontent"),
        InheritScope("practices_versioncontent", "practices_sheetversion", "version_id"),
        RestrictWrites("practices_versioncontent", ("SELECT", "INSERT")),
        ApplyFloor("practices_plainreview"),
        InheritScope("practices_plainreview", "practices_sheet", "sheet_id"),
        RestrictWrites("practices_plainreview", ("SELECT", "INSERT")),
        ApplyFloor("practices_freshnesscheck"),
        RestrictWrites(
            "practices_freshnesscheck", ("SELECT", "INSERT", "UPDATE (answer, answered_at, answered_by_id)")
        ),
        ApplyFloor("practices_presence"),
        migrations.RunSQL(CONTENT + CLOSE + STALE + TRIED + GUARD, UNDO),
        migrations.RunSQL(GUARDED, migrations.RunSQL.noop),
        # last: what is written leaves checks for the commit, after which no trigger can be added
        migrations.RunPython(first_versions, migrations.RunPython.noop),
        migrations.RunSQL("UPDATE practices_sheet SET is_stale = false WHERE status = 'published'", ""),
    ]

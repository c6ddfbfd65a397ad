"""Grids and questionnaires, their versions and what was answered, with their floor."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
import nuserus.instruments.models.submissions
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.foundation.floor.predicates import write_predicate

# Those of the place or of the group only: being the author of one's own words would let anybody speak anywhere.
SPEAK = (
    f"({write_predicate()}) AND CASE scope_level WHEN 'institution' THEN scope_institution WHEN 'group' THEN scope_group END"
    " = ANY ((SELECT nuserus_places())::uuid[])"
)
# What may change of a row whose content never does.
CHANGING = {
    "instruments_instrumentversion": "checked_at, engine, refused, published_at, published_by_id, withdrawn_at",
    "instruments_remark": "state, answer, decided_at",
    "instruments_submission": "status, reason, reason_words",
    "instruments_tablet": "last_used_at, revoked_at",
}
# Whether a fiche came already, told to whoever holds its number: who sent it first may be somebody else.
KEPT = """
CREATE FUNCTION instruments_kept(wanted uuid, number text) RETURNS TABLE (id uuid, sha256 text, twin uuid)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT kept.id, kept.sha256::text, kept.twin FROM instruments_submission kept
  WHERE kept.instrument_id = wanted AND kept.instance_id = number ORDER BY kept.twin IS NOT NULL, kept.id;
END $$
"""
# Whose device this is, asked before anybody is known; the answer is an id, for the right secret only.
TABLET = """
CREATE FUNCTION instruments_tablet_account(secret text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found uuid;
BEGIN
  UPDATE instruments_tablet SET last_used_at = now()
  WHERE secret_sha256 = secret AND revoked_at IS NULL RETURNING account_id INTO found;
  RETURN found;
END $$
"""


def let_some_columns_change(apps, schema_editor):
    if schema_editor.connection.alias == "owner":
        role = settings.DB_ROLES["app"]
        for table, columns in CHANGING.items():
            schema_editor.execute(f'GRANT UPDATE ({columns}) ON {table} TO "{role}"', params=None)


def define_functions(apps, schema_editor):
    if schema_editor.connection.alias == "owner":
        schema_editor.execute(KEPT, params=None)
        schema_editor.execute(TABLET, params=None)


def drop_functions(apps, schema_editor):
    if schema_editor.connection.alias == "owner":
        schema_editor.execute("DROP FUNCTION instruments_kept(uuid, text)", params=None)
        schema_editor.execute("DROP FUNCTION instruments_tablet_account(text)", params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0005_imports"),
        ("studies", "0001_studies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Instrument",
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
                            ("grid", "grille d’observation"),
                            ("questionnaire", "questionnaire"),
                            ("guide", "guide d’entretien"),
                        ],
                        default="grid",
                        max_length=13,
                        verbose_name="ce que c’est",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="commencé le")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="fermé le")),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.institution",
                        verbose_name="établissement ou service",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="studies.study",
                        verbose_name="étude",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "grille ou questionnaire",
                "verbose_name_plural": "grilles et questionnaires",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="InstrumentVersion",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("workbook", models.BinaryField(verbose_name="classeur")),
                ("xform", models.TextField(verbose_name="formulaire")),
                ("xform_sha256", models.CharField(max_length=64)),
                ("schema", models.JSONField(verbose_name="questions")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ce qui change")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="faite le")),
                ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="essayée le")),
                ("engine", models.CharField(blank=True, max_length=60, verbose_name="essayée avec")),
                ("refused", models.CharField(blank=True, max_length=600, verbose_name="pourquoi elle ne s’ouvre pas")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True, verbose_name="retirée le")),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="instruments.instrument",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’une grille ou d’un questionnaire",
                "verbose_name_plural": "versions des grilles et questionnaires",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Remark",
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
                ("question", models.CharField(blank=True, max_length=120, verbose_name="question")),
                ("comment", models.TextField(blank=True, max_length=1500, verbose_name="votre remarque")),
                ("wording", models.CharField(blank=True, max_length=500, verbose_name="une autre formulation")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="écrite le")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "en discussion"), ("taken", "reprise"), ("declined", "pas retenue")],
                        default="waiting",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="réponse")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="instruments.instrument"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="instruments.instrumentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "remarque sur une question",
                "verbose_name_plural": "remarques sur les questions",
                "ordering": ["made_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Submission",
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
                ("instance_id", models.CharField(max_length=200, verbose_name="numéro")),
                ("twin", models.UUIDField(blank=True, null=True, verbose_name="même numéro que")),
                ("xml", models.BinaryField(verbose_name="réponses, comme elles sont arrivées")),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.JSONField(default=dict, verbose_name="réponses")),
                ("expected_files", models.JSONField(default=list, verbose_name="fichiers nommés")),
                ("problems", models.JSONField(default=list, verbose_name="ce qui ne va pas")),
                (
                    "status",
                    models.CharField(
                        choices=[("accepted", "reçue"), ("quarantined", "mise de côté")],
                        default="accepted",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=40, verbose_name="pourquoi")),
                ("reason_words", models.CharField(blank=True, max_length=600, verbose_name="pourquoi, en mots")),
                (
                    "origin",
                    models.CharField(
                        choices=[("browser", "ce site"), ("openrosa", "une application de collecte")],
                        default="browser",
                        max_length=10,
                        verbose_name="envoyée depuis",
                    ),
                ),
                ("filled_at", models.DateTimeField(blank=True, null=True, verbose_name="remplie le")),
                ("received_at", models.DateTimeField(auto_now_add=True, verbose_name="reçue le")),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="instruments.instrument",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instruments.instrumentversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "fiche remplie",
                "verbose_name_plural": "fiches remplies",
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="SubmittedFile",
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
                ("name", models.CharField(max_length=150, verbose_name="nom dans la fiche")),
                (
                    "file",
                    models.FileField(
                        upload_to=nuserus.instruments.models.submissions.stored_name, verbose_name="fichier"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField(verbose_name="poids")),
                ("media_type", models.CharField(max_length=60, verbose_name="type")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="instruments.submission"
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier d’une fiche",
                "verbose_name_plural": "fichiers des fiches",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Tablet",
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
                ("label", models.CharField(max_length=60, verbose_name="nom de l’appareil")),
                ("secret_sha256", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="autorisé le")),
                ("last_used_at", models.DateTimeField(blank=True, null=True, verbose_name="dernier envoi")),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="arrêté le")),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "appareil de collecte",
                "verbose_name_plural": "appareils de collecte",
                "ordering": ["-made_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="instrument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", None),
                    ("scope_mission", None),
                    models.Q(
                        models.Q(
                            ("institution__isnull", False),
                            ("scope_group", None),
                            ("scope_institution", models.F("institution")),
                            ("scope_level", "institution"),
                            ("study", None),
                        ),
                        models.Q(
                            ("institution", None),
                            ("scope_group", models.F("study")),
                            ("scope_institution", None),
                            ("scope_level", "group"),
                            ("study__isnull", False),
                        ),
                        _connector="OR",
                    ),
                ),
                name="instrument_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="instrumentversion",
            constraint=models.UniqueConstraint(fields=("instrument", "number"), name="instrument_version_once"),
        ),
        migrations.AddConstraint(
            model_name="instrumentversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("published_at", None), models.Q(("checked_at__isnull", False), ("refused", "")), _connector="OR"
                ),
                name="instrument_published_once_it_opens",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_level__in", ("institution", "group")),
                    ("scope_mission", None),
                ),
                name="instrument_remark_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="remark",
            constraint=models.CheckConstraint(
                condition=models.Q(("comment", ""), ("wording", ""), _negated=True),
                name="instrument_remark_says_something",
            ),
        ),
        migrations.AddIndex(
            model_name="submission",
            index=models.Index(fields=["instrument", "-received_at"], name="submission_of_instrument"),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                condition=models.Q(("twin", None)), fields=("instrument", "instance_id"), name="submission_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.UniqueConstraint(
                fields=("instrument", "instance_id", "sha256"), name="submission_of_these_bytes_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("sent_by")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", models.F("instrument")),
                ),
                name="submission_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="submission",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("status", "accepted")),
                    models.Q(("status", "quarantined"), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="submission_aside_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="submittedfile",
            constraint=models.UniqueConstraint(fields=("submission", "name"), name="submitted_file_once"),
        ),
        migrations.AddConstraint(
            model_name="tablet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("account")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="tablet_scope",
            ),
        ),
        ApplyFloor("instruments_instrument"),
        RestrictWrites("instruments_instrument", ("SELECT", "INSERT", "UPDATE")),
        ApplyFloor("instruments_instrumentversion"),
        InheritScope("instruments_instrumentversion", "instruments_instrument", "instrument_id"),
        RestrictWrites("instruments_instrumentversion", ("SELECT", "INSERT")),
        ApplyFloor("instruments_remark", write=SPEAK),
        RestrictWrites("instruments_remark", ("SELECT", "INSERT", "DELETE")),
        ApplyFloor("instruments_submission"),
        RestrictWrites("instruments_submission", ("SELECT", "INSERT")),
        ApplyFloor("instruments_submittedfile"),
        InheritScope("instruments_submittedfile", "instruments_submission", "submission_id"),
        RestrictWrites("instruments_submittedfile", ("SELECT", "INSERT")),
        ApplyFloor("instruments_tablet"),
        RestrictWrites("instruments_tablet", ("SELECT", "INSERT")),
        migrations.RunPython(let_some_columns_change, migrations.RunPython.noop),
        migrations.RunPython(define_functions, drop_functions),
    ]

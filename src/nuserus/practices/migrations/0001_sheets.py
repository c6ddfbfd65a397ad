"""Sheets, their cards, reviews, answers and trials, with their floor."""

import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
import nuserus.practices.models.cards
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites

OWN_SCOPE = (
    "practices_sheet",
    "practices_absentsheet",
    "practices_answer",
    "practices_answersave",
    "practices_review",
    "practices_sheetevent",
    "practices_trial",
    "practices_evaluation",
)
# What is shown with the sheet is as open as the sheet; remarks are as closed as their review.
FOLLOWING = (
    ("practices_picture", "practices_sheet", "sheet_id"),
    ("practices_card", "practices_sheet", "sheet_id"),
    ("practices_contributor", "practices_sheet", "sheet_id"),
    ("practices_cardcomment", "practices_review", "review_id"),
)
# By the database, since whoever removes a card may not see the cards that were made from it.
ORIGIN_OF_CARDS = """
ALTER TABLE practices_card ADD CONSTRAINT practices_card_origin FOREIGN KEY (origin_id)
REFERENCES practices_card (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED
"""
# Kept for ever as they were written.
ONLY_ADDED_TO = ("practices_answersave", "practices_sheetevent")


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_reference_data"),
        ("foundation", "0001_floor"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Picture",
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
                ("file", models.FileField(upload_to=nuserus.practices.models.cards.picture_name, verbose_name="photo")),
                (
                    "small",
                    models.FileField(
                        upload_to=nuserus.practices.models.cards.picture_name, verbose_name="petite photo"
                    ),
                ),
                ("alternative", models.CharField(blank=True, max_length=300, verbose_name="ce que montre la photo")),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("is_cover", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["added_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AbsentSheet",
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
                            ("withdrawn", "retirée par son auteur ou son autrice"),
                            ("reworked", "reprise après relecture"),
                        ],
                        max_length=10,
                        verbose_name="raison",
                    ),
                ),
                ("family", models.UUIDField(verbose_name="famille")),
                ("adapted_from", models.UUIDField(blank=True, null=True, verbose_name="déclinaison de")),
                ("since", models.DateTimeField(auto_now_add=True, verbose_name="depuis")),
            ],
            options={
                "verbose_name": "fiche absente",
                "verbose_name_plural": "fiches absentes",
                "indexes": [models.Index(fields=["family"], name="absent_by_family")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_institution", None), ("scope_level", "public"), ("scope_mission", models.F("id"))
                        ),
                        name="absent_sheet_scope",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Card",
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
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.TextField(max_length=2000, verbose_name="ce que nous avons fait")),
                ("origin_text", models.TextField(blank=True)),
                ("what_changed", models.TextField(blank=True, max_length=1000, verbose_name="ce qui change")),
                ("why_changed", models.TextField(blank=True, max_length=1000, verbose_name="pourquoi")),
                (
                    "origin",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="descendants",
                        to="practices.card",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cards",
                        to="practices.picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "carte",
                "verbose_name_plural": "cartes",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Review",
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
                ("after_publication", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                ("due_at", models.DateTimeField(verbose_name="promis pour le")),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("publish", "publier"),
                            ("rework", "à reprendre"),
                            ("taken_back", "reprise par son auteur ou son autrice"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reasons", models.JSONField(blank=True, default=list, verbose_name="raisons")),
                ("message", models.TextField(blank=True, max_length=4000, verbose_name="mot à l’auteur ou l’autrice")),
                ("completed", models.JSONField(blank=True, default=dict, verbose_name="complété à la relecture")),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="relu par",
                    ),
                ),
            ],
            options={
                "verbose_name": "relecture",
                "verbose_name_plural": "relectures",
            },
        ),
        migrations.CreateModel(
            name="CardComment",
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
                ("question", models.CharField(blank=True, max_length=30)),
                ("text", models.TextField(max_length=2000, verbose_name="remarque")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                (
                    "card",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to="practices.card"
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="practices.review"
                    ),
                ),
            ],
            options={
                "verbose_name": "remarque",
                "verbose_name_plural": "remarques",
                "ordering": ["written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
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
                            ("draft", "brouillon"),
                            ("in_review", "en relecture"),
                            ("to_rework", "à reprendre"),
                            ("published", "publiée"),
                            ("withdrawn", "retirée"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=160, verbose_name="titre")),
                ("title_is_proposed", models.BooleanField(default=True)),
                ("simple_version", models.TextField(blank=True, max_length=900, verbose_name="version simple")),
                (
                    "devices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("own_devices", models.TextField(blank=True, max_length=200, verbose_name="autre dispositif")),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "trades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "axes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "planes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "ways",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "modalities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("problem", models.TextField(blank=True, max_length=4000, verbose_name="la difficulté rencontrée")),
                ("intention", models.TextField(blank=True, max_length=4000, verbose_name="ce que vous vouliez")),
                ("happened", models.TextField(blank=True, max_length=4000, verbose_name="ce qui s’est passé")),
                ("watch_for", models.TextField(blank=True, max_length=4000, verbose_name="à quoi faire attention")),
                ("means", models.TextField(blank=True, max_length=2000, verbose_name="temps, moyens, formation")),
                (
                    "role_of_person",
                    models.TextField(blank=True, max_length=2000, verbose_name="place de la personne et des proches"),
                ),
                (
                    "words_of_person",
                    models.TextField(blank=True, max_length=1000, verbose_name="paroles de la personne"),
                ),
                (
                    "limits",
                    models.TextField(blank=True, max_length=4000, verbose_name="échecs, détournements, paradoxes"),
                ),
                ("when_to_stop", models.TextField(blank=True, max_length=2000, verbose_name="quand arrêter")),
                ("elsewhere", models.TextField(blank=True, max_length=2000, verbose_name="à changer ailleurs")),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("recit", "récit"),
                            ("plusieurs_recits", "plusieurs récits"),
                            ("observe", "observé"),
                            ("mesure", "mesuré"),
                        ],
                        default="recit",
                        max_length=20,
                        verbose_name="ce sur quoi reposent les effets",
                    ),
                ),
                ("ethics", models.JSONField(blank=True, default=dict, verbose_name="éthique et droit")),
                ("shows_institution", models.BooleanField(default=False, verbose_name="nommer l’établissement")),
                ("licence", models.CharField(default="CC BY-SA 4.0", max_length=20, verbose_name="licence")),
                (
                    "licence_accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="licence acceptée le"),
                ),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                ("review_date", models.DateField(blank=True, null=True, verbose_name="à revoir le")),
                ("family", models.UUIDField(help_text="identifiant de la fiche d’origine", verbose_name="famille")),
                (
                    "why_changed",
                    models.TextField(blank=True, max_length=2000, verbose_name="pourquoi nous avons adapté"),
                ),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="commencée le")),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="modifiée le")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="envoyée le")),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="publiée le")),
                (
                    "adapted_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adaptations",
                        to="practices.sheet",
                        verbose_name="déclinaison de",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="auteur ou autrice",
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheets",
                        to="directory.institution",
                        verbose_name="établissement ou service",
                    ),
                ),
            ],
            options={
                "verbose_name": "fiche pratique",
                "verbose_name_plural": "fiches pratiques",
            },
        ),
        migrations.AddField(
            model_name="review",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="reviews", to="practices.sheet"
            ),
        ),
        migrations.AddField(
            model_name="picture",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="pictures", to="practices.sheet"
            ),
        ),
        migrations.CreateModel(
            name="Evaluation",
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
                ("by_whom", models.CharField(max_length=200, verbose_name="par qui")),
                ("how", models.TextField(max_length=2000, verbose_name="comment")),
                ("on_whom", models.CharField(max_length=300, verbose_name="auprès de qui")),
                ("result", models.TextField(max_length=2000, verbose_name="résultat")),
                ("done_on", models.DateField(verbose_name="date")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "recorded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evaluations", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "évaluation",
                "verbose_name_plural": "évaluations",
            },
        ),
        migrations.CreateModel(
            name="Contributor",
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
                ("name", models.CharField(max_length=80, verbose_name="nom affiché")),
                (
                    "contribution",
                    models.CharField(
                        choices=[
                            ("temoin", "témoin"),
                            ("ecriture", "écriture"),
                            ("relecture", "relecture"),
                            ("mise_en_forme", "mise en forme"),
                            ("photo", "photo"),
                        ],
                        max_length=15,
                        verbose_name="contribution",
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contributions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contributors", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
            },
        ),
        migrations.AddField(
            model_name="card",
            name="sheet",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="practices.sheet"
            ),
        ),
        migrations.CreateModel(
            name="AnswerSave",
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
                ("revision", models.PositiveIntegerField()),
                ("refused", models.BooleanField(default=False, verbose_name="texte gardé à côté")),
                ("fields", models.JSONField(default=dict)),
                ("saved_at", models.DateTimeField(auto_now_add=True)),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="saves", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "enregistrement d’une réponse",
                "verbose_name_plural": "enregistrements de réponses",
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                ("revision", models.PositiveIntegerField(default=0)),
                ("applied_revision", models.PositiveIntegerField(default=0)),
                ("fields", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse",
                "verbose_name_plural": "réponses",
            },
        ),
        migrations.CreateModel(
            name="SheetEvent",
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
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "actor",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "verbose_name_plural": "étapes",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Trial",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("worked", "a marché"),
                            ("partly", "en partie"),
                            ("not_here", "n’a pas marché chez nous"),
                        ],
                        max_length=10,
                        verbose_name="résultat",
                    ),
                ),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("comment", models.TextField(blank=True, max_length=2000, verbose_name="ce que vous avez vu")),
                ("sheet_version", models.PositiveIntegerField(default=1)),
                ("reported_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trials", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="trials", to="directory.institution"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="trials", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "essai",
                "verbose_name_plural": "essais",
            },
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(
                condition=models.Q(("status", "published")), fields=["-published_at", "id"], name="sheet_newest_first"
            ),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["author", "-changed_at"], name="sheet_by_author"),
        ),
        migrations.AddIndex(
            model_name="sheet",
            index=models.Index(fields=["family"], name="sheet_by_family"),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_mission", models.F("id")),
                ),
                name="sheet_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope_level", "public"), ("status", "published")),
                    models.Q(models.Q(("status", "published"), _negated=True), ("scope_level", "restricted")),
                    _connector="OR",
                ),
                name="sheet_public_once_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["draft", "withdrawn"]),
                    models.Q(("institution__isnull", False), ("licence_accepted_at__isnull", False)),
                    _connector="OR",
                ),
                name="sheet_sent_by_a_member_with_its_licence",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheet",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True),
                    models.Q(("published_at__isnull", False), ("version__gte", 1)),
                    _connector="OR",
                ),
                name="sheet_published_has_a_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decided_at__isnull", True)), fields=("sheet",), name="one_open_review_per_sheet"
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at__isnull", True), ("decision", "")),
                    models.Q(models.Q(("decision", ""), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="review_decided_with_a_decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "rework"), _negated=True),
                    models.Q(("reasons", []), _negated=True),
                    models.Q(("message", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_never_returned_without_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="review",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_institution", None), ("scope_level", "restricted"), ("scope_mission", models.F("sheet"))
                ),
                name="review_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="contributor",
            constraint=models.UniqueConstraint(fields=("sheet", "name", "contribution"), name="contributor_once"),
        ),
        migrations.AddConstraint(
            model_name="card",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("sheet", "position"),
                name="card_position_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="answersave",
            constraint=models.UniqueConstraint(
                condition=models.Q(("refused", False)),
                fields=("sheet", "question", "revision"),
                name="answer_revision_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="answersave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("saved_by")),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="answer_save_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("sheet", "question"), name="answer_once_per_question"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_institution", None), ("scope_level", "restricted"), ("scope_mission", models.F("sheet"))
                ),
                name="answer_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_institution", None), ("scope_level", "restricted"), ("scope_mission", models.F("sheet"))
                ),
                name="sheet_event_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.UniqueConstraint(
                fields=("sheet", "institution", "author"), name="one_trial_per_person_and_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="trial",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope_author", models.F("author"))), name="trial_scope"
            ),
        ),
        migrations.RunSQL(ORIGIN_OF_CARDS, migrations.RunSQL.noop),
        *(ApplyFloor(table) for table in OWN_SCOPE),
        *(
            operation
            for child, parent, column in FOLLOWING
            for operation in (ApplyFloor(child), InheritScope(child, parent, column))
        ),
        *(RestrictWrites(table, ("SELECT", "INSERT")) for table in ONLY_ADDED_TO),
    ]

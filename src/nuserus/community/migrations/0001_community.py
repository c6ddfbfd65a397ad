"""Questions, comments, reports, collections, campaigns."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_reference_data"),
        ("practices", "0005_hidden"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ("text", models.TextField(max_length=4000, verbose_name="votre réponse")),
                (
                    "sheets",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="question_answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "became",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers_before",
                        to="practices.sheet",
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une question",
                "verbose_name_plural": "réponses aux questions",
            },
        ),
        migrations.CreateModel(
            name="Collection",
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
                ("title", models.CharField(max_length=160, verbose_name="titre")),
                ("intro", models.TextField(blank=True, max_length=2000, verbose_name="pour qui, pour quoi")),
                ("composed_by", models.CharField(blank=True, max_length=120, verbose_name="composée par")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="collections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sélection",
                "verbose_name_plural": "sélections",
            },
        ),
        migrations.CreateModel(
            name="CollectionEntry",
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
                ("word", models.CharField(blank=True, max_length=500, verbose_name="un mot sur cette fiche")),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="community.collection"
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "fiche d’une sélection",
                "verbose_name_plural": "fiches d’une sélection",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Comment",
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
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="votre commentaire")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet_comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="replies",
                        to="community.comment",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "commentaire",
                "verbose_name_plural": "commentaires",
            },
        ),
        migrations.CreateModel(
            name="CommentEdit",
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
                ("text", models.TextField()),
                ("replaced_at", models.DateTimeField(auto_now_add=True)),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="edits", to="community.comment"
                    ),
                ),
            ],
            options={
                "verbose_name": "ancien texte d’un commentaire",
                "verbose_name_plural": "anciens textes de commentaires",
            },
        ),
        migrations.CreateModel(
            name="Helped",
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
                ("said_at", models.DateTimeField(auto_now_add=True)),
                (
                    "answer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="helped", to="community.answer"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "« ça m’aide »",
                "verbose_name_plural": "« ça m’aide »",
            },
        ),
        migrations.CreateModel(
            name="ModerationStep",
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
                    "content",
                    models.CharField(
                        choices=[
                            ("sheet", "une fiche"),
                            ("question", "une question"),
                            ("answer", "une réponse"),
                            ("comment", "un commentaire"),
                            ("trial", "un essai"),
                        ],
                        max_length=10,
                    ),
                ),
                ("object_id", models.UUIDField()),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("hidden", "masqué"),
                            ("answered", "réponse de l’auteur ou l’autrice"),
                            ("kept", "laissé masqué"),
                            ("shown", "montré de nouveau"),
                            ("left", "laissé visible"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("person", "Une personne est reconnaissable"),
                            ("danger", "Cela pourrait faire du mal à quelqu’un"),
                            ("hurtful", "Ces mots sont blessants"),
                            ("wrong", "C’est faux, ou la loi dit autre chose"),
                            ("advert", "C’est de la publicité"),
                            ("other", "Autre chose"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="mot")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "étape de modération",
                "verbose_name_plural": "étapes de modération",
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                ("title", models.CharField(max_length=200, verbose_name="votre question")),
                ("detail", models.TextField(blank=True, max_length=2000, verbose_name="pour mieux comprendre")),
                (
                    "devices",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "families",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "categories",
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
                (
                    "asked_level",
                    models.CharField(
                        choices=[
                            ("public", "tout le monde"),
                            ("network", "les professionnels vérifiés"),
                            ("institution", "l’établissement"),
                            ("group", "le groupe de travail"),
                            ("restricted", "les personnes nommées"),
                        ],
                        default="network",
                        max_length=12,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("hidden_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
            },
        ),
        migrations.AddField(
            model_name="answer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="community.question"
            ),
        ),
        migrations.CreateModel(
            name="Report",
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
                    "content",
                    models.CharField(
                        choices=[
                            ("sheet", "une fiche"),
                            ("question", "une question"),
                            ("answer", "une réponse"),
                            ("comment", "un commentaire"),
                            ("trial", "un essai"),
                        ],
                        max_length=10,
                    ),
                ),
                ("object_id", models.UUIDField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("person", "Une personne est reconnaissable"),
                            ("danger", "Cela pourrait faire du mal à quelqu’un"),
                            ("hurtful", "Ces mots sont blessants"),
                            ("wrong", "C’est faux, ou la loi dit autre chose"),
                            ("advert", "C’est de la publicité"),
                            ("other", "Autre chose"),
                        ],
                        max_length=10,
                        verbose_name="pourquoi",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="ce que vous avez vu")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "reporter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "signalement",
                "verbose_name_plural": "signalements",
            },
        ),
        migrations.CreateModel(
            name="Campaign",
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
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="en quelques mots")),
                ("theme", models.SlugField(blank=True, max_length=60, verbose_name="sujet")),
                (
                    "goal",
                    models.PositiveIntegerField(
                        help_text="Fiches, essais et réponses ensemble.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(10000),
                        ],
                        verbose_name="but",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="du")),
                ("ends_on", models.DateField(verbose_name="au")),
                ("organised_by", models.CharField(max_length=160, verbose_name="qui l’organise")),
                ("opened_at", models.DateTimeField(auto_now_add=True)),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.department",
                        verbose_name="département",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "operator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.operator",
                        verbose_name="organisme gestionnaire",
                    ),
                ),
            ],
            options={
                "verbose_name": "campagne",
                "verbose_name_plural": "campagnes",
                "ordering": ["-starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="campaign_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", None),
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "public"),
                            ("scope_mission", None),
                        ),
                        name="campaign_scope",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="collection",
            index=models.Index(fields=["-changed_at", "id"], name="collection_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_group", None),
                    ("scope_level__in", ("restricted", "institution", "network", "public")),
                    ("scope_mission", None),
                ),
                name="collection_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="collection",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("scope_institution__isnull", False), ("scope_level", "institution")),
                    models.Q(models.Q(("scope_level", "institution"), _negated=True), ("scope_institution", None)),
                    _connector="OR",
                ),
                name="collection_of_a_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="collectionentry",
            constraint=models.UniqueConstraint(fields=("collection", "sheet"), name="collection_holds_a_sheet_once"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["sheet", "written_at"], name="comment_by_sheet"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["author", "-written_at"], name="comment_by_author"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_mission", None),
                ),
                name="comment_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hidden_at", None), ("scope_level", "public")),
                    models.Q(("hidden_at__isnull", False), ("scope_level", "restricted")),
                    _connector="OR",
                ),
                name="comment_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at", None), models.Q(("text", ""), _negated=True)),
                    models.Q(("removed_at__isnull", False), ("text", "")),
                    _connector="OR",
                ),
                name="comment_removed_is_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="commentedit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="comment_edit_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="helped",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_mission", None),
                ),
                name="helped_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="moderationstep",
            index=models.Index(fields=["object_id", "at"], name="moderation_step_by_object"),
        ),
        migrations.AddConstraint(
            model_name="moderationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="moderation_step_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "hidden"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="moderation_never_hides_without_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderationstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("step", "answered"), ("actor", models.F("scope_author"))),
                    models.Q(
                        models.Q(("step", "answered"), _negated=True),
                        models.Q(("actor", models.F("scope_author")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="nobody_moderates_their_own_words",
            ),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["-asked_at", "id"], name="question_newest_first"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["author", "-asked_at"], name="question_by_author"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("asked_level__in", ("network", "public")),
                    ("scope_author", models.F("author")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_mission", None),
                ),
                name="question_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("hidden_at", None), ("scope_level", models.F("asked_level"))),
                    models.Q(("hidden_at__isnull", False), ("scope_level", "restricted")),
                    _connector="OR",
                ),
                name="question_level",
            ),
        ),
        migrations.AddIndex(
            model_name="answer",
            index=models.Index(fields=["author", "-written_at"], name="peer_answer_by_author"),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_mission", None),
                ),
                name="peer_answer_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["object_id", "made_at"], name="report_by_object"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("reporter")),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="report_scope",
            ),
        ),
    ]

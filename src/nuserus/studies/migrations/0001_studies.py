"""Studies: the models, their floor, the doors by which people enter."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites
from nuserus.studies.statements import (
    CONDUCT_WRITE,
    COUNTS,
    DOORS,
    LAID,
    LEAD_WRITE,
    NO_COUNTS,
    NO_DOORS,
    NO_SCOPES,
    NO_SEAT_GUARD,
    NO_STANDING,
    NOT_LAID,
    OWN_WRITE,
    PLACE_READ,
    SCOPES,
    STANDING,
    STUDY_WRITE,
    seat_guard,
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0005_imports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Phase",
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
                ("name", models.CharField(max_length=200, verbose_name="phase")),
                ("aim", models.CharField(blank=True, max_length=500, verbose_name="ce qu’elle vise")),
            ],
            options={
                "verbose_name": "phase",
                "verbose_name_plural": "phases",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Step",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("field", "observation et formation"),
                            ("restitution", "restitution"),
                            ("writing", "écriture"),
                            ("exchange", "journée d’échange"),
                            ("other", "autre étape"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="genre",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="étape")),
                ("days", models.DecimalField(decimal_places=1, default=0, max_digits=4, verbose_name="jours")),
                ("in_each_place", models.BooleanField(default=False, verbose_name="dans chaque établissement")),
                (
                    "produces",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="ce qu’elle donne",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="du")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="au")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="faite le")),
                (
                    "phase",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="studies.phase"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape",
                "verbose_name_plural": "étapes",
                "ordering": ["phase__position", "position", "id"],
            },
        ),
        migrations.CreateModel(
            name="CalendarEvent",
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
                            ("visit", "visite"),
                            ("training", "formation"),
                            ("working", "groupe de travail"),
                            ("committee", "comité de pilotage"),
                            ("restitution", "restitution"),
                            ("writing", "écriture"),
                            ("exchange", "journée d’échange"),
                            ("other", "autre"),
                        ],
                        default="other",
                        max_length=12,
                        verbose_name="pour quoi",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("starts_at", models.DateTimeField(verbose_name="commence")),
                ("ends_at", models.DateTimeField(verbose_name="finit")),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="où")),
                ("notes", models.TextField(blank=True, max_length=1000, verbose_name="à savoir")),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="events",
                        to="studies.step",
                    ),
                ),
            ],
            options={
                "verbose_name": "date du calendrier",
                "verbose_name_plural": "dates du calendrier",
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Study",
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
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("purpose", models.TextField(blank=True, max_length=4000, verbose_name="à quoi sert cette étude")),
                ("question", models.CharField(blank=True, max_length=500, verbose_name="question de recherche")),
                (
                    "status",
                    models.CharField(
                        choices=[("preparing", "en préparation"), ("running", "en cours"), ("closed", "terminée")],
                        default="preparing",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="commence le")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="finit le")),
                (
                    "qualification",
                    models.CharField(
                        choices=[
                            ("unsettled", "à préciser"),
                            ("non_riph", "recherche hors loi Jardé (non RIPH)"),
                            ("riph_1", "RIPH de catégorie 1 : interventionnelle"),
                            ("riph_2", "RIPH de catégorie 2 : risques et contraintes minimes"),
                            ("riph_3", "RIPH de catégorie 3 : non interventionnelle"),
                            ("practice", "évaluation de pratiques professionnelles"),
                        ],
                        default="unsettled",
                        max_length=10,
                        verbose_name="qualification juridique",
                    ),
                ),
                (
                    "justification",
                    models.TextField(blank=True, max_length=2000, verbose_name="pourquoi cette qualification"),
                ),
                ("opinion_body", models.CharField(blank=True, max_length=200, verbose_name="qui a donné un avis")),
                ("opinion_reference", models.CharField(blank=True, max_length=120, verbose_name="référence de l’avis")),
                ("opinion_on", models.DateField(blank=True, null=True, verbose_name="avis rendu le")),
                ("is_fictitious", models.BooleanField(default=False, verbose_name="exemple fictif")),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("closed_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "étude",
                "verbose_name_plural": "études",
                "ordering": ["-opened_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", None),
                            ("scope_group", models.F("id")),
                            ("scope_institution", None),
                            ("scope_level", "group"),
                            ("scope_mission", models.F("id")),
                        ),
                        name="study_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("starts_on", None),
                            ("ends_on", None),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="study_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="step",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="studies.study"
            ),
        ),
        migrations.CreateModel(
            name="SelfEvaluation",
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
                    "timing",
                    models.CharField(
                        choices=[("before", "avant la formation"), ("after", "après la formation")], max_length=6
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="en vos mots")),
                ("filled_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "auto-évaluation",
                "verbose_name_plural": "auto-évaluations",
                "ordering": ["timing", "id"],
            },
        ),
        migrations.CreateModel(
            name="RetentionRule",
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
                    "material",
                    models.CharField(
                        choices=[
                            ("recordings", "enregistrements de voix, photos et films"),
                            ("transcripts", "transcriptions et observations pseudonymisées"),
                            ("keys", "table des pseudonymes"),
                            ("consents", "consentements signés"),
                            ("papers", "émargements, conventions, attestations"),
                        ],
                        max_length=12,
                        verbose_name="quoi",
                    ),
                ),
                ("months", models.PositiveSmallIntegerField(verbose_name="mois")),
                (
                    "kept_from",
                    models.CharField(
                        choices=[
                            ("collected", "le recueil"),
                            ("closed", "la fin de l’étude"),
                            ("published", "la dernière publication"),
                        ],
                        default="closed",
                        max_length=10,
                        verbose_name="à partir de",
                    ),
                ),
                (
                    "then",
                    models.CharField(
                        choices=[
                            ("erase", "effacer"),
                            ("anonymise", "rendre anonyme"),
                            ("archive", "verser aux archives"),
                        ],
                        default="erase",
                        max_length=10,
                        verbose_name="ensuite",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi")),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="retention", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "règle de conservation",
                "verbose_name_plural": "règles de conservation",
                "ordering": ["material", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reference",
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
                ("key", models.SlugField(max_length=80, verbose_name="clé")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "article de revue"),
                            ("book", "ouvrage"),
                            ("chapter", "chapitre d’ouvrage"),
                            ("thesis", "thèse ou mémoire"),
                            ("report", "rapport"),
                            ("conference", "communication"),
                            ("web", "page en ligne"),
                            ("other", "autre document"),
                        ],
                        default="article",
                        max_length=12,
                        verbose_name="genre",
                    ),
                ),
                ("title", models.CharField(max_length=500, verbose_name="titre")),
                ("authors", models.TextField(blank=True, max_length=2000, verbose_name="auteurs et autrices")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="année")),
                ("container", models.CharField(blank=True, max_length=300, verbose_name="revue ou ouvrage")),
                ("publisher", models.CharField(blank=True, max_length=200, verbose_name="éditeur ou institution")),
                ("volume", models.CharField(blank=True, max_length=40, verbose_name="volume")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="numéro")),
                ("pages", models.CharField(blank=True, max_length=40, verbose_name="pages")),
                ("doi", models.CharField(blank=True, max_length=200, verbose_name="DOI")),
                ("url", models.URLField(blank=True, max_length=500, verbose_name="adresse")),
                ("abstract", models.TextField(blank=True, max_length=5000, verbose_name="résumé")),
                ("why", models.CharField(blank=True, max_length=500, verbose_name="ce que nous en faisons")),
                (
                    "state",
                    models.CharField(
                        choices=[("to_read", "à lire"), ("read", "lu"), ("cited", "cité dans nos écrits")],
                        default="to_read",
                        max_length=8,
                        verbose_name="lecture",
                    ),
                ),
                ("added_by", models.UUIDField(editable=False, null=True)),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="references", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "référence",
                "verbose_name_plural": "références",
                "ordering": ["-year", "title", "id"],
            },
        ),
        migrations.AddField(
            model_name="phase",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="phases", to="studies.study"
            ),
        ),
        migrations.CreateModel(
            name="Participation",
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
                    "part",
                    models.CharField(
                        choices=[
                            ("study_lead", "responsable de l’étude"),
                            ("study_researcher", "chercheur, chercheuse"),
                            ("practitioner_researcher", "praticien-chercheur, praticienne-chercheuse"),
                            ("study_facilitator", "animateur, animatrice"),
                            ("committee_member", "membre du comité de pilotage"),
                            ("study_participant", "membre d’un groupe de travail"),
                        ],
                        max_length=24,
                        verbose_name="rôle",
                    ),
                ),
                ("trade", models.CharField(blank=True, max_length=120, verbose_name="métier ou fonction")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "place à prendre"),
                            ("invited", "invitation envoyée"),
                            ("accepted", "participe"),
                            ("declined", "a dit non"),
                            ("left", "n’y est plus"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("code_hash", models.CharField(blank=True, editable=False, max_length=64)),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "place dans une étude",
                "verbose_name_plural": "places dans une étude",
                "ordering": ["invited_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="EventAnswer",
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
                    "coming",
                    models.CharField(
                        choices=[("yes", "je viens"), ("maybe", "peut-être"), ("no", "je ne peux pas")], max_length=5
                    ),
                ),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="studies.calendarevent"
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "réponse à une date",
                "verbose_name_plural": "réponses à une date",
                "ordering": ["answered_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("number", models.PositiveIntegerField(default=0, editable=False)),
                ("text", models.CharField(max_length=1000, verbose_name="ce qui est décidé")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="pourquoi")),
                ("taken_by", models.CharField(blank=True, max_length=200, verbose_name="qui a décidé")),
                ("decided_on", models.DateField(verbose_name="décidé le")),
                ("recorded_by", models.UUIDField(editable=False, null=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="studies.decision",
                        verbose_name="remplace",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "décision",
                "verbose_name_plural": "décisions",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="CycleNote",
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
                ("cycle", models.PositiveSmallIntegerField(verbose_name="cycle")),
                (
                    "moment",
                    models.CharField(
                        choices=[
                            ("plan", "planifier"),
                            ("act", "agir"),
                            ("observe", "observer"),
                            ("reflect", "réfléchir"),
                        ],
                        max_length=8,
                        verbose_name="moment",
                    ),
                ),
                ("text", models.TextField(max_length=3000, verbose_name="ce qui s’est passé")),
                ("written_by", models.UUIDField(editable=False, null=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="studies.step",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cycle_notes", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "note d’un cycle",
                "verbose_name_plural": "notes d’un cycle",
                "ordering": ["cycle", "written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
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
                ("name", models.CharField(max_length=120, verbose_name="prénom et nom")),
                ("minutes", models.PositiveIntegerField()),
                ("planned", models.PositiveIntegerField()),
                ("first_on", models.DateField()),
                ("last_on", models.DateField()),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to="studies.participation",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation",
                "verbose_name_plural": "attestations",
                "ordering": ["-issued_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="calendarevent",
            name="study",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="events", to="studies.study"
            ),
        ),
        migrations.CreateModel(
            name="StudyGroup",
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
                            ("team", "équipe de l’étude"),
                            ("committee", "comité de pilotage"),
                            ("working", "groupe de travail"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="circles", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "groupe d’une étude",
                "verbose_name_plural": "groupes d’une étude",
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="participation",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="seats", to="studies.studygroup"
            ),
        ),
        migrations.AddField(
            model_name="calendarevent",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="events",
                to="studies.studygroup",
            ),
        ),
        migrations.CreateModel(
            name="StudyPlace",
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
                ("is_partner", models.BooleanField(default=False, verbose_name="partenaire")),
                ("is_observed", models.BooleanField(default=True, verbose_name="observé")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("invited", "invitation envoyée"),
                            ("accepted", "a accepté"),
                            ("declined", "a dit non"),
                        ],
                        default="invited",
                        max_length=10,
                    ),
                ),
                ("invited_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("answered_by", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="directory.institution"
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="places", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "établissement de l’étude",
                "verbose_name_plural": "établissements de l’étude",
                "ordering": ["institution__name", "id"],
            },
        ),
        migrations.AddField(
            model_name="studygroup",
            name="place",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="circle",
                to="studies.studyplace",
            ),
        ),
        migrations.CreateModel(
            name="Effect",
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
                    "plane",
                    models.CharField(
                        choices=[
                            ("institution", "l’institution"),
                            ("practice", "l’exercice professionnel"),
                            ("support", "l’accompagnement des personnes"),
                        ],
                        max_length=12,
                        verbose_name="sur quel plan",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("talked", "on en parle"),
                            ("decided", "décidé"),
                            ("written", "écrit dans le projet"),
                            ("done", "en place"),
                            ("dropped", "abandonné"),
                        ],
                        max_length=8,
                        verbose_name="où cela en est",
                    ),
                ),
                ("text", models.TextField(max_length=2000, verbose_name="ce qui a changé")),
                (
                    "in_project",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="où c’est écrit dans le projet de l’établissement"
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=500, verbose_name="à quoi on le voit")),
                ("seen_on", models.DateField(verbose_name="constaté le")),
                ("is_shared", models.BooleanField(default=False, verbose_name="partagé avec toute l’étude")),
                ("written_by", models.UUIDField(editable=False, null=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="effects", to="studies.study"
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="effects", to="studies.studyplace"
                    ),
                ),
            ],
            options={
                "verbose_name": "effet de l’étude",
                "verbose_name_plural": "effets de l’étude",
                "ordering": ["-seen_on", "id"],
            },
        ),
        migrations.AddField(
            model_name="calendarevent",
            name="at_place",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="events",
                to="studies.studyplace",
            ),
        ),
        migrations.CreateModel(
            name="TrainingAgreement",
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
                ("organisation", models.CharField(max_length=200, verbose_name="organisme de formation")),
                (
                    "declaration",
                    models.CharField(blank=True, max_length=20, verbose_name="numéro de déclaration d’activité"),
                ),
                ("fund", models.CharField(blank=True, max_length=200, verbose_name="qui finance")),
                ("reference", models.CharField(blank=True, max_length=120, verbose_name="référence de la convention")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="signée le")),
                ("title", models.CharField(max_length=200, verbose_name="intitulé de la formation")),
                ("aims", models.TextField(blank=True, max_length=2000, verbose_name="objectifs")),
                (
                    "hours",
                    models.DecimalField(decimal_places=2, default=0, max_digits=6, verbose_name="heures prévues"),
                ),
                (
                    "study",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="agreement", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "convention de formation",
                "verbose_name_plural": "conventions de formation",
            },
        ),
        migrations.CreateModel(
            name="TrainingSession",
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
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("held_on", models.DateField(verbose_name="jour")),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="où")),
                ("trainers", models.CharField(blank=True, max_length=200, verbose_name="qui forme")),
                ("morning", models.PositiveSmallIntegerField(default=0, verbose_name="minutes le matin")),
                ("afternoon", models.PositiveSmallIntegerField(default=0, verbose_name="minutes l’après-midi")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to="studies.studygroup",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sessions", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "séance de formation",
                "verbose_name_plural": "séances de formation",
                "ordering": ["held_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="Attendance",
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
                ("half", models.CharField(choices=[("morning", "matin"), ("afternoon", "après-midi")], max_length=10)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="studies.participation",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="studies.study"
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attendances",
                        to="studies.trainingsession",
                    ),
                ),
            ],
            options={
                "verbose_name": "présence",
                "verbose_name_plural": "présences",
                "ordering": ["session__held_on", "half", "id"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
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
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "adresse d’un agenda",
                "verbose_name_plural": "adresses d’agendas",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", models.F("account")),
                            ("scope_level", "restricted"),
                            ("scope_mission", None),
                        ),
                        name="feed_scope",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on", None), ("ends_on", None), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                ),
                name="step_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.CheckConstraint(condition=models.Q(("days__gte", 0)), name="step_days_are_positive"),
        ),
        migrations.AddConstraint(
            model_name="selfevaluation",
            constraint=models.UniqueConstraint(
                fields=("study", "account", "timing"), name="self_evaluation_once_each_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="retentionrule",
            constraint=models.UniqueConstraint(fields=("study", "material"), name="retention_once_per_material"),
        ),
        migrations.AddConstraint(
            model_name="reference",
            constraint=models.UniqueConstraint(fields=("study", "key"), name="one_reference_per_key"),
        ),
        migrations.AddConstraint(
            model_name="eventanswer",
            constraint=models.UniqueConstraint(fields=("event", "account"), name="one_answer_to_an_event"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(fields=("study", "number"), name="decision_numbered_once"),
        ),
        migrations.AddConstraint(
            model_name="certificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("last_on__gte", models.F("first_on")), ("minutes__gt", 0)),
                name="certificate_of_hours",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["account", "state"], name="seat_by_account"),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("invited", "accepted"))),
                fields=("group", "account"),
                name="one_seat_in_a_circle",
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code_hash", ""), _negated=True), fields=("code_hash",), name="one_seat_per_link"
            ),
        ),
        migrations.AddConstraint(
            model_name="participation",
            constraint=models.CheckConstraint(
                condition=models.Q(("account__isnull", False), ("state", "open"), _connector="OR"),
                name="an_open_seat_has_no_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="studyplace",
            constraint=models.UniqueConstraint(fields=("study", "institution"), name="place_once_in_a_study"),
        ),
        migrations.AddConstraint(
            model_name="studyplace",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_partner", True), ("is_observed", True), _connector="OR"),
                name="place_is_partner_or_observed",
            ),
        ),
        migrations.AddConstraint(
            model_name="studygroup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "working"), _negated=True),
                fields=("study", "kind"),
                name="one_team_and_one_committee",
            ),
        ),
        migrations.AddConstraint(
            model_name="studygroup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "working"), ("place__isnull", False)),
                    models.Q(models.Q(("kind", "working"), _negated=True), ("place", None)),
                    _connector="OR",
                ),
                name="a_working_group_has_its_place",
            ),
        ),
        migrations.AddIndex(
            model_name="calendarevent",
            index=models.Index(fields=["study", "starts_at"], name="event_by_study"),
        ),
        migrations.AddConstraint(
            model_name="calendarevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="event_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingagreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gte", 0)), name="agreement_hours_are_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("morning__gt", 0), ("afternoon__gt", 0), _connector="OR"), name="session_lasts"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("afternoon__lte", 720), ("morning__lte", 720)), name="session_within_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.UniqueConstraint(fields=("session", "seat", "half"), name="there_once"),
        ),
        ApplyFloor("studies_study", write=STUDY_WRITE),
        RestrictWrites("studies_study", ("SELECT", "UPDATE")),
        ApplyFloor("studies_retentionrule", write=LEAD_WRITE),
        ApplyFloor("studies_phase", write=CONDUCT_WRITE),
        ApplyFloor("studies_step", write=CONDUCT_WRITE),
        ApplyFloor("studies_cyclenote"),
        ApplyFloor("studies_studyplace", read=PLACE_READ, write=LEAD_WRITE),
        ApplyFloor("studies_studygroup", write=LEAD_WRITE),
        ApplyFloor("studies_participation", write=LEAD_WRITE),
        ApplyFloor("studies_calendarevent", write=CONDUCT_WRITE),
        ApplyFloor("studies_eventanswer", write=OWN_WRITE),
        ApplyFloor("studies_calendarfeed", write=OWN_WRITE),
        ApplyFloor("studies_decision", write=CONDUCT_WRITE),
        RestrictWrites("studies_decision", ("SELECT", "INSERT")),
        ApplyFloor("studies_trainingagreement", write=CONDUCT_WRITE),
        ApplyFloor("studies_trainingsession", write=CONDUCT_WRITE),
        ApplyFloor("studies_attendance", write=CONDUCT_WRITE),
        RestrictWrites("studies_attendance", ("SELECT", "INSERT", "DELETE")),
        ApplyFloor("studies_certificate", write=CONDUCT_WRITE),
        RestrictWrites("studies_certificate", ("SELECT", "INSERT")),
        ApplyFloor("studies_selfevaluation", write=OWN_WRITE),
        ApplyFloor("studies_effect"),
        ApplyFloor("studies_reference"),
        migrations.RunSQL(SCOPES, NO_SCOPES),
        migrations.RunSQL(LAID, NOT_LAID),
        migrations.RunSQL(STANDING, NO_STANDING),
        migrations.RunSQL(seat_guard(settings.DB_ROLES["app"]), NO_SEAT_GUARD),
        migrations.RunSQL(DOORS, NO_DOORS),
        migrations.RunSQL(COUNTS, NO_COUNTS),
    ]

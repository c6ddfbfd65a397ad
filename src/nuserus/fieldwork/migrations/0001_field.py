"""The field: the models, their floor, where rows come from and who agreed to be in them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.fieldwork.statements import (
    AGREED,
    COUNTS,
    NO_COUNTS,
    NO_SCOPES,
    NOT_AGREED,
    OBSERVE_WRITE,
    SCOPES,
)
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.studies.statements import CONDUCT_WRITE, OWN_WRITE


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("instruments", "0003_readers"),
        ("studies", "0006_participants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Observation",
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
                ("fiche_readers", models.UUIDField(blank=True, editable=False, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "en cours d’écriture"), ("done", "terminée")],
                        default="draft",
                        max_length=5,
                        verbose_name="état",
                    ),
                ),
                ("day", models.DateField(verbose_name="jour")),
                ("where", models.CharField(blank=True, max_length=200, verbose_name="où, à quel moment")),
                ("fact", models.TextField(blank=True, max_length=20000, verbose_name="les faits")),
                ("interpretation", models.TextField(blank=True, max_length=20000, verbose_name="l’interprétation")),
                ("revision", models.PositiveIntegerField(default=0)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="terminée le")),
                ("withheld_at", models.DateTimeField(blank=True, null=True, verbose_name="mise de côté le")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="masquée le")),
                ("flagged_at", models.DateTimeField(blank=True, null=True, verbose_name="à relire depuis")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="observations",
                        to="studies.studyplace",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="observations", to="studies.study"
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="observation",
                        to="instruments.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "observation",
                "verbose_name_plural": "observations",
                "ordering": ["-day", "-begun_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="RestitutionMeeting",
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
                ("held_on", models.DateField(verbose_name="tenue le")),
                (
                    "trades",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="qui était là, par métier",
                    ),
                ),
                ("notes", models.TextField(blank=True, max_length=10000, verbose_name="notes")),
                ("written_by", models.UUIDField(editable=False, null=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("flagged_at", models.DateTimeField(blank=True, null=True, verbose_name="à relire depuis")),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="studies.calendarevent",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restitutions",
                        to="studies.studyplace",
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="restitutions", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "réunion de restitution",
                "verbose_name_plural": "réunions de restitution",
                "ordering": ["-held_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RestitutionTheme",
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
                ("title", models.CharField(max_length=200, verbose_name="thème")),
                (
                    "stance",
                    models.CharField(
                        choices=[("confirmed", "confirmé"), ("nuanced", "nuancé"), ("contested", "contesté")],
                        max_length=9,
                        verbose_name="le groupe l’a",
                    ),
                ),
                ("said", models.TextField(blank=True, max_length=3000, verbose_name="ce qui a été dit")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="fieldwork.restitutionmeeting",
                    ),
                ),
            ],
            options={
                "verbose_name": "thème d’une restitution",
                "verbose_name_plural": "thèmes d’une restitution",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Saying",
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
                ("text", models.TextField(max_length=4000, verbose_name="mot à mot")),
                ("withheld_at", models.DateTimeField(blank=True, null=True, verbose_name="mises de côté le")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="masquées le")),
                (
                    "observation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sayings", to="fieldwork.observation"
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sayings",
                        to="studies.participant",
                        verbose_name="qui parle",
                    ),
                ),
            ],
            options={
                "verbose_name": "paroles dans une observation",
                "verbose_name_plural": "paroles dans les observations",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Visit",
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
                ("where", models.CharField(blank=True, max_length=200, verbose_name="où exactement")),
                ("starts_at", models.DateTimeField(verbose_name="de")),
                ("ends_at", models.DateTimeField(verbose_name="à")),
                ("aim", models.TextField(blank=True, max_length=1000, verbose_name="pour quoi")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "prévue"), ("done", "faite"), ("cancelled", "annulée")],
                        default="planned",
                        max_length=9,
                        verbose_name="état",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="pourquoi elle est annulée")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="visits",
                        to="studies.calendarevent",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="studies.studyplace"
                    ),
                ),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visits", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "visite",
                "verbose_name_plural": "visites",
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.AddField(
            model_name="observation",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="observations", to="fieldwork.visit"
            ),
        ),
        migrations.CreateModel(
            name="JournalEntry",
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
                ("day", models.DateField(verbose_name="jour")),
                ("text", models.TextField(max_length=40000, verbose_name="vos notes")),
                (
                    "tags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="étiquettes",
                    ),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("withheld_at", models.DateTimeField(blank=True, null=True, verbose_name="mise de côté le")),
                ("redacted_at", models.DateTimeField(blank=True, null=True, verbose_name="masquée le")),
                ("flagged_at", models.DateTimeField(blank=True, null=True, verbose_name="à relire depuis")),
                (
                    "visit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="fieldwork.visit",
                    ),
                ),
            ],
            options={
                "verbose_name": "page du journal de terrain",
                "verbose_name_plural": "pages du journal de terrain",
                "ordering": ["-day", "-written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Visitor",
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
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="visitors", to="fieldwork.visit"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne de l’équipe à une visite",
                "verbose_name_plural": "personnes de l’équipe aux visites",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="JournalMention",
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
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="fieldwork.journalentry",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="studies.participant"
                    ),
                ),
            ],
            options={
                "verbose_name": "participant·e dont parle une page du journal",
                "verbose_name_plural": "participant·es dont parlent les pages du journal",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("entry", "participant"), name="mention_once")],
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
                (
                    "observation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="fieldwork.observation",
                    ),
                ),
                (
                    "participant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="presences", to="studies.participant"
                    ),
                ),
            ],
            options={
                "verbose_name": "présence dans une observation",
                "verbose_name_plural": "présences dans les observations",
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("observation", "participant"), name="present_once")],
            },
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["place", "starts_at"], name="visit_by_place"),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="visit_ends_after_it_starts"
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="visit_cancelled_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", models.F("place")),
                ),
                name="visit_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="observation",
            index=models.Index(fields=["place", "-day"], name="observation_by_place"),
        ),
        migrations.AddConstraint(
            model_name="observation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    models.Q(
                        models.Q(("scope_mission", None), ("state", "draft")),
                        models.Q(("done_at__isnull", False), ("scope_mission__isnull", False), ("state", "done")),
                        _connector="OR",
                    ),
                ),
                name="observation_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["scope_author", "-day"], name="journal_by_author"),
        ),
        migrations.AddConstraint(
            model_name="journalentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="journal_is_its_authors",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitor",
            constraint=models.UniqueConstraint(fields=("visit", "account"), name="visitor_once"),
        ),
        ApplyFloor("fieldwork_visit", write=CONDUCT_WRITE),
        RestrictWrites("fieldwork_visit", ("SELECT", "INSERT", "UPDATE")),
        ApplyFloor("fieldwork_visitor", write=CONDUCT_WRITE),
        InheritScope("fieldwork_visitor", "fieldwork_visit", "visit_id"),
        ApplyFloor("fieldwork_observation", write=OBSERVE_WRITE),
        ApplyFloor("fieldwork_saying", write=OWN_WRITE),
        InheritScope("fieldwork_saying", "fieldwork_observation", "observation_id"),
        ApplyFloor("fieldwork_presence", write=OWN_WRITE),
        InheritScope("fieldwork_presence", "fieldwork_observation", "observation_id"),
        ApplyFloor("fieldwork_journalentry", write=OWN_WRITE),
        ApplyFloor("fieldwork_journalmention", write=OWN_WRITE),
        InheritScope("fieldwork_journalmention", "fieldwork_journalentry", "entry_id"),
        ApplyFloor("fieldwork_restitutionmeeting", write=CONDUCT_WRITE),
        RestrictWrites("fieldwork_restitutionmeeting", ("SELECT", "INSERT", "UPDATE")),
        ApplyFloor("fieldwork_restitutiontheme", write=CONDUCT_WRITE),
        InheritScope("fieldwork_restitutiontheme", "fieldwork_restitutionmeeting", "meeting_id"),
        migrations.RunSQL(SCOPES, NO_SCOPES),
        migrations.RunSQL(AGREED, NOT_AGREED),
        migrations.RunSQL(COUNTS, NO_COUNTS),
    ]

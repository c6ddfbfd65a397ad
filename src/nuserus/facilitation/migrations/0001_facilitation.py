"""Slots, bookings, tellings, approvals and the words of persons, with what the database keeps true about them."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.facilitation.statements import (
    BOOKING,
    CALL_READ,
    NO_BOOKING,
    NO_QUARTERS,
    NO_REVIEWERS,
    NO_TELLING,
    NO_WORDS,
    OWN_WRITE,
    QUARTERS,
    REVIEWERS,
    SLOT_READ,
    SLOT_WRITE,
    WORDS,
    telling_functions,
)
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites

# The functions of `practices` that find a reviewer, with one line more: not who wrote with the teller.
PICK = (
    import_module("nuserus.practices.migrations.0002_reviewers")
    .PICK.partition("CREATE FUNCTION nuserus_take_review")[0]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
)
WITHOUT_HELPERS = PICK.replace(
    "AND account.id <> sheet.author_id",
    "AND account.id <> sheet.author_id AND NOT facilitation_wrote(for_sheet, account.id)",
).replace(
    "AND sheet.author_id <> nuserus_user()",
    "AND sheet.author_id <> nuserus_user() AND NOT facilitation_wrote(sheet.id, nuserus_user())",
)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("practices", "0006_versions"),
        ("consent", "0001_consents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PersonWords",
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
                ("text", models.TextField(blank=True, max_length=1000, verbose_name="ses mots")),
                ("said_by", models.CharField(max_length=80, verbose_name="qui le dit")),
                (
                    "speaker",
                    models.CharField(
                        choices=[("accompanied", "une personne accompagnée"), ("relative", "un proche")], max_length=15
                    ),
                ),
                ("subject", models.UUIDField(default=nuserus.foundation.models.base.new_id)),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="said", to="practices.sheet"
                    ),
                ),
            ],
            options={
                "verbose_name": "paroles d’une personne",
                "verbose_name_plural": "paroles de personnes",
                "ordering": ["written_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Slot",
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
                ("starts_at", models.DateTimeField(verbose_name="à")),
                ("how", models.CharField(max_length=200, verbose_name="comment on se parle")),
                ("kept_for", models.UUIDField(blank=True, null=True)),
                ("is_taken", models.BooleanField(default=False)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "facilitator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "créneau",
                "verbose_name_plural": "créneaux",
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Booking",
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
                ("starts_at", models.DateTimeField(verbose_name="à")),
                ("how", models.CharField(blank=True, max_length=200, verbose_name="comment vous joindre")),
                (
                    "state",
                    models.CharField(
                        choices=[("booked", "réservé"), ("cancelled", "annulé")], default="booked", max_length=10
                    ),
                ),
                ("cancelled_by", models.UUIDField(blank=True, null=True)),
                ("cancel_words", models.CharField(blank=True, max_length=300, verbose_name="un mot")),
                ("booked_at", models.DateTimeField(auto_now_add=True)),
                (
                    "facilitator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bookings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="bookings", to="facilitation.slot"
                    ),
                ),
            ],
            options={
                "verbose_name": "rendez-vous",
                "verbose_name_plural": "rendez-vous",
                "ordering": ["starts_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Telling",
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
                ("subject", models.UUIDField(default=nuserus.foundation.models.base.new_id)),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("professional", "une personne qui travaille ici"),
                            ("accompanied", "une personne accompagnée"),
                            ("relative", "un proche"),
                        ],
                        default="professional",
                        max_length=15,
                        verbose_name="qui raconte",
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=80, verbose_name="nom montré")),
                ("in_plain_words", models.BooleanField(default=False)),
                (
                    "helpers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("alone", "personne n’écrit avec vous pour le moment"),
                            ("together", "à deux"),
                            ("ended", "terminé"),
                        ],
                        default="alone",
                        max_length=10,
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=6)),
                ("code_until", models.DateTimeField(blank=True, null=True)),
                ("teller_credits", models.BooleanField(default=True)),
                ("facilitator_signs", models.BooleanField(default=False)),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("joined_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "facilitator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="telling", to="practices.sheet"
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tellings",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "récit accompagné",
                "verbose_name_plural": "récits accompagnés",
            },
        ),
        migrations.CreateModel(
            name="Approval",
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
                ("question", models.CharField(max_length=30)),
                ("digest", models.CharField(max_length=64)),
                ("witness", models.CharField(blank=True, max_length=80, verbose_name="témoin")),
                ("at", models.DateTimeField(auto_now=True)),
                (
                    "telling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="approvals", to="facilitation.telling"
                    ),
                ),
            ],
            options={
                "verbose_name": "carte approuvée",
                "verbose_name_plural": "cartes approuvées",
            },
        ),
        migrations.CreateModel(
            name="CallRequest",
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
                ("when", models.CharField(max_length=200, verbose_name="quand")),
                ("how", models.CharField(max_length=200, verbose_name="comment")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente d’une réponse"),
                            ("answered", "répondu"),
                            ("cancelled", "annulée"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="réponse")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "teller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "demande de rappel",
                "verbose_name_plural": "demandes de rappel",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")), fields=("teller",), name="one_call_asked_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", models.F("teller")),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                        ),
                        name="call_scope",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="slot",
            index=models.Index(fields=["starts_at"], name="slot_by_hour"),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.UniqueConstraint(
                condition=models.Q(("cancelled_at", None)),
                fields=("facilitator", "starts_at"),
                name="slot_offered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="slot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("facilitator")),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="slot_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "booked")), fields=("slot",), name="slot_booked_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "booked")), fields=("teller", "starts_at"), name="teller_in_one_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("teller")),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", models.F("id")),
                ),
                name="booking_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True), fields=("code",), name="one_telling_per_code"
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", models.F("sheet")),
                ),
                name="telling_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(("teller", None), ("subject", models.F("teller")), _connector="OR"),
                name="telling_subject_is_the_teller",
            ),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.UniqueConstraint(fields=("telling", "question"), name="card_approved_once"),
        ),
        migrations.AddConstraint(
            model_name="approval",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope_institution", None), ("scope_level", "restricted")), name="approval_scope"
            ),
        ),
        ApplyFloor("facilitation_slot", read=SLOT_READ, write=SLOT_WRITE),
        ApplyFloor("facilitation_booking"),
        RestrictWrites("facilitation_booking", ("SELECT", "INSERT", "UPDATE")),
        ApplyFloor("facilitation_callrequest", read=CALL_READ, write=CALL_READ),
        RestrictWrites("facilitation_callrequest", ("SELECT", "INSERT", "UPDATE")),
        ApplyFloor("facilitation_telling"),
        RestrictWrites("facilitation_telling", ("SELECT", "INSERT", "UPDATE")),
        ApplyFloor("facilitation_approval", write=OWN_WRITE),
        ApplyFloor("facilitation_personwords"),
        migrations.RunSQL(QUARTERS, NO_QUARTERS),
        migrations.RunSQL(BOOKING, NO_BOOKING),
        migrations.RunSQL(telling_functions(settings.DB_ROLES["app"]), NO_TELLING),
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.RunSQL(REVIEWERS + WITHOUT_HELPERS, PICK + NO_REVIEWERS),
    ]

"""Notices, preferences, the record of every mail, and the functions they are written and found with."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites
from nuserus.notifications.statements import DROP_FUNCTIONS, FUNCTIONS


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_floor")]

    operations = [
        migrations.CreateModel(
            name="Notice",
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
                ("kind", models.CharField(max_length=60, verbose_name="sorte d’avis")),
                ("about", models.UUIDField(blank=True, null=True, verbose_name="objet")),
                ("address", models.CharField(max_length=300, verbose_name="adresse sur le site")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="précisions")),
                ("happened_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="lu le")),
            ],
            options={
                "verbose_name": "avis",
                "verbose_name_plural": "avis",
            },
        ),
        migrations.CreateModel(
            name="Preference",
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
                ("kind", models.CharField(max_length=60, verbose_name="sorte d’avis")),
                (
                    "frequency",
                    models.CharField(
                        choices=[
                            ("immediate", "tout de suite"),
                            ("weekly", "une fois par semaine"),
                            ("none", "jamais"),
                        ],
                        max_length=10,
                        verbose_name="fréquence",
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True, verbose_name="choisi le")),
            ],
            options={
                "verbose_name": "préférence de courriel",
                "verbose_name_plural": "préférences de courriel",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author__isnull", False),
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission", None),
                        ),
                        name="preference_scope",
                    ),
                    models.UniqueConstraint(fields=("scope_author", "kind"), name="one_preference_per_kind"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sending",
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
                ("week", models.CharField(blank=True, max_length=8, verbose_name="semaine")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "en attente"),
                            ("claimed", "en préparation"),
                            ("leaving", "en train de partir"),
                            ("sent", "envoyé"),
                            ("unknown", "peut-être envoyé"),
                            ("refused", "refusé"),
                            ("dropped", "sans objet"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("claim", models.UUIDField(blank=True, editable=False, null=True)),
                ("claimed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True, verbose_name="parti le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="terminé le")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="essais")),
                ("next_try_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="prochain essai")),
                ("answer", models.CharField(blank=True, max_length=200, verbose_name="réponse du serveur de courriel")),
                (
                    "said",
                    models.CharField(
                        blank=True,
                        help_text="pour ne pas envoyer deux fois le même récapitulatif",
                        max_length=64,
                        verbose_name="empreinte",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sending",
                        to="notifications.notice",
                        verbose_name="avis",
                    ),
                ),
            ],
            options={
                "verbose_name": "courriel",
                "verbose_name_plural": "courriels",
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="carried_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried",
                to="notifications.sending",
                verbose_name="récapitulatif",
            ),
        ),
        migrations.AddIndex(
            model_name="sending",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "claimed", "leaving"])),
                fields=["next_try_at"],
                name="sending_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="sending_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("week", ""), _negated=True),
                fields=("scope_author", "week"),
                name="one_digest_per_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("notice__isnull", False), ("week", "")),
                    models.Q(models.Q(("notice", None)), models.Q(("week", ""), _negated=True)),
                    _connector="OR",
                ),
                name="sending_of_a_notice_or_of_a_week",
            ),
        ),
        migrations.AddConstraint(
            model_name="sending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["leaving", "sent", "unknown"]), _negated=True),
                    ("left_at__isnull", False),
                    _connector="OR",
                ),
                name="sending_left_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["scope_author", "-happened_at"], name="notice_by_recipient"),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(condition=models.Q(("read_at", None)), fields=["scope_author"], name="notice_unread"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author__isnull", False),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_level", "restricted"),
                    ("scope_mission", None),
                ),
                name="notice_scope",
            ),
        ),
        ApplyFloor("notifications_notice"),
        ApplyFloor("notifications_preference"),
        ApplyFloor("notifications_sending"),
        # written by nuserus_notify, and digests by the system
        RestrictWrites("notifications_notice", ("SELECT", "UPDATE", "DELETE")),
        RestrictWrites("notifications_sending", ("SELECT", "UPDATE", "DELETE")),
        migrations.RunSQL(FUNCTIONS, DROP_FUNCTIONS),
    ]

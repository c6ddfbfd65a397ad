"""Taking everything back: what was asked, its receipt, what a person must look at, the files that must go."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.consent.statements import CARD_PERSON, NO_CARD_PERSON, NOT_REVIEWED, REVIEWED
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites


class Migration(migrations.Migration):
    dependencies = [
        ("consent", "0004_signatures"),
    ]

    operations = [
        migrations.CreateModel(
            name="LeftExport",
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
                ("subject", models.UUIDField(blank=True, null=True, verbose_name="personne")),
                ("what", models.CharField(max_length=200, verbose_name="quoi")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
            ],
            options={
                "verbose_name": "export sorti",
                "verbose_name_plural": "exports sortis",
                "ordering": ["at", "id"],
                "indexes": [models.Index(fields=["scope_mission", "at"], name="left_export_of_mission")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission__isnull", False),
                        ),
                        name="left_export_scope",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProvenanceEdge",
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
                ("from_kind", models.CharField(max_length=60)),
                ("from_id", models.UUIDField()),
                ("to_kind", models.CharField(max_length=60)),
                ("to_id", models.UUIDField()),
            ],
            options={
                "verbose_name": "provenance",
                "verbose_name_plural": "provenances",
                "ordering": ["id"],
                "indexes": [models.Index(fields=["from_id"], name="provenance_by_source")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_kind", "from_id", "to_kind", "to_id"), name="provenance_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission__isnull", False),
                        ),
                        name="provenance_scope",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
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
                ("subject", models.UUIDField(verbose_name="personne")),
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("stop_collecting", "ne plus rien recueillir"),
                            ("stop_using", "ne plus rien utiliser"),
                            ("erase", "tout effacer"),
                        ],
                        max_length=15,
                        verbose_name="jusqu’où",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("on_screen", "sur l’écran"),
                            ("paper", "sur papier, signé"),
                            ("oral", "à voix haute, devant un témoin"),
                            ("card", "par la personne, avec sa carte"),
                        ],
                        max_length=10,
                        verbose_name="comment",
                    ),
                ),
                ("witness", models.CharField(blank=True, max_length=80, verbose_name="témoin")),
                ("recorded_by", models.UUIDField(null=True, verbose_name="noté par")),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="demandé le")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="fait le")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="fini le")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="essais qui n’ont pas abouti")),
            ],
            options={
                "verbose_name": "retrait",
                "verbose_name_plural": "retraits",
                "ordering": ["-requested_at", "id"],
                "indexes": [
                    models.Index(fields=["subject", "-requested_at"], name="withdrawal_of_subject"),
                    models.Index(
                        condition=models.Q(("settled_at", None)), fields=["requested_at"], name="withdrawal_to_settle"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission__isnull", False),
                        ),
                        name="withdrawal_scope",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recorded_by__isnull", False), ("how", "card"), _connector="OR"),
                        name="withdrawal_said_somehow",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("how", "oral"), _negated=True),
                            models.Q(("witness", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="withdrawal_aloud_has_witness",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at", None), ("done_at__isnull", False), _connector="OR"),
                        name="withdrawal_done_before_settled",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ForgottenFile",
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
                ("storage_name", models.CharField(max_length=300, verbose_name="nom sur le disque")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="effacé le")),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="consent.withdrawal"
                    ),
                ),
            ],
            options={
                "verbose_name": "fichier à effacer",
                "verbose_name_plural": "fichiers à effacer",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None)), fields=["withdrawal"], name="forgotten_file_waiting"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("withdrawal", "storage_name"), name="forgotten_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Flagged",
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
                ("what", models.CharField(max_length=200, verbose_name="quoi")),
                ("object_kind", models.CharField(blank=True, max_length=60, verbose_name="genre")),
                ("object_id", models.UUIDField(blank=True, null=True)),
                ("address", models.CharField(blank=True, max_length=300, verbose_name="adresse")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("masked", "ce qui venait de la personne a été enlevé"),
                            ("removed", "tout a été enlevé"),
                            ("nothing", "rien ne venait de la personne"),
                        ],
                        max_length=10,
                        verbose_name="ce qui a été fait",
                    ),
                ),
                ("reviewed_at", models.DateTimeField(blank=True, null=True, verbose_name="relu le")),
                ("reviewed_by", models.UUIDField(blank=True, null=True, verbose_name="relu par")),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="flagged", to="consent.withdrawal"
                    ),
                ),
            ],
            options={
                "verbose_name": "chose à relire",
                "verbose_name_plural": "choses à relire",
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", ""), ("reviewed_at", None), ("reviewed_by", None)),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("reviewed_at__isnull", False),
                                ("reviewed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="flagged_reviewed_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WithdrawalTrace",
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
                ("what", models.CharField(max_length=200, verbose_name="quoi")),
                ("count", models.PositiveIntegerField(verbose_name="combien")),
                (
                    "fate",
                    models.CharField(
                        choices=[
                            ("removed", "effacé"),
                            ("withheld", "mis de côté"),
                            ("flagged", "à relire par une personne"),
                            ("left", "déjà sorti"),
                            ("pending", "en cours"),
                        ],
                        max_length=10,
                        verbose_name="ce qui en est fait",
                    ),
                ),
                (
                    "withdrawal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="traces", to="consent.withdrawal"
                    ),
                ),
            ],
            options={
                "verbose_name": "ligne d’un reçu",
                "verbose_name_plural": "lignes d’un reçu",
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("withdrawal", "position"), name="withdrawal_trace_once")
                ],
            },
        ),
        ApplyFloor("consent_withdrawal"),
        RestrictWrites("consent_withdrawal", ("SELECT",)),
        ApplyFloor("consent_withdrawaltrace"),
        InheritScope("consent_withdrawaltrace", "consent_withdrawal", "withdrawal_id"),
        RestrictWrites("consent_withdrawaltrace", ("SELECT",)),
        ApplyFloor("consent_flagged"),
        InheritScope("consent_flagged", "consent_withdrawal", "withdrawal_id"),
        RestrictWrites("consent_flagged", ("SELECT", "UPDATE (outcome, reviewed_at, reviewed_by)")),
        ApplyFloor("consent_forgottenfile"),
        InheritScope("consent_forgottenfile", "consent_withdrawal", "withdrawal_id"),
        RestrictWrites("consent_forgottenfile", ("SELECT",)),
        ApplyFloor("consent_leftexport"),
        RestrictWrites("consent_leftexport", ("SELECT", "INSERT")),
        ApplyFloor("consent_provenanceedge"),
        RestrictWrites("consent_provenanceedge", ("SELECT", "INSERT")),
        migrations.RunSQL(CARD_PERSON, NO_CARD_PERSON),
        migrations.RunSQL(REVIEWED, NOT_REVIEWED),
    ]

"""Pseudonyms: what was found in a source, what replaced it, the sealed original, the table of names and who keeps it."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.corpus import statements
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.studies.statements import CONDUCT_WRITE, LEAD_WRITE


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0002_turns_and_excerpts"),
        ("studies", "0007_participants_kept"),
    ]

    operations = [
        migrations.CreateModel(
            name="Masking",
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
                ("by_rules", models.BooleanField(default=False, verbose_name="lu par les règles")),
                ("by_model", models.BooleanField(default=False, verbose_name="lu par le modèle de noms")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="commencée le")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finie le")),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="masking", to="corpus.source"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.sourceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "pseudonymisation d’un matériau",
                "verbose_name_plural": "pseudonymisations des matériaux",
            },
        ),
        migrations.CreateModel(
            name="SealedOriginal",
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
                ("sealed", models.BinaryField()),
                ("sealed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sealed_original", to="corpus.source"
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
                "verbose_name": "texte d’origine scellé",
                "verbose_name_plural": "textes d’origine scellés",
            },
        ),
        migrations.CreateModel(
            name="Detail",
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
                            ("name", "nom ou prénom"),
                            ("initials", "initiales"),
                            ("date", "date précise"),
                            ("age", "âge exact"),
                            ("room", "numéro de chambre"),
                            ("telephone", "numéro de téléphone"),
                            ("email", "adresse électronique"),
                            ("nir", "numéro de sécurité sociale"),
                            ("address", "adresse postale"),
                            ("institution", "nom d’un lieu"),
                            ("town", "ville"),
                            ("words", "autres mots"),
                        ],
                        max_length=12,
                        verbose_name="sorte de détail",
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("words_digest", models.CharField(max_length=64)),
                (
                    "found_by",
                    models.CharField(
                        choices=[("rules", "règles"), ("model", "modèle de noms"), ("person", "une personne")],
                        max_length=8,
                        verbose_name="trouvé par",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "à décider"), ("left", "laissé"), ("masked", "remplacé")],
                        default="open",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("shown", models.CharField(blank=True, max_length=80, verbose_name="remplacé par")),
                ("sealed", models.BinaryField(blank=True, null=True)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="details", to="corpus.source"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="corpus.sourceversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "détail qui peut désigner quelqu’un",
                "verbose_name_plural": "détails qui peuvent désigner quelqu’un",
                "ordering": ["source", "start", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="detail_holds_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "masked"), models.Q(("shown", ""), _negated=True)),
                            models.Q(models.Q(("state", "masked"), _negated=True), ("sealed", None), ("shown", "")),
                            _connector="OR",
                        ),
                        name="detail_shown_once_masked",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyEntry",
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
                ("pseudonym", models.CharField(max_length=80, verbose_name="pseudonyme")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("name", "nom ou prénom"),
                            ("initials", "initiales"),
                            ("date", "date précise"),
                            ("age", "âge exact"),
                            ("room", "numéro de chambre"),
                            ("telephone", "numéro de téléphone"),
                            ("email", "adresse électronique"),
                            ("nir", "numéro de sécurité sociale"),
                            ("address", "adresse postale"),
                            ("institution", "nom d’un lieu"),
                            ("town", "ville"),
                            ("words", "autres mots"),
                        ],
                        max_length=12,
                        verbose_name="sorte de détail",
                    ),
                ),
                ("words_digest", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("made_by", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="écrite le")),
                (
                    "participant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="studies.participant",
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
                "verbose_name": "ligne de la table des noms",
                "verbose_name_plural": "lignes de la table des noms",
                "ordering": ["pseudonym", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("scope_mission", "words_digest"), name="key_entry_once_in_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_group", None),
                            ("scope_institution", None),
                            ("scope_level", "restricted"),
                            ("scope_mission__isnull", False),
                        ),
                        name="key_entry_scope",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyHolder",
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
                ("account_id", models.UUIDField(verbose_name="personne")),
                ("named_by", models.UUIDField(null=True, verbose_name="nommée par")),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="nommée le")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
                (
                    "study",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="studies.study"
                    ),
                ),
            ],
            options={
                "verbose_name": "personne qui garde la table des noms",
                "verbose_name_plural": "personnes qui gardent la table des noms",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("study", "account_id"),
                        name="key_holder_named_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scope_author", models.F("account_id")),
                            ("scope_level", "restricted"),
                            ("scope_mission", models.F("study")),
                        ),
                        name="key_holder_scope",
                    ),
                ],
            },
        ),
        ApplyFloor("corpus_masking", write=CONDUCT_WRITE),
        InheritScope("corpus_masking", "corpus_source", "source_id"),
        ApplyFloor("corpus_detail", write=CONDUCT_WRITE),
        InheritScope("corpus_detail", "corpus_source", "source_id"),
        ApplyFloor("corpus_sealedoriginal", read=statements.KEY_READ, write=CONDUCT_WRITE),
        InheritScope("corpus_sealedoriginal", "corpus_source", "source_id"),
        RestrictWrites("corpus_sealedoriginal", ("SELECT", "INSERT")),
        ApplyFloor("corpus_keyentry", read=statements.KEY_READ, write=CONDUCT_WRITE),
        RestrictWrites("corpus_keyentry", ("SELECT", "INSERT")),
        ApplyFloor("corpus_keyholder", write=LEAD_WRITE),
        RestrictWrites("corpus_keyholder", ("SELECT", "INSERT", "UPDATE")),
        migrations.RunSQL(statements.MASKING, statements.NO_MASKING),
    ]

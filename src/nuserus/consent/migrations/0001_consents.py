"""Notices, what people said about them, and where that leaves each consent."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.consent.statements import DROP, HOLDS, KEPT, WRITTEN
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites


class Migration(migrations.Migration):
    initial = True

    dependencies = [("people", "0001_people"), ("foundation", "0001_floor")]

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
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("label", models.CharField(max_length=160, verbose_name="sujet")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("take_part", "participer"),
                            ("record_audio", "enregistrer la voix"),
                            ("image", "montrer une image"),
                            ("internal_use", "utiliser à l’intérieur du lieu"),
                            ("share", "partager avec d’autres établissements"),
                            ("quote", "citer des paroles"),
                            ("publish", "publier une pratique"),
                            ("reuse", "réutiliser plus tard"),
                            ("recontact", "être recontacté·e"),
                        ],
                        max_length=20,
                        verbose_name="but",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
            },
        ),
        migrations.CreateModel(
            name="NoticeVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(verbose_name="numéro")),
                (
                    "format",
                    models.CharField(
                        choices=[
                            ("written", "texte"),
                            ("falc", "version simple"),
                            ("pictograms", "pictogrammes"),
                            ("oral", "à dire à voix haute"),
                        ],
                        max_length=12,
                        verbose_name="format",
                    ),
                ),
                ("language", models.CharField(default="fr", max_length=8, verbose_name="langue")),
                ("title", models.CharField(max_length=200, verbose_name="titre")),
                ("body", models.TextField(verbose_name="texte")),
                ("text_sha256", models.CharField(max_length=64)),
                (
                    "reviewed_by",
                    models.CharField(
                        blank=True,
                        help_text="qui et comment ; vide tant que personne ne l’a relue",
                        max_length=200,
                        verbose_name="relue par des personnes concernées",
                    ),
                ),
                ("written_on", models.DateField(verbose_name="écrite le")),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="consent.notice"
                    ),
                ),
            ],
            options={
                "verbose_name": "version d’une notice",
                "verbose_name_plural": "versions des notices",
            },
        ),
        migrations.CreateModel(
            name="ConsentEvent",
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
                ("consent", models.UUIDField()),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("given", "accord donné"),
                            ("refused", "refus"),
                            ("withdrawn", "accord retiré"),
                            ("renewed", "accord renouvelé"),
                            ("expired", "accord arrivé à son terme"),
                        ],
                        max_length=10,
                        verbose_name="étape",
                    ),
                ),
                ("subject", models.UUIDField(verbose_name="personne")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("take_part", "participer"),
                            ("record_audio", "enregistrer la voix"),
                            ("image", "montrer une image"),
                            ("internal_use", "utiliser à l’intérieur du lieu"),
                            ("share", "partager avec d’autres établissements"),
                            ("quote", "citer des paroles"),
                            ("publish", "publier une pratique"),
                            ("reuse", "réutiliser plus tard"),
                            ("recontact", "être recontacté·e"),
                        ],
                        max_length=20,
                        verbose_name="but",
                    ),
                ),
                ("object_kind", models.CharField(max_length=40, verbose_name="au sujet de")),
                ("object_id", models.UUIDField()),
                (
                    "voice",
                    models.CharField(
                        choices=[("person", "la personne"), ("representative", "sa représentante ou son représentant")],
                        default="person",
                        max_length=15,
                        verbose_name="qui le dit",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("on_screen", "sur l’écran"),
                            ("paper", "sur papier, signé"),
                            ("oral", "à voix haute, devant un témoin"),
                        ],
                        max_length=10,
                        verbose_name="comment",
                    ),
                ),
                ("witness", models.CharField(blank=True, max_length=80, verbose_name="témoin")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
                ("recorded_by", models.UUIDField(null=True, verbose_name="noté par")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                (
                    "notice_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.noticeversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "étape d’un accord",
                "verbose_name_plural": "étapes des accords",
                "ordering": ["consent", "position"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
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
                    "purpose",
                    models.CharField(
                        choices=[
                            ("take_part", "participer"),
                            ("record_audio", "enregistrer la voix"),
                            ("image", "montrer une image"),
                            ("internal_use", "utiliser à l’intérieur du lieu"),
                            ("share", "partager avec d’autres établissements"),
                            ("quote", "citer des paroles"),
                            ("publish", "publier une pratique"),
                            ("reuse", "réutiliser plus tard"),
                            ("recontact", "être recontacté·e"),
                        ],
                        max_length=20,
                        verbose_name="but",
                    ),
                ),
                ("object_kind", models.CharField(max_length=40, verbose_name="au sujet de")),
                ("object_id", models.UUIDField()),
                (
                    "voice",
                    models.CharField(
                        choices=[("person", "la personne"), ("representative", "sa représentante ou son représentant")],
                        default="person",
                        max_length=15,
                        verbose_name="qui le dit",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("given", "d’accord"),
                            ("refused", "pas d’accord"),
                            ("withdrawn", "retiré"),
                            ("expired", "terminé"),
                        ],
                        max_length=10,
                        verbose_name="état",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="depuis")),
                ("expires_at", models.DateTimeField(blank=True, null=True, verbose_name="jusqu’au")),
                ("position", models.PositiveIntegerField(default=1)),
                (
                    "notice_version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="consent.noticeversion"
                    ),
                ),
            ],
            options={
                "verbose_name": "accord",
                "verbose_name_plural": "accords",
                "ordering": ["-since", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="noticeversion",
            constraint=models.UniqueConstraint(
                fields=("notice", "number", "format", "language"), name="notice_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.UniqueConstraint(fields=("consent", "position"), name="consent_event_position_once"),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "expired"),
                    models.Q(models.Q(("how", ""), _negated=True), ("recorded_by__isnull", False)),
                    _connector="OR",
                ),
                name="consent_event_said_somehow",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "oral"), _negated=True), models.Q(("witness", ""), _negated=True), _connector="OR"
                ),
                name="consent_event_aloud_has_witness",
            ),
        ),
        migrations.AddConstraint(
            model_name="consentevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope_group", None), ("scope_institution", None), ("scope_level", "restricted")),
                name="consent_event_scope",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["object_id", "purpose"], name="consent_by_object"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                fields=("subject", "purpose", "object_id", "voice"), name="consent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("scope_group", None), ("scope_institution", None), ("scope_level", "restricted")),
                name="consent_scope",
            ),
        ),
        ApplyFloor("consent_consent"),
        RestrictWrites("consent_consent", ("SELECT",)),
        ApplyFloor("consent_consentevent"),
        RestrictWrites("consent_consentevent", ("SELECT", "INSERT")),
        RestrictWrites("consent_consentevent", ("SELECT", "INSERT"), role="system"),
        RestrictWrites("consent_notice", ("SELECT",)),
        RestrictWrites("consent_noticeversion", ("SELECT",)),
        migrations.RunSQL(HOLDS + WRITTEN + KEPT, DROP),
    ]

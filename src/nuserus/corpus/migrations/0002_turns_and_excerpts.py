"""Who asks and what is put aside in the turns, passages, and what stands between a source and coding."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.corpus import statements
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.studies.statements import CONDUCT_WRITE


def let_some_columns_change(apps, schema_editor):
    if schema_editor.connection.alias == "owner":
        role = settings.DB_ROLES["app"]
        for table, columns in statements.CHANGING.items():
            schema_editor.execute(f'GRANT UPDATE ({columns}) ON {table} TO "{role}"', params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("corpus", "0001_sources"),
        ("studies", "0006_participants"),
        ("consent", "0001_consents"),
        ("foundation", "0001_floor"),
    ]

    operations = [
        migrations.CreateModel(
            name="Excerpt",
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
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.CharField(
                        choices=[("placed", "à sa place"), ("doubtful", "à vérifier"), ("lost", "perdu")],
                        default="placed",
                        max_length=8,
                        verbose_name="état",
                    ),
                ),
                ("proposed_start", models.PositiveIntegerField(blank=True, null=True)),
                ("proposed_end", models.PositiveIntegerField(blank=True, null=True)),
                ("made_by", models.UUIDField(null=True, verbose_name="repéré par")),
                (
                    "made_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="repéré le"),
                ),
            ],
            options={
                "verbose_name": "passage repéré",
                "verbose_name_plural": "passages repérés",
                "ordering": ["source", "start", "id"],
            },
        ),
        migrations.AddField(
            model_name="source",
            name="minutes",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="durée en minutes"),
        ),
        migrations.AddField(
            model_name="sourceversion",
            name="words",
            field=models.PositiveIntegerField(default=0, verbose_name="mots"),
        ),
        migrations.AddField(
            model_name="turn",
            name="interviewer",
            field=models.BooleanField(default=False, verbose_name="c’est qui mène l’entretien"),
        ),
        migrations.AddField(
            model_name="turn",
            name="withheld_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="mis de côté le"),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("interviewer", False), ("participant", None), _connector="OR"),
                name="turn_of_one_person",
            ),
        ),
        migrations.AddField(
            model_name="excerpt",
            name="proposed_version",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="corpus.sourceversion",
            ),
        ),
        migrations.AddField(
            model_name="excerpt",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="excerpts", to="corpus.source"
            ),
        ),
        migrations.AddField(
            model_name="excerpt",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="excerpts", to="corpus.sourceversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="excerpt",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start"))), name="excerpt_holds_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="excerpt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("proposed_end__gt", models.F("proposed_start")),
                        ("proposed_version__isnull", False),
                        ("state", "doubtful"),
                    ),
                    models.Q(
                        models.Q(("state", "doubtful"), _negated=True),
                        ("proposed_end", None),
                        ("proposed_start", None),
                        ("proposed_version", None),
                    ),
                    _connector="OR",
                ),
                name="excerpt_in_doubt_has_a_proposal",
            ),
        ),
        ApplyFloor("corpus_excerpt", write=CONDUCT_WRITE),
        InheritScope("corpus_excerpt", "corpus_source", "source_id"),
        RestrictWrites("corpus_source", ("SELECT", "INSERT", "UPDATE")),
        RestrictWrites("corpus_sourceversion", ("SELECT", "INSERT")),
        RestrictWrites("corpus_turn", ("SELECT", "INSERT")),
        RestrictWrites("corpus_excerpt", ("SELECT", "INSERT", "DELETE")),
        migrations.RunPython(let_some_columns_change, migrations.RunPython.noop),
        migrations.RunSQL(statements.TRUE_HASH, statements.NO_TRUE_HASH),
        migrations.RunSQL(statements.OBSTACLE, statements.NO_OBSTACLE),
        migrations.RunSQL(statements.GUARDS, statements.NO_GUARDS),
    ]

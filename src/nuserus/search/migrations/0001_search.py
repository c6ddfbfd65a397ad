"""The index, the synonyms, the vocabulary, and the functions that stand before index and vocabulary."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, RestrictWrites
from nuserus.search.actions.load_synonyms import load_synonyms
from nuserus.search.statements import (
    DROP_FUNCTIONS,
    DROP_VERSION,
    reading_functions,
    version_functions,
    writing_functions,
)


def load(apps, schema_editor):
    if schema_editor.connection.alias == "owner":
        load_synonyms(into=apps.get_model("search", "Synonym").objects.using("owner"))


class Migration(migrations.Migration):
    initial = True

    dependencies = [("foundation", "0001_floor")]

    operations = [
        migrations.CreateModel(
            name="Synonym",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "terms",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=100), size=None, verbose_name="façons de dire"
                    ),
                ),
                (
                    "one_way",
                    models.BooleanField(
                        default=False, verbose_name="le premier mot trouve les suivants, et pas l’inverse"
                    ),
                ),
                (
                    "list_version",
                    models.CharField(
                        blank=True, editable=False, help_text="vide : écrit par la modération", max_length=20
                    ),
                ),
                ("changed_at", models.DateTimeField(auto_now=True)),
            ],
            options={
                "verbose_name": "synonyme",
                "verbose_name_plural": "synonymes",
                "ordering": ["terms"],
            },
        ),
        migrations.CreateModel(
            name="VocabularyWord",
            fields=[
                ("folded", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("display", models.CharField(max_length=60, verbose_name="mot")),
                ("stem", models.CharField(max_length=60)),
                ("public_count", models.IntegerField(default=0)),
                ("network_count", models.IntegerField(default=0)),
            ],
            options={
                "verbose_name": "mot du vocabulaire",
                "verbose_name_plural": "mots du vocabulaire",
            },
        ),
        migrations.CreateModel(
            name="IndexVersion",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.BigIntegerField(default=0, verbose_name="dernière transaction")),
            ],
            options={
                "verbose_name": "version de l’index",
                "verbose_name_plural": "version de l’index",
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="one_index_version")],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("kind", models.CharField(max_length=40, verbose_name="genre")),
                ("object_id", models.UUIDField()),
                ("title", models.TextField(verbose_name="titre")),
                ("head", django.contrib.postgres.search.SearchVectorField(help_text="titre et version simple")),
                ("vector", django.contrib.postgres.search.SearchVectorField(help_text="tout le texte, pondéré")),
                (
                    "facets",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                (
                    "words",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), default=list, help_text="mots comptés au vocabulaire", size=None
                    ),
                ),
                ("published_at", models.DateTimeField(null=True)),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("trials", models.PositiveIntegerField(default=0)),
                ("stale", models.BooleanField(default=False)),
            ],
            options={
                "verbose_name": "entrée de l’index",
                "verbose_name_plural": "entrées de l’index",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["head"], name="entry_by_head"),
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="entry_by_words"),
                    django.contrib.postgres.indexes.GinIndex(fields=["facets"], name="entry_by_facet"),
                    models.Index(
                        models.OrderBy(models.F("published_at"), descending=True, nulls_last=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="entry_newest_first",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("kind", "object_id"), name="entry_once")],
            },
        ),
        # counts read many rows and no text: the long columns stand out of line
        migrations.RunSQL(
            "ALTER TABLE search_entry SET (toast_tuple_target = 1024)",
            "ALTER TABLE search_entry RESET (toast_tuple_target)",
        ),
        ApplyFloor("search_entry"),
        RestrictWrites("search_entry"),
        RestrictWrites("search_vocabularyword"),
        RestrictWrites("search_indexversion", ("SELECT",)),
        migrations.RunSQL(
            writing_functions(app=settings.DB_ROLES["app"], system=settings.DB_ROLES["system"]) + reading_functions(),
            DROP_FUNCTIONS,
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
        migrations.RunSQL(version_functions(), DROP_VERSION),
    ]

"""Rules of use of a place, with their floor."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import ApplyFloor, InheritScope, RestrictWrites
from nuserus.foundation.floor.predicates import write_predicate

# Members of the place only: being the author of one's own words would let anybody propose anywhere.
PROPOSE = f"({write_predicate()}) AND scope_institution = ANY ((SELECT nuserus_ids('institutions'))::uuid[])"
FOLLOWING = ("charters_houserule", "charters_consultation", "charters_plainreading")


def let_readers_be_chosen(apps, schema_editor):
    """An adopted version keeps its words: only who reads it, and under which name, may change."""
    if schema_editor.connection.alias == "owner":
        role = settings.DB_ROLES["app"]
        schema_editor.execute(f'GRANT UPDATE (scope_level, named) ON charters_charterversion TO "{role}"', params=None)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0002_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Charter",
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
                ("topic", models.SlugField(blank=True, max_length=40, verbose_name="modèle")),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("about", models.TextField(blank=True, max_length=600, verbose_name="de quoi il s’agit")),
                ("simple", models.TextField(blank=True, max_length=1500, verbose_name="version simple")),
                ("taken_from", models.UUIDField(blank=True, editable=False, null=True)),
                ("taken_from_words", models.CharField(blank=True, max_length=300, verbose_name="repris de")),
                ("started_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="charters",
                        to="directory.institution",
                        verbose_name="établissement ou service",
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "règles d’usage",
                "verbose_name_plural": "règles d’usage",
                "ordering": ["title", "id"],
            },
        ),
        migrations.CreateModel(
            name="CharterVersion",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("topic", models.SlugField(blank=True, max_length=40)),
                ("title", models.CharField(max_length=120, verbose_name="titre")),
                ("about", models.TextField(blank=True, max_length=600)),
                ("simple", models.TextField(blank=True, max_length=1500, verbose_name="version simple")),
                ("rules", models.JSONField(default=list, verbose_name="règles")),
                ("heard", models.JSONField(blank=True, default=list, verbose_name="concertations")),
                ("read_by", models.JSONField(blank=True, default=dict, verbose_name="relecture de la version simple")),
                ("taken_from", models.UUIDField(blank=True, editable=False, null=True)),
                ("taken_from_words", models.CharField(blank=True, max_length=300)),
                ("named", models.BooleanField(default=False, verbose_name="nommer l’établissement")),
                ("in_force_from", models.DateField(verbose_name="en vigueur à partir du")),
                ("adopted_at", models.DateTimeField(auto_now_add=True, verbose_name="adoptée le")),
                (
                    "adopted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="charters.charter"
                    ),
                ),
                (
                    "institution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="directory.institution"
                    ),
                ),
            ],
            options={
                "verbose_name": "version de règles d’usage",
                "verbose_name_plural": "versions de règles d’usage",
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Consultation",
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
                ("held_on", models.DateField(verbose_name="date")),
                (
                    "gathering",
                    models.CharField(
                        choices=[
                            ("meeting", "une réunion avec tout le monde"),
                            ("council", "le conseil de la vie sociale"),
                            ("workshop", "un atelier, en petit groupe"),
                            ("one_by_one", "chacun à son tour"),
                            ("wall", "un tableau ou une boîte à idées"),
                            ("other", "autrement"),
                        ],
                        max_length=12,
                        verbose_name="comment",
                    ),
                ),
                ("who", models.CharField(max_length=200, verbose_name="qui, par les rôles")),
                (
                    "accompanied",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(500)],
                        verbose_name="personnes accompagnées",
                    ),
                ),
                (
                    "others",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(500)],
                        verbose_name="autres personnes",
                    ),
                ),
                ("said", models.TextField(max_length=2000, verbose_name="ce qui a été dit")),
                ("changed", models.TextField(blank=True, max_length=2000, verbose_name="ce qui a changé grâce à cela")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consultations", to="charters.charter"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "concertation",
                "verbose_name_plural": "concertations",
                "ordering": ["-held_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="HouseRule",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="rang")),
                ("sentence", models.CharField(max_length=160, verbose_name="la règle")),
                ("why", models.TextField(blank=True, max_length=600, verbose_name="pourquoi")),
                ("otherwise", models.TextField(blank=True, max_length=600, verbose_name="et sinon")),
                (
                    "pictogram",
                    models.CharField(
                        choices=[
                            ("horloge", "une horloge"),
                            ("phone", "un téléphone"),
                            ("tablet", "une tablette"),
                            ("materiel", "des écrans"),
                            ("photo", "un appareil photo"),
                            ("public", "des personnes"),
                            ("speech", "une parole"),
                            ("oeil", "un œil"),
                            ("cadenas", "un cadenas"),
                            ("house", "une maison"),
                            ("note", "de la musique"),
                            ("handshake", "des mains qui se serrent"),
                            ("merci", "un merci"),
                            ("attention", "attention"),
                            ("stop", "un arrêt"),
                            ("ok", "un oui"),
                        ],
                        default="ok",
                        max_length=20,
                        verbose_name="dessin",
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rules", to="charters.charter"
                    ),
                ),
            ],
            options={
                "verbose_name": "règle",
                "verbose_name_plural": "règles",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="PlainReading",
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
                ("text", models.TextField(max_length=1500, verbose_name="texte relu")),
                ("readers", models.CharField(max_length=200, verbose_name="qui a relu")),
                (
                    "how_many",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(500),
                        ],
                        verbose_name="combien de personnes",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("workshop", "en atelier, à plusieurs"),
                            ("pair", "en lecture à deux"),
                            ("alone", "chacun de son côté, puis ensemble"),
                            ("other", "autrement"),
                        ],
                        max_length=10,
                        verbose_name="comment",
                    ),
                ),
                (
                    "what_changed",
                    models.TextField(blank=True, max_length=1000, verbose_name="ce qui a été changé grâce à elles"),
                ),
                ("done_on", models.DateField(verbose_name="date de la relecture")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="plain_readings",
                        to="charters.charter",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "relecture de la version simple",
                "verbose_name_plural": "relectures de la version simple",
                "ordering": ["-done_on", "-recorded_at"],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
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
                            ("add", "ajouter une règle"),
                            ("change", "changer une règle"),
                            ("remove", "retirer une règle"),
                        ],
                        max_length=8,
                    ),
                ),
                ("sentence", models.CharField(blank=True, max_length=160, verbose_name="la règle")),
                ("why", models.TextField(blank=True, max_length=600, verbose_name="pourquoi")),
                ("otherwise", models.TextField(blank=True, max_length=600, verbose_name="et sinon")),
                (
                    "pictogram",
                    models.CharField(
                        choices=[
                            ("horloge", "une horloge"),
                            ("phone", "un téléphone"),
                            ("tablet", "une tablette"),
                            ("materiel", "des écrans"),
                            ("photo", "un appareil photo"),
                            ("public", "des personnes"),
                            ("speech", "une parole"),
                            ("oeil", "un œil"),
                            ("cadenas", "un cadenas"),
                            ("house", "une maison"),
                            ("note", "de la musique"),
                            ("handshake", "des mains qui se serrent"),
                            ("merci", "un merci"),
                            ("attention", "attention"),
                            ("stop", "un arrêt"),
                            ("ok", "un oui"),
                        ],
                        default="ok",
                        max_length=20,
                        verbose_name="dessin",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=400, verbose_name="ce qui vous y fait penser")),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "en attente"), ("taken", "reprise"), ("declined", "pas retenue")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=400, verbose_name="réponse")),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "charter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="charters.charter"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposals",
                        to="charters.houserule",
                    ),
                ),
            ],
            options={
                "verbose_name": "proposition",
                "verbose_name_plural": "propositions",
                "ordering": ["-made_at"],
            },
        ),
        migrations.AddConstraint(
            model_name="charter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", None),
                    ("scope_group", None),
                    ("scope_institution", models.F("institution")),
                    ("scope_level", "institution"),
                    ("scope_mission", None),
                ),
                name="charter_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.UniqueConstraint(fields=("charter", "number"), name="charter_version_once"),
        ),
        migrations.AddConstraint(
            model_name="charterversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", None),
                    ("scope_group", None),
                    ("scope_institution", models.F("institution")),
                    ("scope_level__in", ("institution", "network", "public")),
                    ("scope_mission", None),
                ),
                name="charter_version_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("scope_author", models.F("author")),
                    ("scope_level", "institution"),
                    ("scope_mission", None),
                    ("scope_institution__isnull", False),
                ),
                name="charter_proposal_scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "waiting")),
                    models.Q(models.Q(("state", "waiting"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="charter_proposal_decided",
            ),
        ),
        ApplyFloor("charters_charter"),
        *(
            operation
            for child in FOLLOWING
            for operation in (ApplyFloor(child), InheritScope(child, "charters_charter", "charter_id"))
        ),
        ApplyFloor("charters_proposal", write=PROPOSE),
        ApplyFloor("charters_charterversion"),
        RestrictWrites("charters_charterversion", ("SELECT", "INSERT")),
        migrations.RunPython(let_readers_be_chosen, migrations.RunPython.noop),
        RestrictWrites("charters_plainreading", ("SELECT", "INSERT", "DELETE")),
    ]

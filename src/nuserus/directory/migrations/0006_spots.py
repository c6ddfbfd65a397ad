"""The rows that lists and maps search, written by triggers from what is public already."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import nuserus.foundation.models.base
from nuserus.foundation.floor.operations import RestrictWrites

# -- words without capitals nor accents, as people type them; the same letters as `fold` in Python for French
WORDS = """
CREATE FUNCTION nuserus_words(text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_remove(regexp_split_to_array(translate(lower(replace(replace(replace(replace($1,
    'œ', 'oe'), 'Œ', 'oe'), 'æ', 'ae'), 'Æ', 'ae')),
    'àâäáãåçéèêëíìîïñóòôöõúùûüýÿÀÂÄÁÃÅÇÉÈÊËÍÌÎÏÑÓÒÔÖÕÚÙÛÜÝŸ',
    'aaaaaaceeeeiiiinooooouuuuyyaaaaaaceeeeiiiinooooouuuuyy'), '[^a-z0-9]+'), '')
$$;
CREATE FUNCTION nuserus_east(float) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(67108863, floor(($1 + 180) / 360 * 67108864))::integer
$$;
CREATE FUNCTION nuserus_south(float) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT greatest(0, least(67108863, floor(
    (0.5 - ln(tan(radians(CASE WHEN abs($1) < 1e-9 THEN 0 ELSE least(85.0, greatest(-85.0, $1)) END) / 2 + pi() / 4))
      / (2 * pi())) * 67108864)))::integer
$$;
CREATE FUNCTION nuserus_themes(text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT theme), '{}') FROM (
    SELECT unnest($1) AS theme UNION SELECT split_part(unnest($1), '--', 1)) AS themes WHERE theme <> ''
$$;
CREATE SEQUENCE directory_spot_numbers;
"""

# An update that changes nothing of a row writes nothing.
_UPSERT = """
  ON CONFLICT (id) DO UPDATE SET (name, folded, words, department_id, category_id, themes, publics, east, south, is_open)
    = (excluded.name, excluded.folded, excluded.words, excluded.department_id, excluded.category_id,
       excluded.themes, excluded.publics, excluded.east, excluded.south, excluded.is_open)
  WHERE (known.name, known.folded, known.words, known.department_id, known.category_id, known.themes, known.publics,
         known.east, known.south, known.is_open)
    IS DISTINCT FROM
    (excluded.name, excluded.folded, excluded.words, excluded.department_id, excluded.category_id,
     excluded.themes, excluded.publics, excluded.east, excluded.south, excluded.is_open);
"""
_COLUMNS = "id, kind, number, name, folded, words, department_id, category_id, themes, publics, east, south, is_open"
_DEFINER = "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp"

# What may be somebody's home stands at the point of its town, whatever the row says.
INSTITUTIONS = f"""
CREATE FUNCTION nuserus_spots_of_institutions(uuid[]) RETURNS void {_DEFINER} AS $$ BEGIN
  INSERT INTO directory_spot AS known ({_COLUMNS})
  SELECT i.id, 'institution', nextval('directory_spot_numbers'), i.name, array_to_string(nuserus_words(i.name), ' '),
    array_to_tsvector(nuserus_words(concat_ws(' ', i.name, i.register_name, i.town_name, i.kind_label, i.post_code,
      i.finess, c.short, c.label, replace(c.label, '.', ''), o.name, d.label, d.code))),
    i.department_id, i.category_id, '{{}}',
    coalesce((SELECT array_agg(p.slug) FROM directory_institution_publics l JOIN directory_public p ON p.id = l.public_id
      WHERE l.institution_id = i.id), '{{}}'),
    CASE WHEN i.is_private_home AND i.precision <> 'town' THEN nuserus_east(t.longitude)
      ELSE nuserus_east(coalesce(i.longitude, t.longitude)) END,
    CASE WHEN i.is_private_home AND i.precision <> 'town' THEN nuserus_south(t.latitude)
      ELSE nuserus_south(coalesce(i.latitude, t.latitude)) END,
    i.closed_on IS NULL OR i.closed_on > current_date
  FROM directory_institution i JOIN directory_department d ON d.id = i.department_id
    LEFT JOIN directory_category c ON c.id = i.category_id LEFT JOIN directory_operator o ON o.id = i.operator_id
    LEFT JOIN directory_town t ON t.id = i.town_id
  WHERE $1 IS NULL OR i.id = ANY ($1)
  {_UPSERT} END $$;
"""

PLACES = f"""
CREATE FUNCTION nuserus_spots_of_places(uuid[]) RETURNS void {_DEFINER} AS $$ BEGIN
  INSERT INTO directory_spot AS known ({_COLUMNS})
  SELECT p.id, 'place', nextval('directory_spot_numbers'), p.name, array_to_string(nuserus_words(p.name), ' '),
    array_to_tsvector(nuserus_words(concat_ws(' ', p.name, p.town_name, p.kind, p.post_code, d.label, d.code,
      array_to_string(p.networks, ' '), array_to_string(p.needs, ' '), s.words))),
    p.department_id, NULL,
    nuserus_themes(p.needs || coalesce(s.themes, '{{}}') || CASE WHEN p.is_digital THEN '{{numerique}}' ELSE '{{}}' END::text[]),
    coalesce(s.publics, '{{}}'),
    nuserus_east(p.longitude), nuserus_south(p.latitude), p.closed_on IS NULL OR p.closed_on > current_date
  FROM directory_place p LEFT JOIN directory_department d ON d.id = p.department_id
    LEFT JOIN LATERAL (
      SELECT string_agg(v.name || ' ' || array_to_string(v.themes, ' '), ' ') AS words,
        array_agg(DISTINCT a.theme) FILTER (WHERE a.theme IS NOT NULL) AS themes,
        array_agg(DISTINCT b.public) FILTER (WHERE b.public IS NOT NULL) AS publics
      FROM directory_service v LEFT JOIN LATERAL unnest(v.themes) AS a (theme) ON true
        LEFT JOIN LATERAL unnest(v.publics) AS b (public) ON true
      WHERE v.place_id = p.id AND (v.closed_on IS NULL OR v.closed_on > current_date)) s ON true
  WHERE $1 IS NULL OR p.id = ANY ($1)
  {_UPSERT} END $$;
"""

# Whoever writes many rows may say `SET LOCAL nuserus.spots = 'later'`, and call nuserus_spots_refresh() at the end.
REFRESH = f"""
CREATE FUNCTION nuserus_spots_refresh() RETURNS void {_DEFINER} AS $$ BEGIN
  DELETE FROM directory_spot s WHERE NOT EXISTS (SELECT FROM directory_institution i WHERE i.id = s.id)
    AND NOT EXISTS (SELECT FROM directory_place p WHERE p.id = s.id);
  PERFORM nuserus_spots_of_institutions(NULL);
  PERFORM nuserus_spots_of_places(NULL);
END $$;
REVOKE ALL ON FUNCTION nuserus_spots_refresh(), nuserus_spots_of_institutions(uuid[]), nuserus_spots_of_places(uuid[])
  FROM PUBLIC, "{settings.DB_ROLES["app"]}";
"""


def _trigger(name: str, table: str, events: tuple[str, ...], body: str) -> str:
    """A function and one trigger per event; the body reads the table of transition `changed`."""
    made = [
        f"CREATE FUNCTION {name}() RETURNS trigger {_DEFINER} AS $$ BEGIN "
        f"IF current_setting('nuserus.spots', true) = 'later' THEN RETURN NULL; END IF; {body} RETURN NULL; END $$;"
    ]
    for event in events:
        seen = "OLD" if event == "DELETE" else "NEW"
        made.append(
            f"CREATE TRIGGER {name}_{event.lower()} AFTER {event} ON {table} "
            f"REFERENCING {seen} TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {name}();"
        )
    return "\n".join(made)


_ALL = ("INSERT", "UPDATE", "DELETE")
TRIGGERS = "\n".join(
    [
        _trigger(
            "nuserus_spots_institution",
            "directory_institution",
            ("INSERT", "UPDATE"),
            "PERFORM nuserus_spots_of_institutions(ARRAY(SELECT id FROM changed));",
        ),
        _trigger(
            "nuserus_spots_place",
            "directory_place",
            ("INSERT", "UPDATE"),
            "PERFORM nuserus_spots_of_places(ARRAY(SELECT id FROM changed));",
        ),
        _trigger(
            "nuserus_spots_service",
            "directory_service",
            _ALL,
            "PERFORM nuserus_spots_of_places(ARRAY(SELECT DISTINCT place_id FROM changed));",
        ),
        _trigger(
            "nuserus_spots_public",
            "directory_institution_publics",
            ("INSERT", "DELETE"),
            "PERFORM nuserus_spots_of_institutions(ARRAY(SELECT DISTINCT institution_id FROM changed));",
        ),
        _trigger(
            "nuserus_spots_operator",
            "directory_operator",
            ("UPDATE",),
            "PERFORM nuserus_spots_of_institutions(ARRAY(SELECT id FROM directory_institution "
            "WHERE operator_id IN (SELECT id FROM changed)));",
        ),
        *(
            _trigger(
                f"nuserus_spots_gone_{name}",
                f"directory_{name}",
                ("DELETE",),
                "DELETE FROM directory_spot WHERE id IN (SELECT id FROM changed);",
            )
            for name in ("institution", "place")
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="is_fictitious",
            field=models.BooleanField(db_default=False, default=False, verbose_name="exemple fictif"),
        ),
        migrations.CreateModel(
            name="Spot",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=nuserus.foundation.models.base.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("institution", "établissement ou service"), ("place", "lieu où se faire aider")],
                        max_length=12,
                        verbose_name="sorte",
                    ),
                ),
                ("number", models.BigIntegerField(unique=True, verbose_name="rang")),
                ("name", models.CharField(max_length=250, verbose_name="nom")),
                ("folded", models.CharField(max_length=250, verbose_name="nom sans accent")),
                ("words", django.contrib.postgres.search.SearchVectorField(verbose_name="mots")),
                (
                    "themes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None, verbose_name="besoins"
                    ),
                ),
                (
                    "publics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), default=list, size=None, verbose_name="publics"
                    ),
                ),
                ("east", models.IntegerField(null=True, verbose_name="depuis l’ouest")),
                ("south", models.IntegerField(null=True, verbose_name="depuis le nord")),
                ("is_open", models.BooleanField(default=True, verbose_name="ouvert")),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.category",
                        verbose_name="catégorie",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.department",
                        verbose_name="département",
                    ),
                ),
            ],
            options={
                "verbose_name": "lieu à trouver",
                "verbose_name_plural": "lieux à trouver",
                "ordering": ["folded", "id"],
                "indexes": [
                    models.Index(fields=["is_open", "folded", "id"], name="spot_in_order"),
                    models.Index(fields=["department", "folded", "id"], name="spot_by_department"),
                    models.Index(fields=["category", "folded", "id"], name="spot_by_category"),
                    models.Index(
                        condition=models.Q(("east__isnull", False), ("is_open", True)),
                        fields=["east", "south"],
                        include=("number",),
                        name="spot_on_map",
                    ),
                    django.contrib.postgres.indexes.GinIndex(fields=["words"], name="spot_by_words"),
                    django.contrib.postgres.indexes.GinIndex(fields=["themes"], name="spot_by_theme"),
                ],
            },
        ),
        RestrictWrites("directory_spot", ("SELECT",)),
        *[migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in (WORDS, INSTITUTIONS, PLACES, REFRESH, TRIGGERS)],
        migrations.RunSQL("SELECT nuserus_spots_refresh()", migrations.RunSQL.noop),
    ]

"""The SQL of an import, made from the targets: what differs, and what makes the directory say the same.

Names of tables and columns are those of `targets`; every value is a parameter.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nuserus.directory.actions.imports.targets import BOOKKEEPING, Target

# A service knows its place by the number of the register.
FIND_PLACES: Final = """
UPDATE import_service s SET place_id = coalesce(
  (SELECT p.id FROM import_place p WHERE p.source_id = s.place_key AND p.is_new),
  (SELECT p.id FROM directory_place p WHERE p.source = s.source AND p.source_id = s.place_key))
"""
WITHOUT_PLACE: Final = "DELETE FROM import_service WHERE place_id IS NULL RETURNING rank, place_key"

# What lists and maps search of these objects, written again from what they now are.
HOMES: Final = """
SELECT nuserus_spots_of_institutions(ARRAY(
  SELECT d.id FROM import_institution_diff d JOIN import_institution s ON s.seq = d.seq WHERE s.is_private_home))
"""
SPOTS_OF_INSTITUTIONS: Final = "SELECT nuserus_spots_of_institutions(%s)"
SPOTS_OF_PLACES: Final = "SELECT nuserus_spots_of_places(%s)"

# A file of points says nothing else of the institutions, so that nothing else is staged.
POINTS: Final = """
UPDATE directory_institution i SET latitude = s.latitude, longitude = s.longitude, precision = s.precision
FROM import_points s WHERE i.finess = s.finess AND NOT i.is_private_home
  AND (i.latitude, i.longitude, i.precision) IS DISTINCT FROM (s.latitude, s.longitude, s.precision)
"""
NOTE_POINTS: Final = """
INSERT INTO directory_importchange (id, import_id, kind, verb, object_id, key, label, rank, before, after, digest)
SELECT gen_random_uuid(), %s, 'institution', 'updated', i.id, i.finess, i.name, s.rank,
  jsonb_build_object('latitude', i.latitude, 'longitude', i.longitude, 'precision', i.precision),
  jsonb_build_object('latitude', s.latitude, 'longitude', s.longitude, 'precision', s.precision), ''
FROM import_points s JOIN directory_institution i ON i.finess = s.finess
WHERE NOT i.is_private_home
  AND (i.latitude, i.longitude, i.precision) IS DISTINCT FROM (s.latitude, s.longitude, s.precision)
"""


def _pairs(values: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"'{name}', {expression}" for name, expression in values)


def find_differences(target: Target) -> str:
    """The known rows of which the register says something else; not `told` where only the bookkeeping moves."""
    was = _pairs((column, f"i.{column}") for column in target.followed)
    now = _pairs(target.followed.items())
    told = ", ".join(f"'{column}'" for column in sorted(BOOKKEEPING))
    closed = "i.closed_on IS NOT NULL" if "closed_on" in target.columns else "false"
    return f"""
CREATE TEMP TABLE {target.differences} AS
SELECT said.seq, said.rank, said.id, said.key, said.label, said.is_closed, change.told,
  change.before, change.after
FROM (
  SELECT s.seq, s.rank, i.id, s.{target.key}::varchar AS key, s.{target.label}::varchar AS label, {closed} AS is_closed,
    jsonb_build_object({was}) AS was, jsonb_build_object({now}) AS now
  FROM {target.staging} s JOIN {target.table} i ON {target.same} WHERE NOT s.is_new
) AS said CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE field.key NOT IN ({told})) > 0 AS told,
    jsonb_object_agg(field.key, field.value) AS before, jsonb_object_agg(field.key, said.now -> field.key) AS after
  FROM jsonb_each(said.was) AS field WHERE field.value IS DISTINCT FROM said.now -> field.key
) AS change
"""


def digest(target: Target, row: str) -> str:
    """What a row says, as one number: a row that somebody touched since has another."""
    columns = ", ".join(f"{row}.{column}" for column in sorted(target.written))
    return f"hash_record_extended(ROW({columns}), 0)::text"


def create(target: Target) -> str:
    """Add the new rows between two ranks, and write down that they were.

    An object is created once, so that its id, which grows with time, is also that of the change: a random one
    would write all over the index.
    """
    columns = ", ".join(target.written)
    values = ", ".join([*(f"s.{column}" for column in target.columns), *target.constants.values()])
    if not target.noted:
        return f"""
INSERT INTO {target.table} (id, {columns})
SELECT s.id, {values} FROM {target.staging} s WHERE s.is_new AND s.seq > %s AND s.seq <= %s ORDER BY s.seq
"""
    return f"""
WITH made AS (
  INSERT INTO {target.table} AS i (id, {columns})
  SELECT s.id, {values} FROM {target.staging} s WHERE s.is_new AND s.seq > %s AND s.seq <= %s ORDER BY s.seq
  RETURNING i.id, i.{target.key} AS key, i.{target.label} AS label, {digest(target, "i")} AS digest)
INSERT INTO directory_importchange (id, import_id, kind, verb, object_id, key, label, rank, digest)
SELECT made.id, %s, '{target.kind}', 'created', made.id, made.key, made.label, s.rank, made.digest
FROM made JOIN {target.staging} s ON s.id = made.id AND s.seq > %s AND s.seq <= %s
"""


def update(target: Target) -> str:
    """Let the known rows between two ranks say what the register says."""
    columns = ", ".join(f"{column} = {expression}" for column, expression in target.followed.items())
    return f"""
UPDATE {target.table} i SET {columns}
FROM {target.staging} s JOIN {target.differences} d ON d.seq = s.seq
WHERE {target.same} AND d.before IS NOT NULL AND s.seq > %s AND s.seq <= %s
"""


def note_updates(target: Target) -> str:
    """Write down what changed of the rows that were known."""
    return f"""
INSERT INTO directory_importchange (id, import_id, kind, verb, object_id, key, label, rank, before, after, digest)
SELECT gen_random_uuid(), %s, '{target.kind}', CASE WHEN d.is_closed AND d.after ? 'closed_on' THEN 'reopened'
  ELSE 'updated' END, d.id, d.key, d.label, d.rank, d.before, d.after, ''
FROM {target.differences} d WHERE d.told
"""


def close(target: Target) -> str:
    """Close what is no longer in the register; what is closed keeps everything that points at it."""
    return f"""
WITH gone AS (
  UPDATE {target.table} i SET closed_on = %s FROM {target.gone} s
  WHERE i.{target.key} = s.key AND i.closed_on IS NULL {_of_the_source(target)}
  RETURNING i.id, i.{target.key} AS key, i.{target.label} AS label, i.closed_on)
INSERT INTO directory_importchange (id, import_id, kind, verb, object_id, key, label, before, after, digest)
SELECT gen_random_uuid(), %s, '{target.kind}', 'closed', gone.id, gone.key, gone.label,
  '{{"closed_on": null}}', jsonb_build_object('closed_on', gone.closed_on), ''
FROM gone
"""


def try_closing(target: Target) -> str:
    """As `close`, writing down alone."""
    return f"""
INSERT INTO directory_importchange (id, import_id, kind, verb, object_id, key, label, digest)
SELECT gen_random_uuid(), %s, '{target.kind}', 'closed', i.id, i.{target.key}, i.{target.label}, ''
FROM {target.table} i JOIN {target.gone} s ON i.{target.key} = s.key
WHERE i.closed_on IS NULL {_of_the_source(target)}
"""


def try_creating(target: Target) -> str:
    """As `create`, writing down alone."""
    return f"""
INSERT INTO directory_importchange (id, import_id, kind, verb, object_id, key, label, rank, digest)
SELECT s.id, %s, '{target.kind}', 'created', s.id, s.{target.key}, s.{target.label}, s.rank, ''
FROM {target.staging} s WHERE s.is_new
"""


def count(target: Target) -> str:
    """created, updated, reopened, unchanged but for the mark."""
    return f"""
SELECT (SELECT count(*) FROM {target.staging} WHERE is_new),
  count(*) FILTER (WHERE told AND NOT (is_closed AND after ? 'closed_on')),
  count(*) FILTER (WHERE told AND is_closed AND after ? 'closed_on'),
  count(*) FILTER (WHERE NOT told)
FROM {target.differences}
"""


def restore(target: Target) -> str:
    """Give back what an import changed, where it still says what the import wrote."""
    columns = ", ".join(f"{column} = r.{column}" for column in target.followed)
    return f"""
UPDATE {target.table} i SET {columns}
FROM directory_importchange c JOIN {target.table} o ON o.id = c.object_id
CROSS JOIN LATERAL jsonb_populate_record(o, c.before) r
WHERE i.id = o.id AND c.import_id = %s AND c.kind = '{target.kind}' AND c.verb <> 'created'
  AND to_jsonb(o) @> c.after
RETURNING c.id
"""


def untouched(target: Target) -> str:
    """The rows that an import created and that nobody touched since."""
    return f"""
SELECT i.id FROM {target.table} i JOIN directory_importchange c ON c.object_id = i.id
WHERE c.import_id = %s AND c.kind = '{target.kind}' AND c.verb = 'created' AND c.digest = {digest(target, "i")}
"""


def _of_the_source(target: Target) -> str:
    return "" if len(target.keys) == 1 else "AND i.source = %s"

"""SQL of the functions through which the index is written and read.

All are owned by the owner role and run as it (SECURITY DEFINER), so each applies the two predicates
of the floor to the rows it touches. Query text comes as lexemes already quoted by `queries.lexemes`;
facet values are quoted here (`%L`). Statements are built and planned at each call, because a plan
made for any query would not use the GIN indexes well.
"""

from __future__ import annotations

from nuserus.foundation.floor.predicates import read_predicate, write_predicate

COUNTED = 5_000
"""Matches are counted up to this number; beyond, the count is a floor."""

RANKED = 200
"""Newest matches in the title, and newest matches anywhere, that are compared with one another."""

COMPARED = 150
"""Newest entries that share a device, a family or a public, among which the nearest are chosen."""

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
# Looking into a vector costs a hundred times what the planner believes, as it is stored out of line:
# the GIN index, which needs no second look, is always the better way.
_READER = f"{_DEFINER} SET enable_seqscan = off SET jit = off"


def _allowed(row: str, system: str) -> str:
    return f"(session_user = '{system}' OR coalesce({write_predicate(row)}, false))"


def writing_functions(*, app: str, system: str) -> str:
    """SQL that creates the functions that write. `app` and `system` are the names of two roles.

    They answer false, and write nothing, where the person who asks may not write the entry.
    """
    return f"""
CREATE FUNCTION nuserus_count_words(
  old_words text[], old_level text, new_words text[], new_displays text[], new_stems text[], new_level text)
RETURNS void LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  gone text[] := ARRAY(SELECT unnest(old_words)
    EXCEPT SELECT unnest(CASE WHEN old_level = new_level THEN new_words END));
  come text[] := ARRAY(SELECT unnest(new_words)
    EXCEPT SELECT unnest(CASE WHEN old_level = new_level THEN old_words END));
BEGIN
  -- always in the same order, so that two publications never wait for each other in a circle
  PERFORM 1 FROM search_vocabularyword WHERE folded = ANY (gone || come) ORDER BY folded FOR UPDATE;
  UPDATE search_vocabularyword SET
    public_count = public_count - (old_level = 'public')::int,
    network_count = network_count - (old_level = 'network')::int
  WHERE folded = ANY (gone);
  INSERT INTO search_vocabularyword AS known (folded, display, stem, public_count, network_count)
  SELECT w.folded, w.display, w.stem, (new_level = 'public')::int, (new_level = 'network')::int
  FROM unnest(new_words, new_displays, new_stems) AS w(folded, display, stem)
  WHERE w.folded = ANY (come) ORDER BY w.folded
  ON CONFLICT (folded) DO UPDATE SET
    public_count = known.public_count + excluded.public_count,
    network_count = known.network_count + excluded.network_count;
  DELETE FROM search_vocabularyword WHERE folded = ANY (gone) AND public_count <= 0 AND network_count <= 0;
END $$;
REVOKE ALL ON FUNCTION nuserus_count_words(text[], text, text[], text[], text[], text) FROM PUBLIC, "{app}";

CREATE FUNCTION nuserus_index_put(
  new_id uuid, new_kind text, new_object uuid,
  level text, institution uuid, in_group uuid, author uuid, mission uuid,
  new_title text, new_head text, new_vector text, new_facets text[],
  new_words text[], new_displays text[], new_stems text[],
  published timestamptz, new_step int, new_trials int, is_stale boolean)
RETURNS boolean LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  fresh search_entry;
  known search_entry;
  is_known boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended(new_kind || new_object, 0));
  SELECT * INTO known FROM search_entry WHERE kind = new_kind AND object_id = new_object;
  is_known := FOUND;
  fresh.id := coalesce(known.id, new_id);
  fresh.scope_level := level;
  fresh.scope_institution := institution;
  fresh.scope_group := in_group;
  fresh.scope_author := author;
  fresh.scope_mission := mission;
  IF NOT {_allowed("fresh", system)} OR (is_known AND NOT {_allowed("known", system)}) THEN
    RETURN false;
  END IF;
  fresh.kind := new_kind;
  fresh.object_id := new_object;
  fresh.title := new_title;
  fresh.head := new_head::tsvector;
  fresh.vector := new_vector::tsvector;
  fresh.facets := new_facets;
  fresh.words := CASE WHEN level IN ('public', 'network') THEN new_words ELSE '{{}}' END;
  fresh.published_at := published;
  fresh.step := new_step;
  fresh.trials := new_trials;
  fresh.stale := is_stale;
  DELETE FROM search_entry WHERE id = fresh.id;
  INSERT INTO search_entry SELECT fresh.*;
  PERFORM nuserus_count_words(
    coalesce(known.words, '{{}}'), coalesce(known.scope_level, ''), fresh.words, new_displays, new_stems, level);
  RETURN true;
END $$;

CREATE FUNCTION nuserus_index_remove(old_kind text, old_object uuid)
RETURNS boolean LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  known search_entry;
BEGIN
  SELECT * INTO known FROM search_entry WHERE kind = old_kind AND object_id = old_object FOR UPDATE;
  IF NOT FOUND THEN
    RETURN true;
  END IF;
  IF NOT {_allowed("known", system)} THEN
    RETURN false;
  END IF;
  DELETE FROM search_entry WHERE id = known.id;
  PERFORM nuserus_count_words(known.words, known.scope_level, '{{}}', '{{}}', '{{}}', '');
  RETURN true;
END $$;
"""  # noqa: S608 (roles and predicates of our own)


def tells_the_version(table: str, *, event: str = "INSERT OR UPDATE OR DELETE", when: str = "true") -> str:
    """SQL of a trigger: a change of the table gives the index another version."""
    name = f"{table}_{'_'.join(event.lower().split())}_seen"
    return (
        f"CREATE CONSTRAINT TRIGGER {name} AFTER {event} ON {table} DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION nuserus_index_changed();"
    )


def version_functions() -> str:
    """SQL that creates the row of the version, and the triggers of the index and the synonyms.

    They wait for the end of the transaction: two publications hold each other up for the time of a
    commit only, and never in a circle. The version is the number of the transaction, which never
    comes twice, so that all its rows after the first have nothing to write.
    """
    return f"""
INSERT INTO search_indexversion (id, version) VALUES (1, 0);
CREATE FUNCTION nuserus_index_changed() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE search_indexversion SET version = pg_current_xact_id()::text::bigint
  WHERE version <> pg_current_xact_id()::text::bigint;
  RETURN NULL;
END $$;
{tells_the_version("search_entry")}
{tells_the_version("search_synonym")}
"""  # noqa: S608 (names of our own)


DROP_VERSION = "DROP FUNCTION nuserus_index_changed() CASCADE; DELETE FROM search_indexversion;"


# What nobody confirms any more comes after the rest; an index holds this very order.
_NEWEST = "ORDER BY e.stale, e.published_at DESC NULLS LAST, e.id DESC"
# A little for what was tried elsewhere and for what is recent: never enough to pass a better match.
# What is stale sinks below what says nearly as much.
_SCORE = """ts_rank_cd('{0.05, 0.15, 0.4, 1.0}', e.vector, $1, 1)
    * (1 + 0.06 * e.step + 0.02 * ln(1 + e.trials) + CASE WHEN e.stale THEN -0.4 ELSE 0 END
       + CASE WHEN e.published_at > now() - interval '1 year' THEN 0.08 ELSE 0 END)"""


def reading_functions() -> str:
    """SQL that creates the functions that read: each row passes the read predicate of the floor."""
    visible = read_predicate("e")
    return f"""
CREATE FUNCTION nuserus_search_narrow(chosen jsonb) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT coalesce(string_agg(format(' AND e.facets && %L::text[]',
    ARRAY(SELECT jsonb_array_elements_text(facet_group))), ''), '')
  FROM jsonb_array_elements(chosen) AS facet_group
$$;

CREATE FUNCTION nuserus_search(
  asked text, parts text[], wanted text[], chosen jsonb, size int, skip int,
  OUT ids uuid[], OUT found_kinds text[], OUT total bigint)
LANGUAGE plpgsql STABLE {_READER} AS $search$
DECLARE
  place text := ' FROM search_entry e WHERE e.kind = ANY ($3) AND {_quoted(visible)}' || nuserus_search_narrow(chosen)
    || CASE WHEN asked = '' THEN '' ELSE ' AND e.vector @@ $1' END;
  ranked text;
BEGIN
  EXECUTE 'SELECT count(*) FROM (SELECT 1' || place || ' LIMIT {COUNTED}) AS r'
    INTO total USING asked::tsquery, parts::tsquery[], wanted;
  IF asked = '' THEN
    ranked := 'SELECT e.object_id, e.kind, row_number() OVER ({_NEWEST}) AS place' || place
      || ' {_NEWEST} LIMIT $4 OFFSET $5';
  ELSE
    -- Few matches: all are read through the GIN index. Many: the newest ones come soon in order of
    -- date, while reading them all would be slow.
    ranked := CASE WHEN total < {COUNTED}
      THEN 'WITH matched AS MATERIALIZED (SELECT e.id, e.stale, e.published_at' || place || '), '
      ELSE 'WITH matched AS MATERIALIZED (SELECT e.id, e.stale, e.published_at' || place
        || ' {_NEWEST} LIMIT {RANKED}), '
      END || 'titled AS MATERIALIZED (SELECT e.id, e.stale, e.published_at' || place
      || ' AND e.head @@ $1 LIMIT {COUNTED})
      SELECT e.object_id, e.kind, row_number() OVER (ORDER BY cardinality(ARRAY(
        SELECT 1 FROM unnest($2) AS part WHERE e.vector @@ part)) DESC, {_quoted(_SCORE)} DESC,
        e.stale, e.published_at DESC NULLS LAST, e.id) AS place
      FROM search_entry e WHERE e.id IN (
        (SELECT e.id FROM matched e {_NEWEST} LIMIT {RANKED})
        UNION (SELECT e.id FROM titled e {_NEWEST} LIMIT {RANKED}))
      ORDER BY place LIMIT $4 OFFSET $5';
  END IF;
  EXECUTE 'SELECT array_agg(object_id ORDER BY place), array_agg(kind ORDER BY place) FROM (' || ranked || ') AS r'
    INTO ids, found_kinds USING asked::tsquery, parts::tsquery[], wanted, size, skip;
END $search$;

CREATE FUNCTION nuserus_search_facets(asked text, wanted text[], chosen jsonb)
RETURNS TABLE (facet text, found bigint) LANGUAGE plpgsql STABLE {_READER} AS $facets$
DECLARE
  place text := ' FROM search_entry e WHERE e.kind = ANY ($2) AND {_quoted(visible)}'
    || CASE WHEN asked = '' THEN '' ELSE ' AND e.vector @@ $1' END;
  groups text[] := ARRAY(SELECT split_part(facet_group ->> 0, ':', 1)
    FROM jsonb_array_elements(chosen) WITH ORDINALITY AS given(facet_group, n) ORDER BY n);
  counting text := 'SELECT f, count(*) FROM (SELECT e.facets' || place || nuserus_search_narrow(chosen)
    || ' LIMIT {COUNTED}) AS m, unnest(m.facets) AS f WHERE split_part(f, '':'', 1) <> ALL ($3) GROUP BY f';
BEGIN
  -- a group is counted without its own choice, so that the person sees what another value would give
  FOR n IN 1 .. cardinality(groups) LOOP
    counting := counting || format(' UNION ALL SELECT f, count(*) FROM (SELECT e.facets %s LIMIT {COUNTED}) AS m,
      unnest(m.facets) AS f WHERE split_part(f, '':'', 1) = %L GROUP BY f',
      place || nuserus_search_narrow(chosen - (n - 1)), groups[n]);
  END LOOP;
  RETURN QUERY EXECUTE counting USING asked::tsquery, wanted, groups;
END $facets$;

CREATE FUNCTION nuserus_related(near_kind text, near_object uuid, strong text[], size int)
RETURNS TABLE (object_id uuid, kind text) LANGUAGE plpgsql STABLE {_READER} AS $related$
DECLARE
  source search_entry;
  shared text[];
BEGIN
  SELECT * INTO source FROM search_entry e
  WHERE e.kind = near_kind AND e.object_id = near_object AND {visible};
  IF NOT FOUND THEN
    RETURN;
  END IF;
  shared := ARRAY(SELECT f FROM unnest(source.facets) AS f WHERE split_part(f, ':', 1) = ANY (strong));
  RETURN QUERY EXECUTE 'SELECT c.object_id, c.kind::text FROM (
      SELECT * FROM search_entry e WHERE e.kind = $1 AND e.id <> $2 AND e.facets && $3 AND {_quoted(visible)}
      {_NEWEST} LIMIT {COMPARED}) AS c
    ORDER BY (SELECT sum(CASE WHEN f = ANY ($3) THEN 3 ELSE 1 END) FROM unnest(c.facets) AS f WHERE f = ANY ($4))
      + (SELECT count(*) FROM unnest(tsvector_to_array(c.head)) AS w WHERE w = ANY ($5)) DESC,
      c.stale, c.published_at DESC NULLS LAST, c.id LIMIT $6'
    USING near_kind, source.id, shared, source.facets, tsvector_to_array(source.head), size;
END $related$;

CREATE FUNCTION nuserus_suggest(prefix text, size int)
RETURNS TABLE (display text, found int) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT best.display, best.found FROM (
    SELECT DISTINCT ON (v.stem) v.display::text, v.stem,
      v.public_count + CASE WHEN nuserus_verified() THEN v.network_count ELSE 0 END AS found
    FROM search_vocabularyword v
    WHERE nuserus_asked() AND v.folded ~>=~ prefix AND v.folded ~<~ (prefix || chr(1114111))
      AND (v.public_count > 0 OR (v.network_count > 0 AND nuserus_verified()))
    ORDER BY v.stem, 3 DESC, length(v.folded)) AS best
  ORDER BY best.found DESC, best.display LIMIT size
$$;

CREATE FUNCTION nuserus_near_words(prefix text, shortest int, longest int)
RETURNS TABLE (folded text, display text, found int) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT v.folded::text, v.display::text,
    v.public_count + CASE WHEN nuserus_verified() THEN v.network_count ELSE 0 END
  FROM search_vocabularyword v
  WHERE nuserus_asked() AND v.folded ~>=~ prefix AND v.folded ~<~ (prefix || chr(1114111))
    AND length(v.folded) BETWEEN shortest AND longest
    AND (v.public_count > 0 OR (v.network_count > 0 AND nuserus_verified()))
  ORDER BY 3 DESC LIMIT 2000
$$;
"""  # noqa: S608 (predicates of our own)


def _quoted(sql: str) -> str:
    """SQL text as it stands inside a string literal."""
    return sql.replace("'", "''")


DROP_READING = """
DROP FUNCTION nuserus_near_words(text, int, int);
DROP FUNCTION nuserus_suggest(text, int);
DROP FUNCTION nuserus_related(text, uuid, text[], int);
DROP FUNCTION nuserus_search_facets(text, text[], jsonb);
DROP FUNCTION nuserus_search(text, text[], text[], jsonb, int, int);
DROP FUNCTION nuserus_search_narrow(jsonb);
"""
DROP_FUNCTIONS = f"""{DROP_READING}
DROP FUNCTION nuserus_index_remove(text, uuid);
DROP FUNCTION nuserus_index_put;
DROP FUNCTION nuserus_count_words(text[], text, text[], text[], text[], text);
"""

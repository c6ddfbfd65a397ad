"""SQL that keeps the corpus true whatever the program does, run by the migrations."""

from __future__ import annotations

from typing import Final

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# What may change of a row whose content never does.
CHANGING: Final = {
    "corpus_turn": "participant_id, interviewer, withheld_at",
    "corpus_excerpt": (
        'version_id, start, "end", sha256, revision, state, proposed_version_id, proposed_start, proposed_end'
    ),
}

# Nobody keeps a text under a hash that is not its own; turns are within their text, excerpts in a version of theirs.
TRUE_HASH = """
ALTER TABLE corpus_sourceversion ADD CONSTRAINT source_version_hash
CHECK (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'));
ALTER TABLE corpus_sourceversion ADD CONSTRAINT source_version_canonical
CHECK (text IS NFC NORMALIZED AND strpos(text, chr(13)) = 0 AND strpos(text, chr(65279)) = 0);
"""
NO_TRUE_HASH = """
ALTER TABLE corpus_sourceversion DROP CONSTRAINT source_version_canonical;
ALTER TABLE corpus_sourceversion DROP CONSTRAINT source_version_hash;
"""

# What stands between a source and coding, as a word; '' when nothing does. Asked by the page, by the trigger below and
# by whatever codes: an agreement that ends closes the source by itself.
OBSTACLE = f"""
CREATE FUNCTION corpus_obstacle(wanted uuid) RETURNS text LANGUAGE plpgsql STABLE {_DEFINER} AS $$
DECLARE
  found record;
  last record;
BEGIN
  SELECT kind, withheld_at, place_id INTO found FROM corpus_source WHERE id = wanted;
  SELECT id, pseudonymised INTO last FROM corpus_sourceversion WHERE source_id = wanted ORDER BY number DESC LIMIT 1;
  IF found.kind IS NULL OR last.id IS NULL THEN
    RETURN 'empty';
  ELSIF found.withheld_at IS NOT NULL THEN
    RETURN 'withheld';
  ELSIF found.kind IN ('interview', 'group') AND EXISTS (SELECT FROM corpus_turn
      WHERE version_id = last.id AND participant_id IS NULL AND NOT interviewer) THEN
    RETURN 'unbound';
  ELSIF EXISTS (SELECT FROM (SELECT DISTINCT participant_id FROM corpus_turn
      WHERE version_id = last.id AND withheld_at IS NULL AND participant_id IS NOT NULL) heard
      WHERE NOT nuserus_consent_holds(heard.participant_id, 'take_part', found.place_id)) THEN
    RETURN 'consent';
  ELSIF NOT last.pseudonymised THEN
    RETURN 'masking';
  END IF;
  RETURN '';
END $$;
CREATE FUNCTION corpus_codable(wanted uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT coalesce((SELECT state = 'ready' AND corpus_obstacle(id) = '' FROM corpus_source WHERE id = wanted), false)
$$;
"""  # noqa: S608 (names of our own)
NO_OBSTACLE = "DROP FUNCTION corpus_codable(uuid); DROP FUNCTION corpus_obstacle(uuid);"

# Nothing is ready, and nothing is picked out, before it is pseudonymised and agreed to.
GUARDS = """
CREATE FUNCTION corpus_guard_ready() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF corpus_obstacle(NEW.id) <> '' THEN
    RAISE EXCEPTION 'source % is not ready: %', NEW.id, corpus_obstacle(NEW.id) USING ERRCODE = 'NC002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER corpus_guard_ready BEFORE UPDATE OF state ON corpus_source
FOR EACH ROW WHEN (NEW.state = 'ready' AND OLD.state <> 'ready') EXECUTE FUNCTION corpus_guard_ready();
CREATE FUNCTION corpus_refuse_ready() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a source is not ready when it comes' USING ERRCODE = 'NC002';
END $$;
CREATE TRIGGER corpus_refuse_ready BEFORE INSERT ON corpus_source
FOR EACH ROW WHEN (NEW.state = 'ready') EXECUTE FUNCTION corpus_refuse_ready();
CREATE FUNCTION corpus_guard_excerpt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nuserus_asked() AND NOT corpus_codable(NEW.source_id) THEN
    RAISE EXCEPTION 'source % is not ready', NEW.source_id USING ERRCODE = 'NC002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER corpus_guard_excerpt BEFORE INSERT ON corpus_excerpt
FOR EACH ROW EXECUTE FUNCTION corpus_guard_excerpt();
"""
NO_GUARDS = """
DROP TRIGGER corpus_guard_excerpt ON corpus_excerpt;
DROP FUNCTION corpus_guard_excerpt();
DROP TRIGGER corpus_refuse_ready ON corpus_source;
DROP FUNCTION corpus_refuse_ready();
DROP TRIGGER corpus_guard_ready ON corpus_source;
DROP FUNCTION corpus_guard_ready();
"""

# The table of names and the sealed texts: on the mission of the place, and a key holder of the study. Its lead is one.
_HOLDS_KEY = "(nuserus_has_role('study_lead:' || study_id) OR nuserus_has_role('key_holder:' || study_id))"
KEY_READ = (
    "(SELECT nuserus_asked()) AND (SELECT nuserus_user()) IS NOT NULL"
    f" AND scope_mission = ANY ((SELECT nuserus_ids('missions'))::uuid[]) AND {_HOLDS_KEY}"
)

# Who masks sees which words have a pseudonym already (by their keyed digest), never a name. When a source is finished,
# its versions with names in them lose their words: what is kept of them is sealed.
MASKING = f"""
CREATE FUNCTION corpus_known_pseudonyms(wanted uuid) RETURNS TABLE (words_digest varchar, pseudonym varchar)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT DISTINCT ON (entry.words_digest) entry.words_digest, entry.pseudonym FROM corpus_keyentry entry
  WHERE entry.study_id = (SELECT study_id FROM studies_studyplace WHERE id = wanted)
    AND nuserus_asked() AND wanted = ANY ((SELECT nuserus_ids('missions'))::uuid[])
    AND entry.scope_mission = ANY ((SELECT nuserus_ids('missions'))::uuid[])
  ORDER BY entry.words_digest, entry.made_at
$$;
CREATE FUNCTION corpus_seal_versions(wanted uuid) RETURNS integer LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  place uuid;
  last integer;
  masked boolean;
  sealed integer;
BEGIN
  SELECT place_id INTO place FROM corpus_source WHERE id = wanted;
  SELECT number, pseudonymised INTO last, masked FROM corpus_sourceversion
  WHERE source_id = wanted ORDER BY number DESC LIMIT 1;
  IF NOT nuserus_asked() OR place IS NULL OR NOT place = ANY ((SELECT nuserus_ids('missions'))::uuid[]) THEN
    RAISE EXCEPTION 'source % is not sealed by who asks', wanted USING ERRCODE = 'insufficient_privilege';
  ELSIF NOT masked OR NOT EXISTS (SELECT FROM corpus_sealedoriginal WHERE source_id = wanted) THEN
    RAISE EXCEPTION 'source % is not pseudonymised', wanted USING ERRCODE = 'NC002';
  END IF;
  UPDATE corpus_turn SET speaker = regexp_replace(speaker, '.', '█', 'g') WHERE version_id IN (
    SELECT id FROM corpus_sourceversion WHERE source_id = wanted AND number < last);
  UPDATE corpus_sourceversion SET redacted_at = now(), text = regexp_replace(text, '[^\n]', '█', 'g'),
    sha256 = encode(sha256(convert_to(regexp_replace(text, '[^\n]', '█', 'g'), 'UTF8')), 'hex')
  WHERE source_id = wanted AND number < last;
  GET DIAGNOSTICS sealed = ROW_COUNT;
  RETURN sealed;
END $$;
"""  # noqa: S608 (names of our own)
NO_MASKING = "DROP FUNCTION corpus_seal_versions(uuid); DROP FUNCTION corpus_known_pseudonyms(uuid);"

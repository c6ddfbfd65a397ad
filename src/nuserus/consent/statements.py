"""SQL that keeps consents true whatever the program does, run by the first migration."""

from __future__ import annotations

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
_WORDS = ("notice_id", "number", "format", "language", "title", "body", "text_sha256", "written_on")
_OLD, _NEW = (", ".join(f"{row}.{column}" for column in _WORDS) for row in ("OLD", "NEW"))

# One refusal, one withdrawal or one end is enough for consent not to hold; a representative alone does
# not make it hold. Only what was said on the mission of the object counts: nobody can say yes, or no,
# about what they are not named on.
HOLDS = f"""
CREATE FUNCTION nuserus_consent_holds(object uuid, use_for text, on_mission uuid) RETURNS boolean
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT coalesce(bool_and(state = 'given' AND (expires_at IS NULL OR expires_at > now())), false)
     AND coalesce(bool_or(voice = 'person'), false)
  FROM consent_consent
  WHERE object_id = object AND purpose = use_for AND scope_mission = on_mission
$$;
"""  # noqa: S608 (names of our own)

# The same steps as `enums.FOLLOWS`. Whoever asks writes in their own name; for somebody who has an
# account, nobody speaks but they; a first step is written by somebody named on the work.
WRITTEN = f"""
CREATE FUNCTION consent_event_written() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  known consent_consent;
  has_account boolean := EXISTS (SELECT FROM people_account WHERE id = NEW.subject);
  became text;
BEGIN
  PERFORM pg_advisory_xact_lock(
    hashtextextended(concat_ws(' ', NEW.subject, NEW.purpose, NEW.object_id, NEW.voice), 0));
  SELECT * INTO known FROM consent_consent
  WHERE subject = NEW.subject AND purpose = NEW.purpose AND object_id = NEW.object_id AND voice = NEW.voice;
  IF nuserus_asked() THEN
    NEW.at := clock_timestamp();
    IF NEW.recorded_by IS DISTINCT FROM nuserus_user() OR NEW.kind = 'expired'
      OR (has_account AND NEW.voice = 'person' AND NEW.subject <> nuserus_user())
      OR (known.id IS NULL AND NOT coalesce(NEW.scope_mission = ANY (nuserus_ids('missions')), false)) THEN
      RAISE EXCEPTION 'nobody speaks for somebody else' USING ERRCODE = 'insufficient_privilege';
    END IF;
  END IF;
  IF known.id IS NOT NULL THEN
    NEW.consent := known.id;
    NEW.scope_level := known.scope_level;
    NEW.scope_author := known.scope_author;
    NEW.scope_mission := known.scope_mission;
    NEW.object_kind := known.object_kind;
  ELSIF has_account THEN
    NEW.scope_author := NEW.subject;
  END IF;
  NEW.position := coalesce(known.position, 0) + 1;
  became := CASE
    WHEN known.state IS NULL AND NEW.kind IN ('given', 'refused') THEN NEW.kind
    WHEN known.state = 'given' AND NEW.kind = 'renewed' THEN 'given'
    WHEN known.state = 'given' AND NEW.kind IN ('withdrawn', 'expired') THEN NEW.kind
    WHEN known.state IN ('refused', 'withdrawn', 'expired') AND NEW.kind = 'given' THEN 'given'
    WHEN known.state = 'expired' AND NEW.kind = 'renewed' THEN 'given'
    WHEN known.state = 'expired' AND NEW.kind = 'refused' THEN 'refused'
  END;
  IF became IS NULL THEN
    RAISE EXCEPTION '% cannot follow %', NEW.kind, known.state USING ERRCODE = 'NC001';
  END IF;
  IF known.id IS NULL THEN
    INSERT INTO consent_consent (id, subject, purpose, object_kind, object_id, voice, state, since, expires_at,
      notice_version_id, position, scope_level, scope_author, scope_mission)
    VALUES (NEW.consent, NEW.subject, NEW.purpose, NEW.object_kind, NEW.object_id, NEW.voice, became, NEW.at,
      NEW.expires_at, NEW.notice_version_id, NEW.position, NEW.scope_level, NEW.scope_author, NEW.scope_mission);
  ELSE
    UPDATE consent_consent SET state = became, since = NEW.at, expires_at = NEW.expires_at,
      notice_version_id = NEW.notice_version_id, position = NEW.position
    WHERE id = known.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_event_written BEFORE INSERT ON consent_consentevent
FOR EACH ROW EXECUTE FUNCTION consent_event_written();
"""  # noqa: S608 (names of our own)

# Whoever writes a step for somebody else is named there today, not only when it was first said. A card is a proof.
_WORDS_BEFORE = (
    "      OR (known.id IS NULL AND NOT coalesce(NEW.scope_mission = ANY (nuserus_ids('missions')), false)) THEN"
)
_WORDS_AFTER = """      OR (known.id IS NULL AND NOT coalesce(NEW.scope_mission = ANY (nuserus_ids('missions')), false))
      OR (known.id IS NOT NULL AND known.subject IS DISTINCT FROM nuserus_user()
        AND NOT (NEW.how = 'card' AND NEW.kind = 'withdrawn')
        AND NOT coalesce(known.scope_mission = ANY (nuserus_ids('missions')), false)) THEN"""
WRITTEN_BEFORE = WRITTEN.split("CREATE TRIGGER", maxsplit=1)[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
WRITTEN_BY_NAMED = WRITTEN_BEFORE.replace(_WORDS_BEFORE, _WORDS_AFTER)

# Not even the owner or the system role changes what was said, or the words that people were shown.
KEPT = f"""
CREATE FUNCTION consent_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed nor removed', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER consent_event_kept BEFORE UPDATE OR DELETE ON consent_consentevent
FOR EACH ROW EXECUTE FUNCTION consent_refuse_change();
CREATE TRIGGER consent_event_not_emptied BEFORE TRUNCATE ON consent_consentevent
FOR EACH STATEMENT EXECUTE FUNCTION consent_refuse_change();
CREATE TRIGGER consent_notice_kept BEFORE DELETE ON consent_noticeversion
FOR EACH ROW EXECUTE FUNCTION consent_refuse_change();
CREATE TRIGGER consent_notice_words_kept BEFORE UPDATE ON consent_noticeversion
FOR EACH ROW WHEN (ROW({_OLD}) IS DISTINCT FROM ROW({_NEW}))
EXECUTE FUNCTION consent_refuse_change();
ALTER TABLE consent_noticeversion ADD CONSTRAINT notice_version_hash
CHECK (text_sha256 = encode(sha256(convert_to(title || E'\\n\\n' || body || E'\\n', 'UTF8')), 'hex'));
"""

# What a card opens: the consents of its subject that its own author answers for, on its own mission.
# Read by who holds the code, before anyone is known; only taking back is possible with it.
CARDS = f"""
CREATE FUNCTION consent_by_card(code_digest text)
RETURNS TABLE (id uuid, purpose text, object_kind text, object_id uuid, voice text, state text, since timestamptz,
  expires_at timestamptz, label text, title text, body text, answers uuid)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT said.id, said.purpose, said.object_kind, said.object_id, said.voice, said.state, said.since, said.expires_at,
    notice.label, wording.title, wording.body, said.scope_author
  FROM consent_consentcard card
  JOIN consent_consent said ON said.subject = card.subject AND said.scope_author = card.scope_author
    AND said.scope_mission = card.scope_mission
  JOIN consent_noticeversion wording ON wording.id = said.notice_version_id
  JOIN consent_notice notice ON notice.id = wording.notice_id
  WHERE card.digest = code_digest AND card.ended_at IS NULL
    AND NOT EXISTS (SELECT FROM people_account WHERE people_account.id = card.subject)
  ORDER BY said.since DESC, said.id
$$;

CREATE FUNCTION consent_card_known(code_digest text) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM consent_consentcard WHERE digest = code_digest AND ended_at IS NULL)
$$;

CREATE FUNCTION consent_withdraw_by_card(code_digest text, which uuid, new_row uuid) RETURNS boolean
LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  said consent_consent;
BEGIN
  SELECT consent_consent.* INTO said FROM consent_by_card(code_digest) shown
  JOIN consent_consent ON consent_consent.id = shown.id
  WHERE shown.id = which AND shown.voice = 'person' AND shown.state = 'given';
  IF said.id IS NULL THEN
    RETURN false;
  END IF;
  INSERT INTO consent_consentevent (id, consent, position, kind, subject, purpose, object_kind, object_id, voice, how,
    witness, notice_version_id, recorded_by, at, scope_level, scope_author, scope_mission)
  VALUES (new_row, said.id, 0, 'withdrawn', said.subject, said.purpose, said.object_kind, said.object_id, said.voice,
    'card', '', said.notice_version_id, nuserus_user(), clock_timestamp(), said.scope_level, said.scope_author,
    said.scope_mission);
  RETURN true;
END $$;
"""  # noqa: S608 (names of our own)

# Whose card it is, for who holds the code: the person, who answers for them there, and the mission.
CARD_PERSON = f"""
CREATE FUNCTION consent_card_person(code_digest text) RETURNS TABLE (subject uuid, author uuid, mission uuid)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT card.subject, card.scope_author, card.scope_mission FROM consent_consentcard card
  WHERE card.digest = code_digest AND card.ended_at IS NULL
    AND NOT EXISTS (SELECT FROM people_account WHERE people_account.id = card.subject)
$$;
"""  # noqa: S608 (names of our own)
NO_CARD_PERSON = "DROP FUNCTION consent_card_person(text);"

# Whoever says that something was looked at says it in their own name, now; and changes nothing else.
REVIEWED = """
CREATE FUNCTION consent_flagged_reviewed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nuserus_asked() THEN
    NEW.reviewed_by := nuserus_user();
    NEW.reviewed_at := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER consent_flagged_reviewed BEFORE UPDATE OF outcome ON consent_flagged
FOR EACH ROW EXECUTE FUNCTION consent_flagged_reviewed();
"""
NOT_REVIEWED = """
DROP TRIGGER consent_flagged_reviewed ON consent_flagged;
DROP FUNCTION consent_flagged_reviewed();
"""

NO_CARDS = """
DROP FUNCTION consent_withdraw_by_card(text, uuid, uuid);
DROP FUNCTION consent_card_known(text);
DROP FUNCTION consent_by_card(text);
"""

DROP = """
ALTER TABLE consent_noticeversion DROP CONSTRAINT notice_version_hash;
DROP TRIGGER consent_notice_words_kept ON consent_noticeversion;
DROP TRIGGER consent_notice_kept ON consent_noticeversion;
DROP TRIGGER consent_event_not_emptied ON consent_consentevent;
DROP TRIGGER consent_event_kept ON consent_consentevent;
DROP FUNCTION consent_refuse_change();
DROP TRIGGER consent_event_written ON consent_consentevent;
DROP FUNCTION consent_event_written();
DROP FUNCTION nuserus_consent_holds(uuid, text, uuid);
"""

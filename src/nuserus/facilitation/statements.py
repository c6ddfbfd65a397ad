"""SQL that keeps meetings, missions and words true whatever the program does, run by the first migration."""

from __future__ import annotations

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
ASKED = "(SELECT nuserus_asked()) AND (SELECT nuserus_user()) IS NOT NULL"

# What is kept for somebody else is seen by nobody but the two; a slot taken back stays readable to who booked it.
SLOT_READ = (
    f"{ASKED} AND (scope_author = (SELECT nuserus_user()) OR kept_for IS NULL OR kept_for = (SELECT nuserus_user()))"
)
SLOT_WRITE = f"{ASKED} AND scope_author = (SELECT nuserus_user()) AND (SELECT nuserus_has_role('facilitator'))"
CALL_READ = (
    f"{ASKED} AND (scope_author = (SELECT nuserus_user())"
    " OR ((SELECT nuserus_has_role('facilitator')) AND state <> 'cancelled'))"
)
OWN_WRITE = f"{ASKED} AND scope_author = (SELECT nuserus_user())"

QUARTERS = """
ALTER TABLE facilitation_slot ADD CONSTRAINT slot_on_the_quarter
CHECK (mod(extract(epoch FROM starts_at)::bigint, 900) = 0 AND extract(microseconds FROM starts_at) = 0);
"""
NO_QUARTERS = "ALTER TABLE facilitation_slot DROP CONSTRAINT slot_on_the_quarter;"

# The slot is locked, so that of two people who take it at once the second is told so; the unique
# constraint on bookings says the same should this trigger ever be asleep.
BOOKING = f"""
CREATE FUNCTION facilitation_booking_made() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  taken facilitation_slot;
BEGIN
  SELECT * INTO taken FROM facilitation_slot WHERE id = NEW.slot_id FOR UPDATE;
  IF taken.id IS NULL OR taken.cancelled_at IS NOT NULL OR taken.is_taken OR taken.starts_at <= now()
    OR (taken.kept_for IS NOT NULL AND taken.kept_for <> NEW.teller_id) OR taken.facilitator_id = NEW.teller_id THEN
    RAISE EXCEPTION 'slot % is not free', NEW.slot_id USING ERRCODE = 'NF001';
  END IF;
  NEW.facilitator_id := taken.facilitator_id;
  NEW.starts_at := taken.starts_at;
  UPDATE facilitation_slot SET is_taken = true WHERE id = taken.id;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (gen_random_uuid(), NEW.id, NEW.teller_id, NEW.teller_id, now()),
         (gen_random_uuid(), NEW.id, NEW.facilitator_id, NEW.teller_id, now());
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_booking_made BEFORE INSERT ON facilitation_booking
FOR EACH ROW EXECUTE FUNCTION facilitation_booking_made();

CREATE FUNCTION facilitation_booking_changed() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF OLD.state = 'cancelled' OR ROW(OLD.slot_id, OLD.teller_id, OLD.facilitator_id, OLD.starts_at)
    IS DISTINCT FROM ROW(NEW.slot_id, NEW.teller_id, NEW.facilitator_id, NEW.starts_at) THEN
    RAISE EXCEPTION 'booking % is settled', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  IF NEW.state = 'cancelled' THEN
    UPDATE facilitation_slot SET is_taken = false,
      cancelled_at = CASE WHEN facilitator_id = NEW.cancelled_by THEN now() ELSE cancelled_at END
    WHERE id = NEW.slot_id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_booking_changed BEFORE UPDATE ON facilitation_booking
FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION facilitation_booking_changed();

CREATE FUNCTION facilitation_call_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nuserus_asked() AND (NEW.teller_id <> nuserus_user() OR NEW.state <> 'waiting') THEN
    RAISE EXCEPTION 'one asks for oneself' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_call_asked BEFORE INSERT ON facilitation_callrequest
FOR EACH ROW EXECUTE FUNCTION facilitation_call_asked();

CREATE FUNCTION facilitation_facilitators() RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT account_id FROM people_rolegrant
  WHERE role = 'facilitator' AND scope_institution IS NULL AND nuserus_user() IS NOT NULL
$$;
"""  # noqa: S608 (names of our own)


def telling_functions(app: str) -> str:
    """SQL of the functions that open and end the mission of who writes; `app` is the application role."""
    return f"""
CREATE FUNCTION facilitation_guard_telling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user <> '{app}' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.facilitator_id IS NOT NULL OR NEW.helpers <> '{{}}' OR NEW.state <> 'alone'
      OR NEW.scope_author IS DISTINCT FROM nuserus_user()
      OR (NEW.teller_id IS NOT NULL AND NEW.teller_id <> nuserus_user())
      OR NOT EXISTS (SELECT FROM practices_sheet WHERE id = NEW.sheet_id AND author_id = nuserus_user()) THEN
      RAISE EXCEPTION 'a telling is begun by who tells' USING ERRCODE = 'insufficient_privilege';
    END IF;
  ELSIF ROW(OLD.sheet_id, OLD.teller_id, OLD.subject, OLD.facilitator_id, OLD.helpers, OLD.state, OLD.joined_at,
      OLD.ended_at, OLD.scope_author, OLD.scope_mission)
    IS DISTINCT FROM ROW(NEW.sheet_id, NEW.teller_id, NEW.subject, NEW.facilitator_id, NEW.helpers, NEW.state,
      NEW.joined_at, NEW.ended_at, NEW.scope_author, NEW.scope_mission)
    OR (NEW.scope_author <> nuserus_user() AND ROW(OLD.code, OLD.code_until, OLD.teller_credits, OLD.name)
      IS DISTINCT FROM ROW(NEW.code, NEW.code_until, NEW.teller_credits, NEW.name)) THEN
    RAISE EXCEPTION 'who writes is said by the functions of the database' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_guard_telling BEFORE INSERT OR UPDATE ON facilitation_telling
FOR EACH ROW EXECUTE FUNCTION facilitation_guard_telling();

CREATE FUNCTION facilitation_is_facilitator(who uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM people_rolegrant
                 WHERE account_id = who AND role = 'facilitator' AND scope_institution IS NULL)
$$;

CREATE FUNCTION facilitation_admit(which uuid, helper uuid, new_row uuid) RETURNS uuid
LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  told facilitation_telling;
BEGIN
  SELECT * INTO told FROM facilitation_telling WHERE id = which FOR UPDATE;
  IF told.id IS NULL OR told.state = 'together' OR told.scope_author = helper
    OR NOT facilitation_is_facilitator(helper)
    OR NOT EXISTS (SELECT FROM practices_sheet WHERE id = told.sheet_id AND status IN ('draft', 'to_rework')) THEN
    RETURN NULL;
  END IF;
  UPDATE facilitation_telling SET facilitator_id = helper, state = 'together', code = '', code_until = NULL,
    joined_at = now(), ended_at = NULL, facilitator_signs = false,
    helpers = CASE WHEN helper = ANY (helpers) THEN helpers ELSE helpers || helper END
  WHERE id = which;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, told.sheet_id, helper, told.scope_author, now())
  ON CONFLICT (mission_id, holder_id) DO NOTHING;
  RETURN told.sheet_id;
END $$;
REVOKE ALL ON FUNCTION facilitation_admit(uuid, uuid, uuid) FROM PUBLIC, "{app}";

CREATE FUNCTION facilitation_join(given text, new_row uuid) RETURNS uuid LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  joined uuid;
BEGIN
  SELECT facilitation_admit(id, nuserus_user(), new_row) INTO joined FROM facilitation_telling
  WHERE given <> '' AND code = given AND code_until > now() AND nuserus_user() IS NOT NULL;
  IF joined IS NOT NULL THEN
    PERFORM nuserus_remember_mission(joined);
  END IF;
  RETURN joined;
END $$;

CREATE FUNCTION facilitation_invite(which uuid, booked uuid, new_row uuid) RETURNS uuid
LANGUAGE sql {_DEFINER} AS $$
  SELECT facilitation_admit(told.id, meeting.facilitator_id, new_row)
  FROM facilitation_telling told, facilitation_booking meeting
  WHERE told.id = which AND told.scope_author = nuserus_user()
    AND meeting.id = booked AND meeting.teller_id = nuserus_user() AND meeting.state = 'booked'
$$;

CREATE FUNCTION facilitation_close(which uuid) RETURNS void LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  told facilitation_telling;
BEGIN
  SELECT * INTO told FROM facilitation_telling WHERE id = which FOR UPDATE;
  IF told.facilitator_id IS NOT NULL THEN
    DELETE FROM foundation_missionholder WHERE mission_id = told.sheet_id AND holder_id = told.facilitator_id;
    UPDATE practices_answersave SET saved_by_id = told.scope_author, scope_author = told.scope_author
    WHERE sheet_id = told.sheet_id AND saved_by_id = told.facilitator_id;
  END IF;
  UPDATE facilitation_telling SET state = 'ended', ended_at = now(), code = '', code_until = NULL WHERE id = which;
END $$;
REVOKE ALL ON FUNCTION facilitation_close(uuid) FROM PUBLIC, "{app}";

CREATE FUNCTION facilitation_leave(which uuid) RETURNS boolean LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  PERFORM facilitation_close(id) FROM facilitation_telling
  WHERE id = which AND state <> 'ended' AND nuserus_user() IN (scope_author, facilitator_id);
  RETURN FOUND;
END $$;

CREATE FUNCTION facilitation_sheet_left() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF NEW.status IN ('in_review', 'published') AND nuserus_asked() AND EXISTS (
    SELECT FROM facilitation_telling WHERE sheet_id = NEW.id
      AND (teller_id IS NULL OR in_plain_words OR helpers <> '{{}}'))
    AND NOT nuserus_consent_holds(NEW.id, 'publish', NEW.id) THEN
    RAISE EXCEPTION 'who told sheet % has not agreed', NEW.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_sheet_left BEFORE UPDATE OF status ON practices_sheet
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION facilitation_sheet_left();

CREATE FUNCTION facilitation_sheet_gone() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  PERFORM facilitation_close(id) FROM facilitation_telling WHERE sheet_id = NEW.id AND state <> 'ended';
  RETURN NULL;
END $$;
CREATE TRIGGER facilitation_sheet_gone AFTER UPDATE OF status ON practices_sheet
FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('in_review', 'published', 'withdrawn'))
EXECUTE FUNCTION facilitation_sheet_gone();
"""  # noqa: S608 (names of our own)


NO_TELLING = """
DROP TRIGGER facilitation_sheet_gone ON practices_sheet;
DROP FUNCTION facilitation_sheet_gone();
DROP TRIGGER facilitation_sheet_left ON practices_sheet;
DROP FUNCTION facilitation_sheet_left();
DROP FUNCTION facilitation_leave(uuid);
DROP FUNCTION facilitation_close(uuid);
DROP FUNCTION facilitation_invite(uuid, uuid, uuid);
DROP FUNCTION facilitation_join(text, uuid);
DROP FUNCTION facilitation_admit(uuid, uuid, uuid);
DROP FUNCTION facilitation_is_facilitator(uuid);
DROP TRIGGER facilitation_guard_telling ON facilitation_telling;
DROP FUNCTION facilitation_guard_telling();
"""
NO_BOOKING = """
DROP FUNCTION facilitation_facilitators();
DROP TRIGGER facilitation_call_asked ON facilitation_callrequest;
DROP FUNCTION facilitation_call_asked();
DROP TRIGGER facilitation_booking_changed ON facilitation_booking;
DROP FUNCTION facilitation_booking_changed();
DROP TRIGGER facilitation_booking_made ON facilitation_booking;
DROP FUNCTION facilitation_booking_made();
"""

# Public with the sheet, and only while who said it agrees to be quoted. A page kept in memory is told by
# the row of its sheet: what is said, or erased, touches it.
WORDS = f"""
CREATE FUNCTION facilitation_words_scoped() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND ROW(OLD.sheet_id, OLD.text, OLD.said_by, OLD.speaker, OLD.subject)
    IS DISTINCT FROM ROW(NEW.sheet_id, NEW.text, NEW.said_by, NEW.speaker, NEW.subject)
    AND NOT (NEW.text = '' AND NEW.erased_at IS NOT NULL)
    AND EXISTS (SELECT FROM consent_consent WHERE object_id = NEW.id AND purpose = 'quote') THEN
    RAISE EXCEPTION 'somebody answered about these words' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT scope_level, NULL, NULL, scope_author, scope_mission
  INTO NEW.scope_level, NEW.scope_institution, NEW.scope_group, NEW.scope_author, NEW.scope_mission
  FROM practices_sheet WHERE id = NEW.sheet_id;
  IF NEW.scope_level = 'public' AND NOT nuserus_consent_holds(NEW.id, 'quote', NEW.sheet_id) THEN
    NEW.scope_level := 'restricted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_words_scoped BEFORE INSERT OR UPDATE ON facilitation_personwords
FOR EACH ROW EXECUTE FUNCTION facilitation_words_scoped();

CREATE FUNCTION facilitation_words_seen() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE practices_sheet SET changed_at = clock_timestamp()
  WHERE id = CASE WHEN TG_OP = 'DELETE' THEN OLD.sheet_id ELSE NEW.sheet_id END;
  RETURN NULL;
END $$;
CREATE TRIGGER facilitation_words_seen AFTER INSERT OR UPDATE OR DELETE ON facilitation_personwords
FOR EACH ROW EXECUTE FUNCTION facilitation_words_seen();

CREATE FUNCTION facilitation_words_follow_sheet() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE facilitation_personwords SET sheet_id = sheet_id WHERE sheet_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER facilitation_words_follow_sheet AFTER UPDATE OF scope_level ON practices_sheet
FOR EACH ROW WHEN (OLD.scope_level IS DISTINCT FROM NEW.scope_level) EXECUTE FUNCTION facilitation_words_follow_sheet();

CREATE FUNCTION facilitation_words_follow_consent() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE facilitation_personwords SET
    text = CASE WHEN NEW.state = 'withdrawn' THEN '' ELSE text END,
    erased_at = CASE WHEN NEW.state = 'withdrawn' THEN now() ELSE erased_at END
  WHERE id = NEW.object_id AND sheet_id = NEW.scope_mission;
  RETURN NULL;
END $$;
CREATE TRIGGER facilitation_words_follow_consent AFTER INSERT OR UPDATE ON consent_consent
FOR EACH ROW WHEN (NEW.purpose = 'quote') EXECUTE FUNCTION facilitation_words_follow_consent();
"""  # noqa: S608 (names of our own)
NO_WORDS = """
DROP TRIGGER facilitation_words_follow_consent ON consent_consent;
DROP FUNCTION facilitation_words_follow_consent();
DROP TRIGGER facilitation_words_follow_sheet ON practices_sheet;
DROP FUNCTION facilitation_words_follow_sheet();
DROP TRIGGER facilitation_words_seen ON facilitation_personwords;
DROP FUNCTION facilitation_words_seen();
DROP TRIGGER facilitation_words_scoped ON facilitation_personwords;
DROP FUNCTION facilitation_words_scoped();
"""

# Who wrote a sheet with its teller never reads it over: the two functions of `practices` that find a
# reviewer, with that one line more.
REVIEWERS = f"""
CREATE FUNCTION facilitation_wrote(which uuid, reader uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM facilitation_telling WHERE sheet_id = which AND reader = ANY (helpers))
$$;
CREATE FUNCTION facilitation_guard_reviewer() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF facilitation_wrote(NEW.sheet_id, NEW.reviewer_id) THEN
    RAISE EXCEPTION 'who wrote sheet % does not read it over', NEW.sheet_id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER facilitation_guard_reviewer BEFORE INSERT OR UPDATE OF reviewer_id ON practices_review
FOR EACH ROW WHEN (NEW.reviewer_id IS NOT NULL) EXECUTE FUNCTION facilitation_guard_reviewer();
"""  # noqa: S608 (names of our own)
NO_REVIEWERS = """
DROP TRIGGER facilitation_guard_reviewer ON practices_review;
DROP FUNCTION facilitation_guard_reviewer();
DROP FUNCTION facilitation_wrote(uuid, uuid);
"""

# The answer that counts is that of the very person: who tells, who says the words. Somebody else named on the
# sheet can write an answer of their own about it; it may stop what it is about and never lets it through.
# And who types a code reads it again once they hold the row: it may just have been taken away.
AGREED = f"""
CREATE FUNCTION facilitation_agrees(object uuid, use_for text, on_mission uuid, who uuid) RETURNS boolean
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT nuserus_consent_holds(object, use_for, on_mission) AND EXISTS (
    SELECT FROM consent_consent WHERE object_id = object AND purpose = use_for AND scope_mission = on_mission
      AND subject = who AND voice = 'person' AND state = 'given')
$$;

CREATE OR REPLACE FUNCTION facilitation_sheet_left() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF NEW.status IN ('in_review', 'published') AND nuserus_asked() AND EXISTS (
    SELECT FROM facilitation_telling WHERE sheet_id = NEW.id
      AND (teller_id IS NULL OR in_plain_words OR helpers <> '{{}}')
      AND NOT facilitation_agrees(NEW.id, 'publish', NEW.id, subject)) THEN
    RAISE EXCEPTION 'who told sheet % has not agreed', NEW.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION facilitation_words_scoped() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND ROW(OLD.sheet_id, OLD.text, OLD.said_by, OLD.speaker, OLD.subject)
    IS DISTINCT FROM ROW(NEW.sheet_id, NEW.text, NEW.said_by, NEW.speaker, NEW.subject)
    AND NOT (NEW.text = '' AND NEW.erased_at IS NOT NULL)
    AND EXISTS (SELECT FROM consent_consent WHERE object_id = NEW.id AND purpose = 'quote') THEN
    RAISE EXCEPTION 'somebody answered about these words' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT scope_level, NULL, NULL, scope_author, scope_mission
  INTO NEW.scope_level, NEW.scope_institution, NEW.scope_group, NEW.scope_author, NEW.scope_mission
  FROM practices_sheet WHERE id = NEW.sheet_id;
  IF NEW.scope_level = 'public' AND NOT facilitation_agrees(NEW.id, 'quote', NEW.sheet_id, NEW.subject) THEN
    NEW.scope_level := 'restricted';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION facilitation_join(given text, new_row uuid) RETURNS uuid LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  shown uuid;
  joined uuid;
BEGIN
  SELECT id INTO shown FROM facilitation_telling
  WHERE given <> '' AND code = given AND code_until > now() AND nuserus_user() IS NOT NULL FOR UPDATE;
  joined := facilitation_admit(shown, nuserus_user(), new_row);
  IF joined IS NOT NULL THEN
    PERFORM nuserus_remember_mission(joined);
  END IF;
  RETURN joined;
END $$;
UPDATE facilitation_personwords SET sheet_id = sheet_id;
"""  # noqa: S608 (names of our own)

# Who is no facilitator any more reads nothing they were let in for: drafts go on without them, and voices
# they had taken go back to the queue.
ROLE_GONE = f"""
CREATE FUNCTION facilitation_role_gone() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  PERFORM facilitation_close(id) FROM facilitation_telling
  WHERE facilitator_id = OLD.account_id AND state = 'together';
  DELETE FROM foundation_missionholder held USING voice_recording voice
  WHERE voice.taken_by = OLD.account_id AND held.mission_id = voice.id AND held.holder_id = OLD.account_id;
  UPDATE voice_recording SET taken_by = NULL, taken_at = NULL WHERE taken_by = OLD.account_id AND state = 'to_write';
  RETURN NULL;
END $$;
CREATE TRIGGER facilitation_role_gone AFTER DELETE ON people_rolegrant
FOR EACH ROW WHEN (OLD.role = 'facilitator' AND OLD.scope_institution IS NULL)
EXECUTE FUNCTION facilitation_role_gone();
"""  # noqa: S608 (names of our own)
NO_ROLE_GONE = """
DROP TRIGGER facilitation_role_gone ON people_rolegrant;
DROP FUNCTION facilitation_role_gone();
"""

"""SQL that gives what is collected on the field its place, its study and its readers, run by the first migration."""

from __future__ import annotations

from nuserus.studies.statements import OWN_WRITE

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# Written by its author, and only while they are on the mission of the place.
OBSERVE_WRITE = f"{OWN_WRITE} AND place_id = ANY ((SELECT nuserus_ids('missions'))::uuid[])"

# Whatever the program says: place and study follow from the place or the visit, readers from the fiche.
SCOPES = f"""
CREATE FUNCTION fieldwork_scope_visit() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.place_id <> NEW.place_id THEN
    RAISE EXCEPTION 'visit % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT study_id INTO NEW.study_id FROM studies_studyplace WHERE id = NEW.place_id;
  IF NEW.event_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM studies_calendarevent WHERE id = NEW.event_id AND study_id = NEW.study_id) THEN
    RAISE EXCEPTION 'event % is of another study', NEW.event_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.scope_level := 'restricted'; NEW.scope_institution := NULL; NEW.scope_group := NULL;
  NEW.scope_mission := NEW.place_id;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_scope_visit BEFORE INSERT OR UPDATE ON fieldwork_visit
FOR EACH ROW EXECUTE FUNCTION fieldwork_scope_visit();

CREATE FUNCTION fieldwork_scope_observation() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  of_place uuid; of_study uuid; fiche instruments_submission;
BEGIN
  SELECT place_id, study_id INTO of_place, of_study FROM fieldwork_visit WHERE id = NEW.visit_id;
  IF TG_OP = 'UPDATE' AND (OLD.place_id <> of_place OR OLD.fiche_readers IS DISTINCT FROM NEW.fiche_readers
    OR (OLD.state = 'done' AND NEW.state <> 'done')
    OR (NEW.submission_id IS NOT NULL AND OLD.submission_id IS DISTINCT FROM NEW.submission_id)) THEN
    RAISE EXCEPTION 'observation % is neither moved nor opened again', OLD.id
    USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.place_id := of_place; NEW.study_id := of_study;
  IF TG_OP = 'INSERT' THEN
    NEW.fiche_readers := NULL;
    IF NEW.submission_id IS NOT NULL THEN
      SELECT submission.* INTO fiche FROM instruments_submission submission
      JOIN instruments_instrument instrument ON instrument.id = submission.instrument_id
      WHERE submission.id = NEW.submission_id AND submission.status = 'accepted' AND instrument.study_id = of_study;
      IF fiche.id IS NULL OR (nuserus_asked() AND fiche.scope_author <> nuserus_user()
        AND NOT fiche.scope_mission = ANY (nuserus_ids('missions'))) THEN
        RAISE EXCEPTION 'no such fiche to take up' USING ERRCODE = 'insufficient_privilege';
      END IF;
      NEW.fiche_readers := fiche.instrument_id;
    END IF;
  END IF;
  NEW.scope_level := 'restricted'; NEW.scope_institution := NULL; NEW.scope_group := NULL;
  NEW.scope_mission := CASE WHEN NEW.state = 'done' THEN coalesce(NEW.fiche_readers, NEW.place_id) END;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_scope_observation BEFORE INSERT OR UPDATE ON fieldwork_observation
FOR EACH ROW EXECUTE FUNCTION fieldwork_scope_observation();

CREATE FUNCTION fieldwork_keep_observation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF nuserus_asked() AND OLD.state = 'done' THEN
    RAISE EXCEPTION 'a finished observation is kept' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER fieldwork_keep_observation BEFORE DELETE ON fieldwork_observation
FOR EACH ROW EXECUTE FUNCTION fieldwork_keep_observation();

CREATE FUNCTION fieldwork_scope_restitution() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.place_id <> NEW.place_id THEN
    RAISE EXCEPTION 'restitution % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT place.study_id, circle.id INTO NEW.study_id, NEW.scope_group
  FROM studies_studyplace place LEFT JOIN studies_studygroup circle ON circle.place_id = place.id
  WHERE place.id = NEW.place_id;
  IF NEW.event_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM studies_calendarevent WHERE id = NEW.event_id AND study_id = NEW.study_id) THEN
    RAISE EXCEPTION 'event % is of another study', NEW.event_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.scope_level := 'group'; NEW.scope_institution := NULL; NEW.scope_author := NULL;
  NEW.scope_mission := NEW.study_id;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_scope_restitution BEFORE INSERT OR UPDATE ON fieldwork_restitutionmeeting
FOR EACH ROW EXECUTE FUNCTION fieldwork_scope_restitution();
"""  # noqa: S608 (names of our own)
NO_SCOPES = """
DROP TRIGGER fieldwork_scope_restitution ON fieldwork_restitutionmeeting;
DROP FUNCTION fieldwork_scope_restitution();
DROP TRIGGER fieldwork_keep_observation ON fieldwork_observation;
DROP FUNCTION fieldwork_keep_observation();
DROP TRIGGER fieldwork_scope_observation ON fieldwork_observation;
DROP FUNCTION fieldwork_scope_observation();
DROP TRIGGER fieldwork_scope_visit ON fieldwork_visit;
DROP FUNCTION fieldwork_scope_visit();
"""

# Nobody is put down as there, or as having said something, who does not agree today to take part.
AGREED = f"""
CREATE FUNCTION fieldwork_agreed() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  here uuid;
BEGIN
  IF NEW.participant_id IS NULL OR NOT nuserus_asked()
    OR (TG_OP = 'UPDATE' AND OLD.participant_id IS NOT DISTINCT FROM NEW.participant_id) THEN
    RETURN NEW;
  END IF;
  SELECT place_id INTO here FROM fieldwork_observation WHERE id = NEW.observation_id;
  IF NOT EXISTS (SELECT FROM studies_participant WHERE id = NEW.participant_id AND place_id = here)
    OR NOT nuserus_consent_holds(NEW.participant_id, 'take_part', here) THEN
    RAISE EXCEPTION 'this participant does not agree to take part here' USING ERRCODE = 'NC002';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fieldwork_agreed BEFORE INSERT OR UPDATE ON fieldwork_presence
FOR EACH ROW EXECUTE FUNCTION fieldwork_agreed();
CREATE TRIGGER fieldwork_agreed BEFORE INSERT OR UPDATE ON fieldwork_saying
FOR EACH ROW EXECUTE FUNCTION fieldwork_agreed();
"""  # noqa: S608 (names of our own)
NOT_AGREED = """
DROP TRIGGER fieldwork_agreed ON fieldwork_saying;
DROP TRIGGER fieldwork_agreed ON fieldwork_presence;
DROP FUNCTION fieldwork_agreed();
"""

# Which of these fiches were taken up; and counts of a study for who takes part in it, who reads no row of them.
COUNTS = f"""
CREATE FUNCTION fieldwork_taken(which uuid[]) RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT submission_id FROM fieldwork_observation WHERE submission_id = ANY (which)
$$;

CREATE FUNCTION fieldwork_counts(which uuid)
RETURNS TABLE (visits integer, visited integer, observations integer, restitutions integer)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT
    (SELECT count(*)::integer FROM fieldwork_visit WHERE study_id = which AND state <> 'cancelled'),
    (SELECT count(*)::integer FROM fieldwork_visit WHERE study_id = which AND state = 'done'),
    (SELECT count(*)::integer FROM fieldwork_observation
     WHERE study_id = which AND state = 'done' AND withheld_at IS NULL),
    (SELECT count(*)::integer FROM fieldwork_restitutionmeeting WHERE study_id = which)
  WHERE which = ANY (nuserus_ids('groups') || nuserus_ids('missions'))
$$;
"""  # noqa: S608 (names of our own)
NO_COUNTS = """
DROP FUNCTION fieldwork_counts(uuid);
DROP FUNCTION fieldwork_taken(uuid[]);
"""

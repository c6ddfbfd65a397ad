"""SQL that lets people into studies and keeps each row in its circle, run by the first migration."""

from __future__ import annotations

from nuserus.foundation.floor.predicates import read_predicate
from nuserus.studies.enums import READING_MATERIALS

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
_ASKED = "(SELECT nuserus_asked()) AND (SELECT nuserus_user()) IS NOT NULL"

# A study is changed by its leads; what it does, by those who conduct it.
STUDY_WRITE = f"{_ASKED} AND nuserus_has_role('study_lead:' || id)"
LEAD_WRITE = f"{_ASKED} AND nuserus_has_role('study_lead:' || study_id)"
CONDUCT_WRITE = f"{_ASKED} AND scope_mission = ANY ((SELECT nuserus_ids('missions'))::uuid[])"
OWN_WRITE = f"{_ASKED} AND scope_author = (SELECT nuserus_user())"
PLACE_READ = f"({read_predicate()} OR scope_institution = ANY ((SELECT nuserus_ids('managed'))::uuid[]))"

# What was collected in a place is closed to who works there, worked there or sits in its working group.
CLOSED_TO_COLLEAGUES = "scope_mission = ANY ((SELECT studies_closed())::uuid[])"

_READERS = ", ".join(f"'{part.value}'" for part in READING_MATERIALS)

# Whatever the program says, a row of a study has the scope that its study and its circle give it.
SCOPES = f"""
CREATE FUNCTION studies_scope_study() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  NEW.scope_level := 'group'; NEW.scope_institution := NULL; NEW.scope_author := NULL;
  NEW.scope_group := NEW.study_id; NEW.scope_mission := NEW.study_id;
  RETURN NEW;
END $$;

CREATE FUNCTION studies_scope_circle() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF NEW.group_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM studies_studygroup WHERE id = NEW.group_id AND study_id = NEW.study_id) THEN
    RAISE EXCEPTION 'circle % is of another study', NEW.group_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  NEW.scope_level := 'group'; NEW.scope_institution := NULL; NEW.scope_author := NULL;
  NEW.scope_group := coalesce(NEW.group_id, NEW.study_id); NEW.scope_mission := NEW.study_id;
  RETURN NEW;
END $$;

CREATE FUNCTION studies_scope_place() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  NEW.scope_level := 'group'; NEW.scope_institution := NEW.institution_id; NEW.scope_author := NULL;
  NEW.scope_group := NEW.study_id; NEW.scope_mission := NEW.study_id;
  IF TG_OP = 'UPDATE' AND ROW(OLD.study_id, OLD.institution_id)
    IS DISTINCT FROM ROW(NEW.study_id, NEW.institution_id) THEN
    RAISE EXCEPTION 'place % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION studies_scope_effect() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  SELECT place.study_id, circle.id INTO NEW.study_id, NEW.scope_group
  FROM studies_studyplace place LEFT JOIN studies_studygroup circle ON circle.place_id = place.id
  WHERE place.id = NEW.place_id;
  NEW.scope_level := 'group'; NEW.scope_institution := NULL; NEW.scope_author := NULL;
  NEW.scope_mission := NEW.study_id;
  IF NEW.is_shared THEN
    NEW.scope_group := NEW.study_id;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION studies_scope_person() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  NEW.scope_level := 'restricted'; NEW.scope_institution := NULL; NEW.scope_group := NULL;
  IF TG_TABLE_NAME = 'studies_eventanswer' THEN
    SELECT study_id INTO NEW.study_id FROM studies_calendarevent WHERE id = NEW.event_id;
    NEW.scope_author := NEW.account_id; NEW.scope_mission := NEW.study_id;
  ELSIF TG_TABLE_NAME = 'studies_selfevaluation' THEN
    NEW.scope_author := NEW.account_id; NEW.scope_mission := NULL;
  ELSE
    SELECT study_id, account_id INTO NEW.study_id, NEW.scope_author FROM studies_participation WHERE id = NEW.seat_id;
    NEW.scope_mission := NEW.study_id;
    IF TG_TABLE_NAME = 'studies_attendance' THEN
      IF NOT EXISTS (SELECT FROM studies_trainingsession WHERE id = NEW.session_id AND study_id = NEW.study_id) THEN
        RAISE EXCEPTION 'session % is of another study', NEW.session_id
        USING ERRCODE = 'integrity_constraint_violation';
      END IF;
    END IF;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION studies_scope_seat() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.group_id <> NEW.group_id THEN
    RAISE EXCEPTION 'seat % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT study_id INTO NEW.study_id FROM studies_studygroup WHERE id = NEW.group_id;
  NEW.scope_level := 'group'; NEW.scope_institution := NULL;
  NEW.scope_group := NEW.group_id; NEW.scope_mission := NEW.study_id; NEW.scope_author := NEW.account_id;
  RETURN NEW;
END $$;

CREATE FUNCTION studies_number_decision() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  PERFORM FROM studies_study WHERE id = NEW.study_id FOR UPDATE;
  SELECT coalesce(max(number), 0) + 1 INTO NEW.number FROM studies_decision WHERE study_id = NEW.study_id;
  IF NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM studies_decision WHERE id = NEW.replaces_id AND study_id = NEW.study_id) THEN
    RAISE EXCEPTION 'decision % is of another study', NEW.replaces_id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""  # noqa: S608 (names of our own)

SCOPED_BY_STUDY = (
    "retentionrule", "phase", "step", "studygroup", "cyclenote", "decision", "trainingagreement", "reference",
)  # fmt: skip
SCOPED_BY_CIRCLE = ("calendarevent", "trainingsession")
SCOPED_BY_PERSON = ("eventanswer", "attendance", "certificate", "selfevaluation")
TRIGGERS = (
    *((name, "studies_scope_study") for name in SCOPED_BY_STUDY),
    *((name, "studies_scope_circle") for name in SCOPED_BY_CIRCLE),
    *((name, "studies_scope_person") for name in SCOPED_BY_PERSON),
    ("studyplace", "studies_scope_place"),
    ("effect", "studies_scope_effect"),
    ("participation", "studies_scope_seat"),
)
LAID = "".join(
    f"CREATE TRIGGER {function} BEFORE INSERT OR UPDATE ON studies_{name} FOR EACH ROW EXECUTE FUNCTION {function}();\n"
    for name, function in TRIGGERS
) + (
    "CREATE TRIGGER studies_number_decision BEFORE INSERT ON studies_decision "
    "FOR EACH ROW EXECUTE FUNCTION studies_number_decision();\n"
)
NOT_LAID = "".join(f"DROP TRIGGER {function} ON studies_{name};\n" for name, function in TRIGGERS) + (
    "DROP TRIGGER studies_number_decision ON studies_decision;\n"
)
NO_SCOPES = """
DROP FUNCTION studies_number_decision();
DROP FUNCTION studies_scope_seat();
DROP FUNCTION studies_scope_person();
DROP FUNCTION studies_scope_effect();
DROP FUNCTION studies_scope_place();
DROP FUNCTION studies_scope_circle();
DROP FUNCTION studies_scope_study();
"""

# What standing needs. A place is nobody's material who works there, ever worked there, or sits in its group.
STANDING = f"""
CREATE FUNCTION studies_materials() RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT place.id FROM studies_participation seat JOIN studies_studyplace place ON place.study_id = seat.study_id
  WHERE seat.account_id = nuserus_user() AND seat.state = 'accepted' AND seat.part IN ({_READERS})
    AND NOT EXISTS (SELECT FROM directory_membership member
      WHERE member.account_id = seat.account_id AND member.institution_id = place.institution_id)
    AND NOT EXISTS (SELECT FROM studies_participation other JOIN studies_studygroup circle ON circle.id = other.group_id
      WHERE other.account_id = seat.account_id AND circle.place_id = place.id)
$$;
"""  # noqa: S608 (names of our own)
NO_STANDING = "DROP FUNCTION studies_materials();"


def seat_guard(app: str) -> str:
    """SQL of the trigger that lets nobody into a study by a plain write; `app` is the application role."""
    return f"""
CREATE FUNCTION studies_guard_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = '{app}' AND NEW.state = 'accepted' AND (TG_OP = 'INSERT' OR OLD.state <> 'accepted'
    OR OLD.account_id IS DISTINCT FROM NEW.account_id) THEN
    RAISE EXCEPTION 'one says yes oneself' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER studies_guard_seat BEFORE INSERT OR UPDATE ON studies_participation
FOR EACH ROW EXECUTE FUNCTION studies_guard_seat();

CREATE FUNCTION studies_guard_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = '{app}' AND NEW.state = 'accepted' AND (TG_OP = 'INSERT' OR OLD.state <> 'accepted') THEN
    RAISE EXCEPTION 'a place answers for itself' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER studies_guard_place BEFORE INSERT OR UPDATE ON studies_studyplace
FOR EACH ROW EXECUTE FUNCTION studies_guard_place();
"""


NO_SEAT_GUARD = """
DROP TRIGGER studies_guard_place ON studies_studyplace;
DROP FUNCTION studies_guard_place();
DROP TRIGGER studies_guard_seat ON studies_participation;
DROP FUNCTION studies_guard_seat();
"""

# The doors: a study is opened by somebody who may lead one; a seat and a place answer for themselves.
DOORS = f"""
CREATE FUNCTION studies_open(study uuid, team uuid, committee uuid, seat uuid, called text) RETURNS void
LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF nuserus_user() IS NULL OR NOT nuserus_has_role('study_lead') THEN
    RAISE EXCEPTION 'who leads studies opens one' USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO studies_study (id, scope_level, scope_group, scope_mission, title, purpose, question, status,
    qualification, justification, opinion_body, opinion_reference, is_fictitious, opened_at)
  VALUES (study, 'group', study, study, called, '', '', 'preparing', 'unsettled', '', '', '', false, now());
  INSERT INTO studies_studygroup (id, study_id, kind, scope_level) VALUES
    (team, study, 'team', 'group'), (committee, study, 'committee', 'group');
  INSERT INTO studies_participation (id, study_id, group_id, account_id, part, trade, state, code_hash, invited_at,
    answered_at, scope_level)
  VALUES (seat, study, team, nuserus_user(), 'study_lead', '', 'accepted', '', now(), now(), 'group');
END $$;

CREATE FUNCTION studies_invitations(link text) RETURNS TABLE (seat uuid, study uuid, title text, purpose text,
  is_fictitious boolean, part text, trade text, kind text, place text, invited_at timestamptz, mine boolean)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT seat.id, study.id, study.title, study.purpose, study.is_fictitious, seat.part, seat.trade, circle.kind,
    coalesce(institution.name, ''), seat.invited_at, seat.account_id IS NOT NULL
  FROM studies_participation seat JOIN studies_study study ON study.id = seat.study_id
  JOIN studies_studygroup circle ON circle.id = seat.group_id
  LEFT JOIN studies_studyplace place ON place.id = circle.place_id
  LEFT JOIN directory_institution institution ON institution.id = place.institution_id
  WHERE nuserus_user() IS NOT NULL AND ((seat.account_id = nuserus_user() AND seat.state = 'invited' AND link = '')
    OR (link <> '' AND seat.code_hash = link AND seat.state = 'open'))
  ORDER BY seat.invited_at
$$;

CREATE FUNCTION studies_answer(which uuid, yes boolean) RETURNS uuid LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  of_study uuid;
BEGIN
  UPDATE studies_participation SET state = CASE WHEN yes THEN 'accepted' ELSE 'declined' END, answered_at = now()
  WHERE id = which AND account_id = nuserus_user() AND state = 'invited' RETURNING study_id INTO of_study;
  RETURN of_study;
END $$;

CREATE FUNCTION studies_take(link text) RETURNS uuid LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  of_study uuid;
BEGIN
  UPDATE studies_participation SET state = 'accepted', account_id = nuserus_user(), answered_at = now(), code_hash = ''
  WHERE link <> '' AND code_hash = link AND state = 'open' AND nuserus_user() IS NOT NULL
  RETURNING study_id INTO of_study;
  RETURN of_study;
END $$;

CREATE FUNCTION studies_leave(which uuid) RETURNS boolean LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  seat studies_participation;
BEGIN
  SELECT * INTO seat FROM studies_participation
  WHERE id = which AND account_id = nuserus_user() AND state = 'accepted';
  PERFORM FROM studies_study WHERE id = seat.study_id FOR UPDATE;
  IF seat.id IS NULL OR (seat.part = 'study_lead' AND NOT EXISTS (
    SELECT FROM studies_participation WHERE study_id = seat.study_id AND part = 'study_lead' AND state = 'accepted'
      AND id <> which)) THEN
    RETURN false;
  END IF;
  UPDATE studies_participation SET state = 'left' WHERE id = which;
  RETURN true;
END $$;

CREATE FUNCTION studies_place_invitations() RETURNS TABLE (place uuid, study uuid, title text, purpose text,
  is_fictitious boolean, institution text, is_partner boolean, is_observed boolean)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT place.id, study.id, study.title, study.purpose, study.is_fictitious, institution.name, place.is_partner,
    place.is_observed
  FROM studies_studyplace place JOIN studies_study study ON study.id = place.study_id
  JOIN directory_institution institution ON institution.id = place.institution_id
  WHERE place.state = 'invited' AND place.institution_id = ANY (nuserus_ids('managed'))
  ORDER BY place.invited_at
$$;

CREATE FUNCTION studies_place_answer(which uuid, yes boolean) RETURNS uuid LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  of_study uuid;
BEGIN
  UPDATE studies_studyplace SET state = CASE WHEN yes THEN 'accepted' ELSE 'declined' END, answered_at = now(),
    answered_by = nuserus_user()
  WHERE id = which AND institution_id = ANY (nuserus_ids('managed')) AND state = 'invited'
  RETURNING study_id INTO of_study;
  RETURN of_study;
END $$;

CREATE FUNCTION studies_leads(which uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT account_id FROM studies_participation
  WHERE study_id = which AND part = 'study_lead' AND state = 'accepted' AND nuserus_user() IS NOT NULL
$$;

CREATE FUNCTION studies_feed(secret text) RETURNS uuid LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT feed.account_id FROM studies_calendarfeed feed JOIN people_account account ON account.id = feed.account_id
  WHERE feed.secret_hash = secret AND account.is_active
$$;
"""  # noqa: S608 (names of our own)
NO_DOORS = """
DROP FUNCTION studies_feed(text);
DROP FUNCTION studies_leads(uuid);
DROP FUNCTION studies_place_answer(uuid, boolean);
DROP FUNCTION studies_place_invitations();
DROP FUNCTION studies_leave(uuid);
DROP FUNCTION studies_take(text);
DROP FUNCTION studies_answer(uuid, boolean);
DROP FUNCTION studies_invitations(text);
DROP FUNCTION studies_open(uuid, uuid, uuid, uuid, text);
"""

# Counts of what one may not read line by line: circles by trade for who takes part, hours of training for
# who takes part, answers to self-evaluations for who conducts the study, from five people on.
COUNTS = f"""
CREATE FUNCTION studies_headcount(which uuid) RETURNS TABLE (circle uuid, seated integer, seats integer, trades text[])
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT circle.id, count(seat.id) FILTER (WHERE seat.state = 'accepted')::integer,
    count(seat.id) FILTER (WHERE seat.state IN ('open', 'invited', 'accepted'))::integer,
    coalesce(array_agg(DISTINCT seat.trade) FILTER (WHERE seat.trade <> ''
      AND seat.state IN ('open', 'invited', 'accepted')), '{{}}')
  FROM studies_studygroup circle LEFT JOIN studies_participation seat ON seat.group_id = circle.id
  WHERE circle.study_id = which AND which = ANY (nuserus_ids('groups') || nuserus_ids('missions'))
  GROUP BY circle.id
$$;

CREATE FUNCTION studies_trained(which uuid) RETURNS TABLE (people integer, minutes integer)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT count(DISTINCT attendance.seat_id)::integer, coalesce(sum(CASE attendance.half WHEN 'morning'
    THEN session.morning ELSE session.afternoon END), 0)::integer
  FROM studies_attendance attendance JOIN studies_trainingsession session ON session.id = attendance.session_id
  WHERE session.study_id = which AND which = ANY (nuserus_ids('groups') || nuserus_ids('missions'))
$$;

CREATE FUNCTION studies_self_counts(which uuid, fewest integer)
RETURNS TABLE (timing text, item text, people integer, total integer) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT evaluation.timing, said.key, count(*)::integer, sum(said.value::integer)::integer
  FROM studies_selfevaluation evaluation, jsonb_each_text(evaluation.answers) said
  WHERE evaluation.study_id = which AND which = ANY (nuserus_ids('missions'))
  GROUP BY evaluation.timing, said.key HAVING count(*) >= greatest(fewest, 5)
$$;
"""  # noqa: S608 (names of our own)
NO_COUNTS = """
DROP FUNCTION studies_self_counts(uuid, integer);
DROP FUNCTION studies_trained(uuid);
DROP FUNCTION studies_headcount(uuid);
"""

# The missions of studies and of their places are told by seats alone: nobody opens them as one opens a mission
# that nobody holds. The row names the mission itself, which is no account.
CLOSED_MISSIONS = f"""
CREATE FUNCTION studies_close_mission() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (gen_random_uuid(), NEW.id, NEW.id, NULL, now()) ON CONFLICT (mission_id, holder_id) DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER studies_close_mission AFTER INSERT ON studies_study
FOR EACH ROW EXECUTE FUNCTION studies_close_mission();
CREATE TRIGGER studies_close_mission AFTER INSERT ON studies_studyplace
FOR EACH ROW EXECUTE FUNCTION studies_close_mission();
INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
SELECT gen_random_uuid(), known.id, known.id, NULL, now()
FROM (SELECT id FROM studies_study UNION SELECT id FROM studies_studyplace) AS known
ON CONFLICT (mission_id, holder_id) DO NOTHING;
"""  # noqa: S608 (names of our own)
NO_CLOSED_MISSIONS = """
DROP TRIGGER studies_close_mission ON studies_studyplace;
DROP TRIGGER studies_close_mission ON studies_study;
DROP FUNCTION studies_close_mission();
"""

# A place of a study follows its institution when two of them turn out to be one: that is done by the system.
PLACE_FOLLOWS = f"""
CREATE OR REPLACE FUNCTION studies_scope_place() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  NEW.scope_level := 'group'; NEW.scope_institution := NEW.institution_id; NEW.scope_author := NULL;
  NEW.scope_group := NEW.study_id; NEW.scope_mission := NEW.study_id;
  IF TG_OP = 'UPDATE' AND (OLD.study_id <> NEW.study_id
    OR (nuserus_asked() AND OLD.institution_id <> NEW.institution_id)) THEN
    RAISE EXCEPTION 'place % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
"""

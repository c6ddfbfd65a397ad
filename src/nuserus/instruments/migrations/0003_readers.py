"""Who decides of a fiche, and until when somebody is named to read."""

from django.db import migrations

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# Who sent a fiche may write its row, and never says that it counts: that is for the people named to read it. What a
# rule of the site holds (a reason that no reader may set aside) is given back by the system alone.
DECIDE = f"""
CREATE FUNCTION instruments_guard_decision() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF (NEW.status, NEW.reason, NEW.reason_words) IS NOT DISTINCT FROM (OLD.status, OLD.reason, OLD.reason_words)
      OR NOT nuserus_asked() THEN
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT FROM foundation_missionholder named
      WHERE named.mission_id = OLD.instrument_id AND named.holder_id = nuserus_user()) THEN
    RAISE EXCEPTION 'only those named to read fiche % decide of it', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF OLD.reason NOT IN ('', 'invalid', 'conflict') THEN
    RAISE EXCEPTION 'fiche % is held by a rule of the site', OLD.id USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER instruments_guard_decision BEFORE UPDATE ON instruments_submission
FOR EACH ROW EXECUTE FUNCTION instruments_guard_decision();
"""
ANYBODY_DECIDES = """
DROP TRIGGER instruments_guard_decision ON instruments_submission;
DROP FUNCTION instruments_guard_decision();
"""

# Who leaves the place, or no longer conducts the study, is no longer named. The instrument's own id stays on its
# mission, so that a mission nobody holds any more is not opened by whoever comes; those who lead it name somebody.
LEAVE = f"""
CREATE FUNCTION instruments_unname(person uuid, place uuid, of_study uuid) RETURNS void LANGUAGE sql {_DEFINER} AS $$
  WITH ended AS (
    DELETE FROM foundation_missionholder named USING instruments_instrument grid
    WHERE named.mission_id = grid.id AND named.holder_id = person
      AND (grid.institution_id = place OR grid.study_id = of_study) RETURNING grid.id)
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  SELECT gen_random_uuid(), ended.id, ended.id, NULL, now() FROM ended ON CONFLICT (mission_id, holder_id) DO NOTHING;
$$;
REVOKE ALL ON FUNCTION instruments_unname(uuid, uuid, uuid) FROM PUBLIC;
CREATE FUNCTION instruments_member_leaves() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM directory_membership other WHERE other.account_id = OLD.account_id
      AND other.institution_id = OLD.institution_id AND other.status = 'confirmed') THEN
    PERFORM instruments_unname(OLD.account_id, OLD.institution_id, NULL);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER instruments_member_leaves AFTER UPDATE OF status ON directory_membership
FOR EACH ROW WHEN (OLD.status = 'confirmed' AND NEW.status <> 'confirmed')
EXECUTE FUNCTION instruments_member_leaves();
CREATE FUNCTION instruments_seat_is_left() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM studies_participation seat WHERE seat.account_id = OLD.account_id
      AND seat.study_id = OLD.study_id AND seat.state = 'accepted'
      AND seat.part IN ('study_lead', 'study_researcher', 'study_facilitator')) THEN
    PERFORM instruments_unname(OLD.account_id, NULL, OLD.study_id);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER instruments_seat_is_left AFTER UPDATE OF state, part, account_id ON studies_participation
FOR EACH ROW WHEN (OLD.state = 'accepted') EXECUTE FUNCTION instruments_seat_is_left();
"""
STAY = """
DROP TRIGGER instruments_seat_is_left ON studies_participation;
DROP FUNCTION instruments_seat_is_left();
DROP TRIGGER instruments_member_leaves ON directory_membership;
DROP FUNCTION instruments_member_leaves();
DROP FUNCTION instruments_unname(uuid, uuid, uuid);
"""

# Those who lead an instrument that nobody is named to read any more name somebody again.
NAME_AGAIN = f"""
CREATE FUNCTION instruments_nobody_reads(wanted uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM instruments_instrument grid WHERE grid.id = wanted AND (
      grid.institution_id = ANY (nuserus_ids('managed'))
      OR grid.study_id = ANY (nuserus_ids('groups')) AND grid.study_id = ANY (nuserus_ids('missions'))))
    AND NOT EXISTS (SELECT FROM foundation_missionholder named
      WHERE named.mission_id = wanted AND named.holder_id <> wanted);
$$;
CREATE FUNCTION instruments_name_again(wanted uuid, reader uuid, new_row uuid) RETURNS boolean
LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  PERFORM 1 FROM instruments_instrument WHERE id = wanted FOR UPDATE;
  IF nuserus_user() IS NULL OR NOT instruments_nobody_reads(wanted) THEN
    RETURN false;
  END IF;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, wanted, reader, nuserus_user(), now());
  RETURN true;
END $$;
"""
NEVER_AGAIN = """
DROP FUNCTION instruments_name_again(uuid, uuid, uuid);
DROP FUNCTION instruments_nobody_reads(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0002_devices_of_open_accounts"),
        ("directory", "0010_town_points"),
        ("studies", "0005_words_of_qualification"),
        ("foundation", "0001_floor"),
    ]

    operations = [
        migrations.RunSQL(DECIDE, ANYBODY_DECIDES),
        migrations.RunSQL(LEAVE, STAY),
        migrations.RunSQL(NAME_AGAIN, NEVER_AGAIN),
    ]

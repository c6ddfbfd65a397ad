"""SQL of the functions that the floor stands on, run by the first migration.

All are owned by the owner role. Those marked SECURITY DEFINER do one narrow thing that the
application role may not do by itself, and fix their search path.
"""

from __future__ import annotations

# `set_config(…, is_local => true)` leaves '' behind at the end of the transaction, and ''::uuid
# raises: hence nullif everywhere. plpgsql, because the planner copies the body of an SQL function into
# the statement and would read it again at each planning, once per term, policy and table.
ASKING_FUNCTIONS = """
CREATE FUNCTION nuserus_asked() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN coalesce(current_setting('nuserus.asked', true) = 'yes', false); END $$;
CREATE FUNCTION nuserus_user() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN CASE WHEN current_setting('nuserus.asked', true) = 'yes'
  THEN nullif(current_setting('nuserus.user', true), '')::uuid END; END $$;
CREATE FUNCTION nuserus_ids(kind text) RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN CASE WHEN current_setting('nuserus.asked', true) = 'yes'
  THEN coalesce(nullif(current_setting('nuserus.' || kind, true), '')::uuid[], '{}'::uuid[])
  ELSE '{}'::uuid[] END; END $$;
CREATE FUNCTION nuserus_verified() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN coalesce(current_setting('nuserus.verified', true) = 'yes', false); END $$;
CREATE FUNCTION nuserus_levels() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN CASE WHEN current_setting('nuserus.asked', true) IS DISTINCT FROM 'yes' THEN '{}'::text[]
  WHEN nuserus_verified() THEN '{public,network}'::text[] ELSE '{public}'::text[] END; END $$;
CREATE FUNCTION nuserus_places() RETURNS uuid[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN nuserus_ids('institutions') || nuserus_ids('groups'); END $$;
CREATE FUNCTION nuserus_has_role(role text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$ BEGIN RETURN role = ANY (coalesce(nullif(current_setting('nuserus.roles', true), '')::text[], '{}'::text[])); END $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION nuserus_has_role(text);
DROP FUNCTION nuserus_places();
DROP FUNCTION nuserus_levels();
DROP FUNCTION nuserus_verified();
DROP FUNCTION nuserus_ids(text);
DROP FUNCTION nuserus_user();
DROP FUNCTION nuserus_asked();
"""

# A person opens a mission nobody holds yet, or names others on one they hold; nothing else.
MISSION_FUNCTIONS = """
CREATE FUNCTION nuserus_remember_mission(mission uuid) RETURNS void LANGUAGE sql AS
$$ SELECT set_config('nuserus.missions', (nuserus_ids('missions') || mission)::text, true) $$;

CREATE FUNCTION nuserus_open_mission(mission uuid, new_row uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL OR EXISTS (
    SELECT 1 FROM foundation_missionholder WHERE mission_id = mission) THEN
    RAISE EXCEPTION 'mission % cannot be opened', mission USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, mission, nuserus_user(), nuserus_user(), now());
  PERFORM nuserus_remember_mission(mission);
END $$;

CREATE FUNCTION nuserus_grant_mission(mission uuid, holder uuid, new_row uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL OR NOT EXISTS (
    SELECT 1 FROM foundation_missionholder
    WHERE mission_id = mission AND holder_id = nuserus_user()) THEN
    RAISE EXCEPTION 'mission % is not yours', mission USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, mission, holder, nuserus_user(), now())
  ON CONFLICT (mission_id, holder_id) DO NOTHING;
END $$;

CREATE FUNCTION nuserus_revoke_mission(mission uuid, holder uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL OR NOT EXISTS (
    SELECT 1 FROM foundation_missionholder
    WHERE mission_id = mission AND holder_id = nuserus_user()) THEN
    RAISE EXCEPTION 'mission % is not yours', mission USING ERRCODE = 'insufficient_privilege';
  END IF;
  DELETE FROM foundation_missionholder WHERE mission_id = mission AND holder_id = holder;
END $$;
"""

# The transaction number is taken inside the transaction that is recorded, so that the sealing job
# can tell which events no running transaction can still precede.
AUDIT_FUNCTIONS = """
CREATE FUNCTION nuserus_record(
  event uuid, actor uuid, what text, object uuid, new_salt bytea, new_commitment bytea)
RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO foundation_auditevent
    (id, at, transaction_id, actor_id, action, object_id, salt, commitment)
  VALUES (event, clock_timestamp(), pg_current_xact_id()::text::bigint, actor, what, object,
          new_salt, new_commitment)
$$;
"""

# Same columns as django.core.cache's own createcachetable.
THROTTLE_TABLE = """
CREATE TABLE foundation_throttle (
  cache_key varchar(255) NOT NULL PRIMARY KEY,
  value text NOT NULL,
  expires timestamp with time zone NOT NULL);
CREATE INDEX foundation_throttle_expires ON foundation_throttle (expires);
"""

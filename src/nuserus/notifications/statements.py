"""SQL of the functions of notices, owned by the owner role and run as it.

Whoever acts may write a notice to somebody else and never read it back: so it goes through a function.
Workers ask which mails are due without being anybody: they learn ids, never a word.
"""

from __future__ import annotations

from nuserus.notifications.enums import EVERYTHING

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

FUNCTIONS = f"""
CREATE FUNCTION nuserus_notify(
  new_notice uuid, new_sending uuid, recipient uuid, new_kind text, new_about uuid, new_address text,
  new_details jsonb, frequency_at_first text)
RETURNS boolean LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  wanted text;
BEGIN
  INSERT INTO notifications_notice
    (id, scope_level, scope_author, kind, about, address, details, happened_at)
  VALUES (new_notice, 'restricted', recipient, new_kind, new_about, new_address, new_details, now());
  SELECT frequency INTO wanted FROM notifications_preference
  WHERE scope_author = recipient AND kind IN ('{EVERYTHING}', new_kind)
  ORDER BY kind = '{EVERYTHING}' DESC LIMIT 1;
  IF coalesce(wanted, frequency_at_first) <> 'immediate' THEN
    RETURN false;
  END IF;
  INSERT INTO notifications_sending
    (id, scope_level, scope_author, notice_id, week, state, attempts, next_try_at, answer, said, created_at)
  VALUES (new_sending, 'restricted', recipient, new_notice, '', 'waiting', 0, now(), '', '', now());
  RETURN true;
END $$;

CREATE FUNCTION nuserus_sendings_due(at_most integer, claimed_before timestamptz)
RETURNS TABLE (id uuid, recipient uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT due.id, due.scope_author FROM notifications_sending AS due
  WHERE (due.state = 'waiting' AND due.next_try_at <= now())
     OR (due.state IN ('claimed', 'leaving') AND due.claimed_at < claimed_before)
  ORDER BY due.next_try_at LIMIT at_most
$$;

CREATE FUNCTION nuserus_prepare_digests(new_week text, new_sendings uuid[], recipients uuid[])
RETURNS bigint LANGUAGE sql {_DEFINER} AS $$
  WITH made AS (
    INSERT INTO notifications_sending
      (id, scope_level, scope_author, notice_id, week, state, attempts, next_try_at, answer, said, created_at)
    SELECT pair.id, 'restricted', pair.recipient, NULL, new_week, 'waiting', 0, now(), '', '', now()
    FROM unnest(new_sendings, recipients) AS pair(id, recipient)
    ON CONFLICT DO NOTHING RETURNING 1)
  SELECT count(*) FROM made
$$;

CREATE FUNCTION nuserus_forget_notices(before timestamptz)
RETURNS void LANGUAGE sql {_DEFINER} AS $$
  UPDATE notifications_notice SET carried_by_id = NULL WHERE carried_by_id IN (
    SELECT old.id FROM notifications_sending AS old WHERE old.created_at < before AND old.notice_id IS NULL);
  DELETE FROM notifications_sending AS old WHERE old.created_at < before
    OR old.notice_id IN (SELECT told.id FROM notifications_notice AS told WHERE told.happened_at < before);
  DELETE FROM notifications_notice AS old WHERE old.happened_at < before;
$$;

CREATE FUNCTION nuserus_sendings_counted()
RETURNS TABLE (state text, number bigint, oldest timestamptz) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT counted.state, count(*), min(counted.created_at) FROM notifications_sending AS counted
  GROUP BY counted.state
$$;

CREATE FUNCTION nuserus_sendings_in_doubt(at_most integer)
RETURNS TABLE (id uuid, state text, left_at timestamptz, ended_at timestamptz, attempts integer, answer text)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT doubt.id, doubt.state, doubt.left_at, doubt.ended_at, doubt.attempts::integer, doubt.answer
  FROM notifications_sending AS doubt
  WHERE doubt.state IN ('unknown', 'refused') AND nuserus_has_role('site_admin')
  ORDER BY doubt.ended_at DESC LIMIT at_most
$$;
"""  # noqa: S608 - our own constants

DROP_FUNCTIONS = """
DROP FUNCTION nuserus_forget_notices(timestamptz);
DROP FUNCTION nuserus_prepare_digests(text, uuid[], uuid[]);
DROP FUNCTION nuserus_sendings_in_doubt(integer);
DROP FUNCTION nuserus_sendings_counted();
DROP FUNCTION nuserus_sendings_due(integer, timestamptz);
DROP FUNCTION nuserus_notify(uuid, uuid, uuid, text, uuid, text, jsonb, text);
"""

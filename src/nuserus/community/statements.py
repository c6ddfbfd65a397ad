"""SQL of what hides, shows and counts: functions of the owner, each of which does one narrow thing."""

from __future__ import annotations

from nuserus.foundation.floor.predicates import read_predicate

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
_MODERATOR = "(SELECT nuserus_asked()) AND (SELECT nuserus_has_role('moderator'))"
_ASKER = "(SELECT nuserus_user())"

# Reports and steps are read by the moderators too; both are only added to.
READ_BY_MODERATORS = f"({read_predicate()}) OR ({_MODERATOR})"
# A moderator writes about the words of others, an author answers about their own.
WRITE_STEP = (
    f"(SELECT nuserus_asked()) AND actor_id = {_ASKER} AND ("
    f"(step = 'answered' AND scope_author = {_ASKER})"
    f" OR (step <> 'answered' AND scope_author <> {_ASKER} AND (SELECT nuserus_has_role('moderator'))))"
)
# The referent of a place does not write the lists that its members compose.
WRITE_OWN = f"(SELECT nuserus_asked()) AND scope_author = {_ASKER}"
WRITE_CAMPAIGN = (
    "(SELECT nuserus_asked()) AND ((SELECT nuserus_has_role('moderator')) OR (SELECT nuserus_has_role('site_admin')))"
)


def levels() -> str:
    """SQL of the triggers that give answers the level of their question, and « ça m’aide » that of its answer."""
    return f"""
CREATE FUNCTION community_answer_level() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  SELECT CASE WHEN NEW.hidden_at IS NULL THEN scope_level ELSE 'restricted' END INTO NEW.scope_level
  FROM community_question WHERE id = NEW.question_id;
  RETURN NEW;
END $$;
CREATE TRIGGER community_answer_level BEFORE INSERT OR UPDATE ON community_answer
FOR EACH ROW EXECUTE FUNCTION community_answer_level();

CREATE FUNCTION community_helped_level() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  asker uuid;
BEGIN
  SELECT a.scope_level, q.author_id INTO NEW.scope_level, asker
  FROM community_answer a JOIN community_question q ON q.id = a.question_id WHERE a.id = NEW.answer_id;
  IF asker IS DISTINCT FROM NEW.author_id THEN
    RAISE EXCEPTION 'only who asked says that an answer helped' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER community_helped_level BEFORE INSERT OR UPDATE ON community_helped
FOR EACH ROW EXECUTE FUNCTION community_helped_level();

CREATE FUNCTION community_question_follow() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE community_answer SET scope_level = NEW.scope_level WHERE question_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER community_question_follow AFTER UPDATE ON community_question
FOR EACH ROW WHEN (OLD.scope_level IS DISTINCT FROM NEW.scope_level) EXECUTE FUNCTION community_question_follow();

CREATE FUNCTION community_answer_follow() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE community_helped SET scope_level = NEW.scope_level WHERE answer_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER community_answer_follow AFTER UPDATE ON community_answer
FOR EACH ROW WHEN (OLD.scope_level IS DISTINCT FROM NEW.scope_level) EXECUTE FUNCTION community_answer_follow();

CREATE FUNCTION community_was_answered(question uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM community_answer a JOIN community_question q ON q.id = a.question_id
    WHERE q.id = question AND q.author_id = nuserus_user())
$$;
"""  # noqa: S608 (nothing of anybody's is in this text)


DROP_LEVELS = """
DROP FUNCTION community_was_answered(uuid);
DROP FUNCTION community_answer_follow() CASCADE;
DROP FUNCTION community_question_follow() CASCADE;
DROP FUNCTION community_helped_level() CASCADE;
DROP FUNCTION community_answer_level() CASCADE;
"""


def guards(*, app: str) -> str:
    """SQL of the triggers by which what is hidden stays so, whatever its author writes. `app`: a role."""
    hidden_at = "\n".join(
        f"CREATE TRIGGER community_guard_hidden BEFORE UPDATE ON {table} FOR EACH ROW "
        "WHEN (OLD.hidden_at IS DISTINCT FROM NEW.hidden_at) EXECUTE FUNCTION community_guard_hidden();"
        for table in ("community_question", "community_answer", "community_comment")
    )
    return f"""
CREATE FUNCTION community_guard_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = '{app}' THEN
    RAISE EXCEPTION 'only a moderator hides and shows' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
{hidden_at}
CREATE TRIGGER community_guard_hidden BEFORE UPDATE ON practices_sheet FOR EACH ROW
WHEN ((OLD.status = 'hidden' AND NEW.status NOT IN ('hidden', 'withdrawn'))
  OR (OLD.status <> 'hidden' AND NEW.status = 'hidden'))
EXECUTE FUNCTION community_guard_hidden();

CREATE FUNCTION community_keep_trial_hidden() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = '{app}' THEN
    NEW.scope_level := 'restricted';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER community_keep_trial_hidden BEFORE UPDATE ON practices_trial FOR EACH ROW
WHEN (OLD.scope_level = 'restricted' AND NEW.scope_level <> 'restricted')
EXECUTE FUNCTION community_keep_trial_hidden();
"""


DROP_GUARDS = """
DROP FUNCTION community_keep_trial_hidden() CASCADE;
DROP FUNCTION community_guard_hidden() CASCADE;
"""

# Nobody publishes alone, as before; a sheet that was hidden comes back by a moderator who did not write it.
GUARD_PUBLICATION = """
CREATE OR REPLACE FUNCTION practices_guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT nuserus_asked() OR (TG_OP = 'UPDATE' AND OLD.status = 'published') THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.status = 'hidden' AND nuserus_has_role('moderator')
    AND NEW.author_id <> nuserus_user() THEN
    RETURN NEW;
  END IF;
  IF NEW.author_id <> nuserus_user() AND nuserus_has_role('reviewer') AND EXISTS (
    SELECT FROM practices_review
    WHERE sheet_id = NEW.id AND reviewer_id = nuserus_user() AND decided_at IS NULL) THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND OLD.status = 'in_review' AND NEW.author_id = nuserus_user() AND (
    SELECT count(*) FROM practices_sheet
    WHERE author_id = nuserus_user() AND status = 'published') >= 2 THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'sheet % has not been read by a peer', NEW.id USING ERRCODE = 'insufficient_privilege';
END $$;
"""

# Who answered may take it back although the mark on it is somebody else's.
HELPED_GOES_WITH_ITS_ANSWER = """
ALTER TABLE community_helped ADD CONSTRAINT community_helped_goes FOREIGN KEY (answer_id)
REFERENCES community_answer (id) ON DELETE CASCADE;
"""
HELPED_STAYS = "ALTER TABLE community_helped DROP CONSTRAINT community_helped_goes;"

# Hides or shows one thing that was reported, takes it out of the index in the same breath, and answers
# who wrote it; NULL, and nothing done, for who may not: no moderator, their own words, nothing reported.
MODERATE = f"""
CREATE FUNCTION community_moderate(what text, object uuid, hide boolean) RETURNS uuid
LANGUAGE plpgsql {_DEFINER} AS $$
DECLARE
  me uuid := nuserus_user();
  writer uuid;
  entry search_entry;
BEGIN
  IF me IS NULL OR NOT nuserus_asked() OR NOT nuserus_has_role('moderator') OR NOT EXISTS (
    SELECT FROM community_report WHERE content = what AND object_id = object) THEN
    RETURN NULL;
  END IF;
  IF what = 'question' THEN
    UPDATE community_question SET hidden_at = CASE WHEN hide THEN now() END,
      scope_level = CASE WHEN hide THEN 'restricted' ELSE asked_level END
    WHERE id = object AND author_id <> me AND (hidden_at IS NULL) = hide RETURNING author_id INTO writer;
  ELSIF what = 'answer' THEN
    UPDATE community_answer SET hidden_at = CASE WHEN hide THEN now() END
    WHERE id = object AND author_id <> me AND (hidden_at IS NULL) = hide RETURNING author_id INTO writer;
  ELSIF what = 'comment' THEN
    UPDATE community_comment SET hidden_at = CASE WHEN hide THEN now() END,
      scope_level = CASE WHEN hide THEN 'restricted' ELSE 'public' END
    WHERE id = object AND author_id <> me AND removed_at IS NULL AND (hidden_at IS NULL) = hide
    RETURNING author_id INTO writer;
  ELSIF what = 'trial' THEN
    UPDATE practices_trial SET scope_level = CASE WHEN hide THEN 'restricted' ELSE 'public' END
    WHERE id = object AND author_id <> me AND (scope_level <> 'restricted') = hide RETURNING author_id INTO writer;
  ELSIF what = 'sheet' THEN
    UPDATE practices_sheet SET status = CASE WHEN hide THEN 'hidden' ELSE 'published' END,
      scope_level = CASE WHEN hide THEN 'restricted' ELSE 'public' END
    WHERE id = object AND author_id <> me AND status = CASE WHEN hide THEN 'published' ELSE 'hidden' END
    RETURNING author_id INTO writer;
  END IF;
  IF hide AND writer IS NOT NULL THEN
    DELETE FROM search_entry WHERE kind = what AND object_id = object RETURNING * INTO entry;
    IF FOUND THEN
      PERFORM nuserus_count_words(entry.words, entry.scope_level, '{{}}', '{{}}', '{{}}', '');
    END IF;
  END IF;
  RETURN writer;
END $$;

CREATE FUNCTION community_reported()
RETURNS TABLE (content text, object_id uuid, author_id uuid, hidden boolean, title text, body text, about uuid)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT found.* FROM (
    SELECT 'question' AS content, q.id, q.author_id, q.hidden_at IS NOT NULL, q.title::text, q.detail, q.id
    FROM community_question q
    UNION ALL
    SELECT 'answer', a.id, a.author_id, a.hidden_at IS NOT NULL, q.title, a.text, q.id
    FROM community_answer a JOIN community_question q ON q.id = a.question_id
    UNION ALL
    SELECT 'comment', c.id, c.author_id, c.hidden_at IS NOT NULL, s.title, c.text, s.id
    FROM community_comment c JOIN practices_sheet s ON s.id = c.sheet_id
    UNION ALL
    SELECT 'trial', t.id, t.author_id, t.scope_level = 'restricted', s.title, t.comment, s.id
    FROM practices_trial t JOIN practices_sheet s ON s.id = t.sheet_id
    UNION ALL
    SELECT 'sheet', s.id, s.author_id, s.status = 'hidden', s.title, concat_ws(E'\\n\\n',
      nullif(s.simple_version, ''), nullif(s.problem, ''), nullif(s.intention, ''),
      (SELECT string_agg(k.text, E'\\n\\n' ORDER BY k.position) FROM practices_card k WHERE k.sheet_id = s.id),
      nullif(s.happened, ''), nullif(s.watch_for, ''), nullif(s.limits, '')), s.id
    FROM practices_sheet s WHERE s.status IN ('published', 'hidden')
  ) AS found(content, object_id, author_id, hidden, title, body, about)
  WHERE nuserus_asked() AND nuserus_has_role('moderator')
    AND EXISTS (SELECT FROM community_report r WHERE r.content = found.content AND r.object_id = found.object_id)
$$;

CREATE FUNCTION community_decisions(reports uuid[]) RETURNS TABLE (report uuid, step text)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT r.id, (SELECT s.step::text FROM community_moderationstep s
    WHERE s.content = r.content AND s.object_id = r.object_id AND s.step <> 'answered' AND s.at > r.made_at
    ORDER BY s.at DESC, s.id DESC LIMIT 1)
  FROM community_report r WHERE r.id = ANY (reports) AND r.reporter_id = nuserus_user()
$$;

CREATE FUNCTION community_moderators() RETURNS SETOF uuid
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT DISTINCT held.account_id FROM people_rolegrant held JOIN people_account account ON account.id = held.account_id
  WHERE nuserus_user() IS NOT NULL AND account.is_active
    AND held.role = 'moderator' AND held.scope_institution IS NULL
$$;
"""  # noqa: S608 (nothing of anybody's is in this text)

DROP_MODERATE = """
DROP FUNCTION community_moderators();
DROP FUNCTION community_decisions(uuid[]);
DROP FUNCTION community_reported();
DROP FUNCTION community_moderate(text, uuid, boolean);
"""

# Numbers only, the same for everybody: what is told at the level of the network counts without being read.
COUNTS = f"""
CREATE FUNCTION community_campaign_counts(campaigns uuid[])
RETURNS TABLE (campaign uuid, sheets bigint, trials bigint, answers bigint)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT c.id,
    (SELECT count(*) FROM practices_sheet s JOIN directory_institution i ON i.id = s.institution_id
     WHERE s.status = 'published'
       AND ((s.sent_at AT TIME ZONE 'Europe/Paris')::date BETWEEN c.starts_on AND c.ends_on
         OR (s.published_at AT TIME ZONE 'Europe/Paris')::date BETWEEN c.starts_on AND c.ends_on)
       AND (c.theme = '' OR c.theme = ANY (s.themes))
       AND (c.operator_id IS NULL OR i.operator_id = c.operator_id)
       AND (c.department_id IS NULL OR i.department_id = c.department_id)),
    (SELECT count(*) FROM practices_trial t JOIN practices_sheet s ON s.id = t.sheet_id
     JOIN directory_institution i ON i.id = t.institution_id
     WHERE t.scope_level <> 'restricted' AND s.status = 'published'
       AND (t.reported_at AT TIME ZONE 'Europe/Paris')::date BETWEEN c.starts_on AND c.ends_on
       AND (c.theme = '' OR c.theme = ANY (s.themes))
       AND (c.operator_id IS NULL OR i.operator_id = c.operator_id)
       AND (c.department_id IS NULL OR i.department_id = c.department_id)),
    (SELECT count(*) FROM community_answer a JOIN community_question q ON q.id = a.question_id
     WHERE a.scope_level <> 'restricted'
       AND (a.written_at AT TIME ZONE 'Europe/Paris')::date BETWEEN c.starts_on AND c.ends_on
       AND (c.theme = '' OR c.theme = ANY (q.themes))
       AND (c.operator_id IS NULL AND c.department_id IS NULL OR EXISTS (
         SELECT FROM directory_membership m JOIN directory_institution i ON i.id = m.institution_id
         WHERE m.account_id = a.author_id AND m.status = 'confirmed'
           AND (c.operator_id IS NULL OR i.operator_id = c.operator_id)
           AND (c.department_id IS NULL OR i.department_id = c.department_id))))
  FROM community_campaign c WHERE nuserus_asked() AND c.id = ANY (campaigns)
$$;
"""  # noqa: S608 (nothing of anybody's is in this text)
DROP_COUNTS = "DROP FUNCTION community_campaign_counts(uuid[]);"

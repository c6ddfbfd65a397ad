"""Finding a reviewer: what the author of a sheet, or a reviewer, may not look up by themselves."""

from django.db import migrations

# The peer with the fewest open reviews: the one who read it last time first, from elsewhere if
# possible, never somebody who wrote it. Asked by who holds the mission of the sheet, else nobody.
PICK = """
CREATE FUNCTION nuserus_pick_reviewer(for_sheet uuid, not_by uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account.id
  FROM people_account account
  JOIN practices_sheet sheet ON sheet.id = for_sheet
  WHERE account.is_active
    AND EXISTS (SELECT FROM people_rolegrant held WHERE held.account_id = account.id
                AND held.role = 'reviewer' AND held.scope_institution IS NULL)
    AND EXISTS (SELECT FROM foundation_missionholder mine
                WHERE mine.mission_id = for_sheet AND mine.holder_id = nuserus_user())
    AND account.id <> sheet.author_id
    AND account.id IS DISTINCT FROM not_by
    AND NOT EXISTS (SELECT FROM practices_contributor writer
                    WHERE writer.sheet_id = for_sheet AND writer.account_id = account.id
                    AND writer.contribution <> 'relecture')
  ORDER BY
    (SELECT max(before.decided_at) FROM practices_review before
     WHERE before.sheet_id = for_sheet AND before.reviewer_id = account.id) DESC NULLS LAST,
    EXISTS (SELECT FROM directory_membership place WHERE place.account_id = account.id
            AND place.status = 'confirmed' AND place.institution_id = sheet.institution_id),
    (SELECT count(*) FROM practices_review still
     WHERE still.reviewer_id = account.id AND still.decided_at IS NULL),
    account.id
  LIMIT 1
$$;

CREATE FUNCTION nuserus_is_reviewer() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM people_rolegrant WHERE account_id = nuserus_user()
                 AND role = 'reviewer' AND scope_institution IS NULL)
$$;

CREATE FUNCTION nuserus_unowned_reviews() RETURNS TABLE (id uuid, due_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT review.id, review.due_at
  FROM practices_review review JOIN practices_sheet sheet ON sheet.id = review.sheet_id
  WHERE nuserus_is_reviewer() AND review.reviewer_id IS NULL AND review.decided_at IS NULL
    AND sheet.author_id <> nuserus_user()
    AND NOT EXISTS (SELECT FROM practices_contributor writer
                    WHERE writer.sheet_id = sheet.id AND writer.account_id = nuserus_user()
                    AND writer.contribution <> 'relecture')
  ORDER BY review.due_at, review.id
$$;

CREATE FUNCTION nuserus_take_review(for_review uuid, new_row uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE taken uuid;
BEGIN
  SELECT review.sheet_id INTO taken FROM practices_review review
  WHERE review.id = for_review AND review.id IN (SELECT unowned.id FROM nuserus_unowned_reviews() unowned)
    AND review.reviewer_id IS NULL AND review.decided_at IS NULL
  FOR UPDATE;
  IF taken IS NULL THEN
    RETURN NULL;
  END IF;
  UPDATE practices_review SET reviewer_id = nuserus_user() WHERE id = for_review;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, taken, nuserus_user(), nuserus_user(), now())
  ON CONFLICT (mission_id, holder_id) DO NOTHING;
  PERFORM nuserus_remember_mission(taken);
  RETURN taken;
END $$;
"""

DROP = """
DROP FUNCTION nuserus_take_review(uuid, uuid);
DROP FUNCTION nuserus_unowned_reviews();
DROP FUNCTION nuserus_is_reviewer();
DROP FUNCTION nuserus_pick_reviewer(uuid, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("practices", "0001_sheets"),
        ("people", "0001_people"),
        ("directory", "0001_initial"),
    ]

    operations = [migrations.RunSQL(PICK, DROP)]

"""Nobody publishes alone: the database asks for a peer, or for the trust that two sheets give."""

from django.db import migrations

# Two sheets, as `TRUSTED_AFTER` says. The owner and the system role never say who asks: migrations,
# importers and the demonstration pass.
GUARD = """
CREATE FUNCTION practices_guard_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT nuserus_asked() OR (TG_OP = 'UPDATE' AND OLD.status = 'published') THEN
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
CREATE TRIGGER practices_guard_publication BEFORE INSERT OR UPDATE ON practices_sheet
FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION practices_guard_publication();
"""
UNGUARD = """
DROP TRIGGER practices_guard_publication ON practices_sheet;
DROP FUNCTION practices_guard_publication();
"""


class Migration(migrations.Migration):
    dependencies = [("practices", "0002_reviewers")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]

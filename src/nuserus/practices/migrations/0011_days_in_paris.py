"""A day is a day in Paris: for an hour or two after midnight there, the database still counted the day before."""

from django.db import migrations

TODAY = "(now() AT TIME ZONE 'Europe/Paris')::date"


def stale(today: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION practices_write_stale() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.is_stale := NEW.status = 'published'
    AND (NEW.stopped_at IS NOT NULL OR coalesce(NEW.review_date + 30 < {today}, false));
  RETURN NEW;
END $$;
"""


def tried(today: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION practices_trial_confirms() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE practices_sheet SET review_date = greatest(review_date, {today} + 365)
  WHERE id = NEW.sheet_id AND status = 'published' AND review_date IS DISTINCT FROM {today} + 365;
  RETURN NULL;
END $$;
"""  # noqa: S608 (names of our own)


class Migration(migrations.Migration):
    dependencies = [("practices", "0010_count_again_what_changed")]

    operations = [
        migrations.RunSQL(stale(TODAY), stale("current_date")),
        migrations.RunSQL(tried(TODAY), tried("current_date")),
    ]

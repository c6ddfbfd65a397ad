"""Who may be told that somebody asks to join: the referents of a place, as ids alone."""

from django.db import migrations

REFERENTS = """
CREATE FUNCTION nuserus_referents(place uuid) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT account_id FROM directory_membership
  WHERE institution_id = place AND status = 'confirmed' AND is_referent
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0002_reference_data")]

    operations = [migrations.RunSQL(REFERENTS, "DROP FUNCTION nuserus_referents(uuid)")]

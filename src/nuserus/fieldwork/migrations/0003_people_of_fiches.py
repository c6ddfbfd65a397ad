"""Who was there, of a fiche: for the line that its download leaves, whoever takes it away."""

from django.db import migrations

PEOPLE = """
CREATE FUNCTION fieldwork_people(fiche uuid) RETURNS TABLE (person uuid, place uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT said.participant_id, seen.place_id FROM fieldwork_observation seen
  JOIN (
    SELECT observation_id, participant_id FROM fieldwork_presence
    UNION SELECT observation_id, participant_id FROM fieldwork_saying WHERE participant_id IS NOT NULL
  ) said ON said.observation_id = seen.id
  WHERE nuserus_user() IS NOT NULL AND seen.submission_id = fiche
  ORDER BY 1
$$;
"""
NO_PEOPLE = "DROP FUNCTION fieldwork_people(uuid);"


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0002_interviews"), ("instruments", "0007_people_of_fiches")]

    operations = [migrations.RunSQL(PEOPLE, NO_PEOPLE)]

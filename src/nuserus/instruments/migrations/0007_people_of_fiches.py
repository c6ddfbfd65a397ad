"""Who a fiche names, for the line that its download leaves: who takes it away may not read who takes part."""

from django.db import migrations

PEOPLE = """
CREATE FUNCTION instruments_people(instrument uuid, named text[]) RETURNS TABLE (person uuid, place uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT person.id, person.place_id FROM studies_participant person
  JOIN studies_studyplace place ON place.id = person.place_id
  JOIN instruments_instrument asked ON asked.id = instrument
    AND (place.study_id = asked.study_id OR place.institution_id = asked.institution_id)
  WHERE nuserus_user() IS NOT NULL AND (person.id::text = ANY (named) OR lower(person.pseudonym) = ANY (named))
  ORDER BY 1
$$;
"""
NO_PEOPLE = "DROP FUNCTION instruments_people(uuid, text[]);"


class Migration(migrations.Migration):
    dependencies = [("instruments", "0006_lists_people"), ("studies", "0006_participants")]

    operations = [migrations.RunSQL(PEOPLE, NO_PEOPLE)]

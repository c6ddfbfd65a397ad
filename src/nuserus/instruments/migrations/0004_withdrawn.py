"""Fiches that were on their way when somebody withdrew, and devices that must forget people."""

from django.db import migrations

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
# what is left of the pseudonym of somebody who was erased (studies.actions.withdrawn.nameless)
_NAMELESS = "'R-' || left(encode(sha256(convert_to(person.study_id::text || ':' || said, 'UTF8')), 'hex'), 24)"

# Who sends a fiche may not read who takes part: they learn that somebody withdrew, and nothing else.
WITHDRAWN = f"""
CREATE FUNCTION instruments_withdrawn(instrument uuid, named text[], lowered text[], moment timestamptz) RETURNS text
LANGUAGE sql STABLE {_DEFINER} AS $$
  WITH places AS (
    SELECT place.id FROM studies_studyplace place JOIN instruments_instrument asked ON asked.id = instrument
      AND (place.study_id = asked.study_id OR place.institution_id = asked.institution_id)
    WHERE nuserus_user() IS NOT NULL
  ), people AS (
    SELECT person.id, person.place_id FROM studies_participant person JOIN places ON places.id = person.place_id
    WHERE person.id::text = ANY (lowered) OR person.pseudonym = ANY (named) OR lower(person.pseudonym) = ANY (lowered)
      OR EXISTS (SELECT FROM unnest(lowered) said WHERE person.pseudonym = {_NAMELESS})
  )
  SELECT CASE
    WHEN EXISTS (SELECT FROM people JOIN consent_withdrawal back ON back.subject = people.id
      WHERE moment IS NULL OR back.requested_at >= moment
        OR NOT nuserus_consent_holds(people.id, 'take_part', people.place_id)) THEN 'person'
    WHEN NOT EXISTS (SELECT FROM people) AND EXISTS (SELECT FROM places
      JOIN consent_withdrawal back ON back.scope_mission = places.id AND back.mode = 'erase'
      WHERE moment IS NULL OR back.requested_at >= moment) THEN 'place'
    ELSE '' END
$$;

CREATE FUNCTION instruments_forgotten() RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT DISTINCT back.subject FROM consent_withdrawal back JOIN studies_studyplace place ON place.id = back.scope_mission
  WHERE back.mode <> 'stop_collecting' AND (place.study_id = ANY (nuserus_ids('groups') || nuserus_ids('missions'))
    OR place.id = ANY (nuserus_ids('missions')) OR place.institution_id = ANY (nuserus_ids('institutions')))
  ORDER BY 1
$$;
"""
NOT_WITHDRAWN = """
DROP FUNCTION instruments_forgotten();
DROP FUNCTION instruments_withdrawn(uuid, text[], text[], timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0003_readers"),
        ("studies", "0006_participants"),
        ("consent", "0005_withdrawals"),
    ]

    operations = [migrations.RunSQL(WITHDRAWN, NOT_WITHDRAWN)]

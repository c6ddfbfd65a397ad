"""One meaning of « colleague », and no material of a place for whoever comes to work there."""

from django.db import migrations

from nuserus.foundation.floor.operations import CloseRows
from nuserus.studies.enums import READING_MATERIALS
from nuserus.studies.statements import CLOSED_TO_COLLEAGUES

_READERS = ", ".join(f"'{part.value}'" for part in READING_MATERIALS)
_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
_SEATED = f"seat.state = 'accepted' AND seat.part IN ({_READERS})"
_KNOWS = """(NOT nuserus_asked() OR which = ANY (nuserus_ids('missions')) OR EXISTS (
      SELECT FROM studies_participant WHERE place_id = which AND scope_author = nuserus_user()))"""

# A colleague of a place works or worked in its institution, or sits or sat for it in a working group of any study.
COLLEAGUES = f"""
CREATE FUNCTION studies_is_colleague(account uuid, institution uuid) RETURNS boolean LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM directory_membership WHERE account_id = account AND institution_id = institution)
    OR EXISTS (SELECT FROM studies_participation seat JOIN studies_studygroup circle ON circle.id = seat.group_id
      JOIN studies_studyplace sat ON sat.id = circle.place_id
      WHERE seat.account_id = account AND sat.institution_id = institution)
$$;

CREATE FUNCTION studies_closed() RETURNS uuid[] LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT coalesce(array_agg(place.id), '{{}}') FROM studies_studyplace place
  WHERE nuserus_user() IS NOT NULL AND place.institution_id IN (
    SELECT institution_id FROM directory_membership WHERE account_id = nuserus_user()
    UNION SELECT sat.institution_id FROM studies_participation seat
    JOIN studies_studygroup circle ON circle.id = seat.group_id JOIN studies_studyplace sat ON sat.id = circle.place_id
    WHERE seat.account_id = nuserus_user())
$$;

CREATE OR REPLACE FUNCTION studies_materials() RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT place.id FROM studies_participation seat JOIN studies_studyplace place ON place.study_id = seat.study_id
  WHERE seat.account_id = nuserus_user() AND {_SEATED}
    AND NOT studies_is_colleague(seat.account_id, place.institution_id)
$$;

CREATE OR REPLACE FUNCTION studies_holders(which uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT seat.account_id FROM studies_participation seat JOIN studies_studyplace place ON place.study_id = seat.study_id
  WHERE place.id = which AND {_SEATED} AND NOT studies_is_colleague(seat.account_id, place.institution_id) AND {_KNOWS}
$$;

CREATE FUNCTION studies_answers_for(person uuid, which uuid) RETURNS uuid LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT scope_author FROM studies_participant WHERE id = person AND place_id = which
$$;
"""  # noqa: S608 (names of our own)
_NOT_COLLEAGUE = """
    AND NOT EXISTS (SELECT FROM directory_membership member
      WHERE member.account_id = seat.account_id AND member.institution_id = place.institution_id)
    AND NOT EXISTS (SELECT FROM studies_participation other JOIN studies_studygroup circle ON circle.id = other.group_id
      JOIN studies_studyplace sat ON sat.id = circle.place_id
      WHERE other.account_id = seat.account_id AND sat.institution_id = place.institution_id)"""
NO_COLLEAGUES = f"""
CREATE OR REPLACE FUNCTION studies_materials() RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT place.id FROM studies_participation seat JOIN studies_studyplace place ON place.study_id = seat.study_id
  WHERE seat.account_id = nuserus_user() AND {_SEATED} {_NOT_COLLEAGUE}
$$;
CREATE OR REPLACE FUNCTION studies_holders(which uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT seat.account_id FROM studies_participation seat JOIN studies_studyplace place ON place.study_id = seat.study_id
  WHERE place.id = which AND {_SEATED} {_NOT_COLLEAGUE} AND {_KNOWS}
$$;
DROP FUNCTION studies_answers_for(uuid, uuid);
DROP FUNCTION studies_closed();
DROP FUNCTION studies_is_colleague(uuid, uuid);
"""  # noqa: S608 (names of our own)


class Migration(migrations.Migration):
    dependencies = [("studies", "0008_named_places")]

    operations = [
        migrations.RunSQL(COLLEAGUES, NO_COLLEAGUES),
        CloseRows("studies_participant", CLOSED_TO_COLLEAGUES),
    ]

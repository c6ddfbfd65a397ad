"""What the receipt of a withdrawal calls the study and the place."""

from django.db import migrations

# For those on the mission of the place, and for who wrote down somebody there: they hand out the receipt.
NAMED = """
CREATE FUNCTION studies_named(which uuid) RETURNS TABLE (study text, place text, is_fictitious boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT study.title, institution.name, study.is_fictitious OR institution.is_fictitious
  FROM studies_studyplace place JOIN studies_study study ON study.id = place.study_id
  JOIN directory_institution institution ON institution.id = place.institution_id
  WHERE place.id = which AND (NOT nuserus_asked() OR which = ANY (nuserus_ids('missions')) OR EXISTS (
    SELECT FROM studies_participant WHERE place_id = which AND scope_author = nuserus_user()))
$$;
"""
NOT_NAMED = "DROP FUNCTION studies_named(uuid);"


class Migration(migrations.Migration):
    dependencies = [("studies", "0007_participants_kept")]

    operations = [migrations.RunSQL(NAMED, NOT_NAMED)]

"""What may be somebody's home is linked to no place with a street, whoever writes it."""

from django.db import migrations

_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"
UNLINK = f"""
CREATE FUNCTION directory_unlink_home() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  UPDATE directory_place SET institution_id = NULL WHERE institution_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER directory_unlink_home AFTER UPDATE OF is_private_home ON directory_institution
FOR EACH ROW WHEN (NEW.is_private_home AND NOT OLD.is_private_home) EXECUTE FUNCTION directory_unlink_home();
CREATE FUNCTION directory_place_of_no_home() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF EXISTS (SELECT FROM directory_institution home WHERE home.id = NEW.institution_id AND home.is_private_home) THEN
    NEW.institution_id := NULL;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER directory_place_of_no_home BEFORE INSERT OR UPDATE OF institution_id ON directory_place
FOR EACH ROW WHEN (NEW.institution_id IS NOT NULL) EXECUTE FUNCTION directory_place_of_no_home();
UPDATE directory_place place SET institution_id = NULL FROM directory_institution home
WHERE home.id = place.institution_id AND home.is_private_home;
"""
LINK = """
DROP TRIGGER directory_place_of_no_home ON directory_place;
DROP FUNCTION directory_place_of_no_home();
DROP TRIGGER directory_unlink_home ON directory_institution;
DROP FUNCTION directory_unlink_home();
"""


class Migration(migrations.Migration):
    dependencies = [("directory", "0010_town_points")]

    operations = [migrations.RunSQL(UNLINK, LINK)]

"""What the notices of a study say, and participants who stay in their place."""

from django.db import migrations, models

from nuserus.studies.enums import READING_MATERIALS

_READERS = ", ".join(f"'{part.value}'" for part in READING_MATERIALS)
_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# A participant is of the study of its place, and stays there; who wrote it down answers for it.
PARTICIPANTS = f"""
CREATE FUNCTION studies_scope_participant() RETURNS trigger LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND nuserus_asked() AND OLD.place_id <> NEW.place_id THEN
    RAISE EXCEPTION 'participant % is not moved', OLD.id USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  SELECT study_id INTO NEW.study_id FROM studies_studyplace WHERE id = NEW.place_id;
  NEW.scope_level := 'restricted'; NEW.scope_institution := NULL; NEW.scope_group := NULL;
  NEW.scope_mission := NEW.place_id;
  IF TG_OP = 'UPDATE' THEN
    NEW.scope_author := OLD.scope_author;
  ELSIF nuserus_asked() THEN
    NEW.scope_author := nuserus_user();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER studies_scope_participant BEFORE INSERT OR UPDATE ON studies_participant
FOR EACH ROW EXECUTE FUNCTION studies_scope_participant();

CREATE OR REPLACE FUNCTION nuserus_consent_needs_representative(object uuid) RETURNS boolean
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT EXISTS (SELECT FROM studies_participant WHERE id = object AND protection IN ('minor', 'guardianship'))
$$;

CREATE FUNCTION studies_consented(which uuid) RETURNS TABLE (purpose text, people integer, of_people integer)
LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT asked.purpose, count(*) FILTER (WHERE nuserus_consent_holds(person.id, asked.purpose, person.place_id))::integer,
    (SELECT count(*)::integer FROM studies_participant WHERE study_id = which AND left_at IS NULL)
  FROM studies_participant person
  JOIN consent_consent asked ON asked.object_id = person.id AND asked.scope_mission = person.place_id
    AND asked.voice = 'person'
  WHERE person.study_id = which AND person.left_at IS NULL
    AND which = ANY (nuserus_ids('groups') || nuserus_ids('missions'))
  GROUP BY asked.purpose
$$;

CREATE FUNCTION studies_holders(which uuid) RETURNS TABLE (id uuid) LANGUAGE sql STABLE {_DEFINER} AS $$
  SELECT seat.account_id FROM studies_participation seat JOIN studies_studyplace place ON place.study_id = seat.study_id
  WHERE place.id = which AND seat.state = 'accepted' AND seat.part IN ({_READERS})
    AND NOT EXISTS (SELECT FROM directory_membership member
      WHERE member.account_id = seat.account_id AND member.institution_id = place.institution_id)
    AND NOT EXISTS (SELECT FROM studies_participation other JOIN studies_studygroup circle ON circle.id = other.group_id
      JOIN studies_studyplace sat ON sat.id = circle.place_id
      WHERE other.account_id = seat.account_id AND sat.institution_id = place.institution_id)
    AND (NOT nuserus_asked() OR which = ANY (nuserus_ids('missions')) OR EXISTS (
      SELECT FROM studies_participant WHERE place_id = which AND scope_author = nuserus_user()))
$$;
"""  # noqa: S608 (names of our own)
NO_PARTICIPANTS = f"""
DROP FUNCTION studies_holders(uuid);
DROP FUNCTION studies_consented(uuid);
CREATE OR REPLACE FUNCTION nuserus_consent_needs_representative(object uuid) RETURNS boolean
LANGUAGE sql STABLE {_DEFINER} AS $$ SELECT false $$;
DROP TRIGGER studies_scope_participant ON studies_participant;
DROP FUNCTION studies_scope_participant();
"""  # noqa: S608 (names of our own)


class Migration(migrations.Migration):
    dependencies = [
        ("studies", "0006_participants"),
        ("consent", "0004_signatures"),
    ]

    operations = [
        migrations.AddField(
            model_name="study",
            name="contact",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=300, verbose_name="à qui s’adresser"
            ),
        ),
        migrations.AddField(
            model_name="study",
            name="controller",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=200, verbose_name="responsable du traitement"
            ),
        ),
        migrations.AddField(
            model_name="study",
            name="legal_basis",
            field=models.CharField(
                choices=[
                    ("unsettled", "à préciser"),
                    ("public_interest", "mission d’intérêt public"),
                    ("legitimate_interest", "intérêt légitime"),
                    ("consent", "consentement"),
                ],
                db_default="unsettled",
                default="unsettled",
                max_length=20,
                verbose_name="base légale",
            ),
        ),
        migrations.RunSQL(PARTICIPANTS, NO_PARTICIPANTS),
    ]

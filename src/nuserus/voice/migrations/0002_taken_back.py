"""A recording that was just taken back is not taken: its agreement is read again once its row is held."""

from django.db import migrations

TAKE = """
CREATE OR REPLACE FUNCTION nuserus_take_recording(wanted uuid, new_row uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE voice_recording voice SET taken_by = nuserus_user(), taken_at = now()
  WHERE voice.id = wanted AND voice.id IN (SELECT waiting.id FROM nuserus_recordings_to_write() waiting)
    AND voice.taken_by IS NULL AND voice.entrusted_at IS NOT NULL AND voice.state = 'to_write';
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  INSERT INTO foundation_missionholder (id, mission_id, holder_id, granted_by, granted_at)
  VALUES (new_row, wanted, nuserus_user(), nuserus_user(), now())
  ON CONFLICT (mission_id, holder_id) DO NOTHING;
  PERFORM nuserus_remember_mission(wanted);
  RETURN true;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("voice", "0001_recordings")]

    operations = [migrations.RunSQL(TAKE, migrations.RunSQL.noop)]

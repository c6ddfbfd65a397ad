"""When a device is merged, only the versions that named it have their fingerprint counted again.

A fingerprint that no longer fits its version for another reason has to stay as it is: it tells of that.
"""

from django.db import migrations

_FOLLOW = """
CREATE OR REPLACE FUNCTION practices_follow_device(gone text, kept text) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL OR NOT nuserus_has_role('moderator')
      OR NOT EXISTS (SELECT FROM devices_mergeddevice merged JOIN devices_device device ON device.id = merged.kept_id
        WHERE merged.slug = gone AND device.slug = kept) THEN
    RAISE EXCEPTION 'device % was not merged into %', gone, kept USING ERRCODE = 'insufficient_privilege';
  END IF;
{versions}
  UPDATE practices_answer
  SET fields = jsonb_set(fields, '{{devices}}', practices_with_device(fields -> 'devices', gone, kept))
  WHERE jsonb_typeof(fields -> 'devices') = 'array' AND fields -> 'devices' ? gone;
  RETURN QUERY WITH changed AS (
    UPDATE practices_sheet SET devices = ARRAY(
      SELECT jsonb_array_elements_text(practices_with_device(to_jsonb(devices), gone, kept)))
    WHERE devices @> ARRAY[gone]::varchar[] RETURNING id, status)
  SELECT id FROM changed WHERE status = 'published';
END $$;
"""
CHANGED = _FOLLOW.format(
    versions="""
  WITH said AS (
    UPDATE practices_versioncontent
    SET content = jsonb_set(content, '{devices}', practices_with_device(content -> 'devices', gone, kept))
    WHERE content -> 'devices' ? gone RETURNING version_id, content)
  UPDATE practices_sheetversion made SET fingerprint = md5(said.content::text)
  FROM said WHERE said.version_id = made.id;"""
)
ALL = _FOLLOW.format(
    versions="""
  UPDATE practices_versioncontent
  SET content = jsonb_set(content, '{devices}', practices_with_device(content -> 'devices', gone, kept))
  WHERE content -> 'devices' ? gone;
  UPDATE practices_sheetversion made SET fingerprint = md5(said.content::text)
  FROM practices_versioncontent said WHERE said.version_id = made.id AND made.fingerprint <> md5(said.content::text);"""
)


class Migration(migrations.Migration):
    dependencies = [("practices", "0009_follow_device")]

    operations = [migrations.RunSQL(CHANGED, ALL)]

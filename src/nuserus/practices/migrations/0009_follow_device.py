"""Sheets follow a device that is merged into another one: what they say of it is read under its kept name."""

from django.conf import settings
from django.db import migrations

APP = settings.DB_ROLES["app"]
_DEFINER = "SECURITY DEFINER SET search_path = public, pg_temp"

# The moderator who merges writes nothing else in a sheet; versions say the same devices, so their
# fingerprints are counted again. Gives the published sheets that changed, for the index.
FOLLOW = f"""
CREATE FUNCTION practices_with_device(said jsonb, gone text, kept text) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(word ORDER BY place), '[]') FROM (
    SELECT CASE word WHEN gone THEN kept ELSE word END AS word, min(place) AS place
    FROM jsonb_array_elements_text(said) WITH ORDINALITY AS listed(word, place) GROUP BY 1) AS once
$$;
CREATE FUNCTION practices_follow_device(gone text, kept text) RETURNS SETOF uuid LANGUAGE plpgsql {_DEFINER} AS $$
BEGIN
  IF nuserus_user() IS NULL OR NOT nuserus_has_role('moderator')
      OR NOT EXISTS (SELECT FROM devices_mergeddevice merged JOIN devices_device device ON device.id = merged.kept_id
        WHERE merged.slug = gone AND device.slug = kept) THEN
    RAISE EXCEPTION 'device % was not merged into %', gone, kept USING ERRCODE = 'insufficient_privilege';
  END IF;
  UPDATE practices_versioncontent
  SET content = jsonb_set(content, '{{devices}}', practices_with_device(content -> 'devices', gone, kept))
  WHERE content -> 'devices' ? gone;
  UPDATE practices_sheetversion made SET fingerprint = md5(said.content::text)
  FROM practices_versioncontent said WHERE said.version_id = made.id AND made.fingerprint <> md5(said.content::text);
  UPDATE practices_answer
  SET fields = jsonb_set(fields, '{{devices}}', practices_with_device(fields -> 'devices', gone, kept))
  WHERE jsonb_typeof(fields -> 'devices') = 'array' AND fields -> 'devices' ? gone;
  RETURN QUERY WITH changed AS (
    UPDATE practices_sheet SET devices = ARRAY(
      SELECT jsonb_array_elements_text(practices_with_device(to_jsonb(devices), gone, kept)))
    WHERE devices @> ARRAY[gone]::varchar[] RETURNING id, status)
  SELECT id FROM changed WHERE status = 'published';
END $$;
REVOKE ALL ON FUNCTION practices_follow_device(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION practices_follow_device(text, text) TO "{APP}";
"""
UNDO = """
DROP FUNCTION practices_follow_device(text, text);
DROP FUNCTION practices_with_device(jsonb, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("devices", "0003_network"), ("practices", "0008_words_have_their_card")]

    operations = [migrations.RunSQL(FOLLOW, UNDO)]

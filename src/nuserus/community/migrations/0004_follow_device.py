"""Questions follow a device that is merged into another one."""

from django.conf import settings
from django.db import migrations

APP = settings.DB_ROLES["app"]

FOLLOW = f"""
CREATE FUNCTION community_follow_device(gone text, kept text) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL OR NOT nuserus_has_role('moderator')
      OR NOT EXISTS (SELECT FROM devices_mergeddevice merged JOIN devices_device device ON device.id = merged.kept_id
        WHERE merged.slug = gone AND device.slug = kept) THEN
    RAISE EXCEPTION 'device % was not merged into %', gone, kept USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN QUERY UPDATE community_question SET devices = CASE WHEN kept = ANY (devices)
    THEN array_remove(devices, gone::varchar) ELSE array_replace(devices, gone::varchar, kept::varchar) END
  WHERE devices @> ARRAY[gone]::varchar[] RETURNING id;
END $$;
REVOKE ALL ON FUNCTION community_follow_device(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION community_follow_device(text, text) TO "{APP}";
"""


class Migration(migrations.Migration):
    dependencies = [("devices", "0003_network"), ("community", "0003_reported_without_words")]

    operations = [migrations.RunSQL(FOLLOW, "DROP FUNCTION community_follow_device(text, text);")]

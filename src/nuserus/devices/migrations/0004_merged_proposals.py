"""A proposal that is merged was never public: its old address, that says its name, is for who proposed it."""

from django.db import migrations, models

_MERGE = """
CREATE OR REPLACE FUNCTION devices_merge(gone uuid, into_device uuid, redirect uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  old devices_device;
  kept devices_device;
  in_catalogue boolean;
BEGIN
  IF nuserus_user() IS NULL OR NOT nuserus_has_role('moderator') THEN
    RAISE EXCEPTION 'only a moderator merges devices' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM 1 FROM devices_device WHERE id IN (gone, into_device) ORDER BY id FOR UPDATE;
  SELECT * INTO old FROM devices_device WHERE id = gone AND status IN ('accepted', 'proposed');
  SELECT * INTO kept FROM devices_device WHERE id = into_device AND status = 'accepted';
  IF old.id IS NULL OR kept.id IS NULL OR old.id = kept.id THEN
    RAISE EXCEPTION 'devices % and % cannot be merged', gone, into_device USING ERRCODE = 'check_violation';
  END IF;
  IF old.status = 'proposed' AND old.proposed_by_id = nuserus_user() THEN
    RAISE EXCEPTION 'nobody answers their own proposal' USING ERRCODE = 'insufficient_privilege';
  END IF;
  in_catalogue := old.status = 'accepted';
  UPDATE devices_deployment SET device_id = kept.id, own_name = CASE own_name WHEN '' THEN old.name ELSE own_name END
  WHERE device_id = old.id;
  UPDATE devices_mergeddevice SET kept_id = kept.id WHERE kept_id = old.id;
{remember}
  IF in_catalogue THEN
    UPDATE devices_device SET aliases = ARRAY(
      SELECT DISTINCT left(word, 80) FROM unnest(kept.aliases || old.aliases || old.name::varchar) word
      WHERE word <> kept.name ORDER BY 1
    ) WHERE id = kept.id;
  END IF;
  DELETE FROM devices_device WHERE id = old.id;
END $$;
"""
# the name of a merged proposal is seen by nobody else, so that another device may take the same address
MERGE = _MERGE.format(
    remember="""
  INSERT INTO devices_mergeddevice (id, scope_level, scope_author, slug, name, kept_id, merged_at)
  VALUES (redirect, CASE WHEN in_catalogue THEN 'public' ELSE 'restricted' END,
    CASE WHEN in_catalogue THEN NULL ELSE old.proposed_by_id END, old.slug,
    CASE WHEN in_catalogue THEN old.name ELSE '' END, kept.id, now())
  ON CONFLICT (slug) DO UPDATE SET scope_level = excluded.scope_level, scope_author = excluded.scope_author,
    name = excluded.name, kept_id = excluded.kept_id, merged_at = excluded.merged_at;"""
)
BEFORE = _MERGE.format(
    remember="""
  INSERT INTO devices_mergeddevice (id, scope_level, slug, name, kept_id, merged_at)
  VALUES (redirect, 'public', old.slug, CASE WHEN in_catalogue THEN old.name ELSE '' END, kept.id, now());"""
)


class Migration(migrations.Migration):
    dependencies = [("devices", "0003_network")]

    operations = [
        migrations.RemoveConstraint(model_name="mergeddevice", name="merged_device_is_public"),
        migrations.AddConstraint(
            model_name="mergeddevice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("scope_author", None), ("scope_level", "public")),
                        models.Q(("name", ""), ("scope_level", "restricted")),
                        _connector="OR",
                    ),
                    ("scope_group", None),
                    ("scope_institution", None),
                    ("scope_mission", None),
                ),
                name="merged_device_scope",
            ),
        ),
        migrations.RunSQL(MERGE, BEFORE),
    ]

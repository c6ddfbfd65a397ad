"""Fiches that were emptied are known as such: whatever comes again under their number is not kept."""

from django.db import migrations, models

_KEPT = """
CREATE FUNCTION instruments_kept(wanted uuid, number text) RETURNS TABLE (id uuid, sha256 text, twin uuid{columns})
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF nuserus_user() IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT kept.id, kept.sha256::text, kept.twin{values} FROM instruments_submission kept
  WHERE kept.instrument_id = wanted AND kept.instance_id = number ORDER BY kept.twin IS NOT NULL, kept.id;
END $$;
"""
_DROP = "DROP FUNCTION instruments_kept(uuid, text);"
WITH_EMPTIED = _DROP + _KEPT.format(columns=", emptied boolean", values=", kept.emptied_at IS NOT NULL")
WITHOUT = _DROP + _KEPT.format(columns="", values="")
# Those that were emptied before this column: their words are covered, and the covering sign is in no other.
ALREADY = """
UPDATE instruments_submission SET emptied_at = received_at
WHERE reason = 'withdrawn_person' AND content::text LIKE '%█%';
"""


class Migration(migrations.Migration):
    dependencies = [("instruments", "0004_withdrawn")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="emptied_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="vidée le"),
        ),
        migrations.RunSQL(ALREADY.replace("%", "%%"), migrations.RunSQL.noop),
        migrations.RunSQL(WITH_EMPTIED, WITHOUT),
    ]

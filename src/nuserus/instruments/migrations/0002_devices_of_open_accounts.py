"""The device of a closed account opens nothing: closing ends sessions and keys, and this is one."""

from django.conf import settings
from django.db import migrations

TABLET = """
CREATE OR REPLACE FUNCTION instruments_tablet_account(secret text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  found uuid;
BEGIN
  UPDATE instruments_tablet tablet SET last_used_at = now() FROM people_account account
  WHERE tablet.secret_sha256 = secret AND tablet.revoked_at IS NULL
    AND account.id = tablet.account_id AND account.is_active
  RETURNING tablet.account_id INTO found;
  RETURN found;
END $$
"""


def ask_for_an_open_account(apps, schema_editor):
    if schema_editor.connection.alias == "owner":
        schema_editor.execute(TABLET, params=None)


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0001_instruments"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(ask_for_an_open_account, migrations.RunPython.noop)]

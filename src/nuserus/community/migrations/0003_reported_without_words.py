"""What a moderator reads of a reported sheet, without the words that are now on their card."""

from django.db import migrations

from nuserus.community.statements import MODERATE

_NAME = "CREATE FUNCTION community_reported()"
REPORTED = "CREATE OR REPLACE FUNCTION community_reported()" + MODERATE.partition(_NAME)[2].partition("$$;")[0] + "$$;"


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0002_floor"),
        ("practices", "0008_words_have_their_card"),
    ]

    operations = [migrations.RunSQL(REPORTED, migrations.RunSQL.noop)]

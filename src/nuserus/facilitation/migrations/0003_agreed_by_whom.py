"""Only the answer of who told, or of who said the words, lets them through; a code is read again under its lock."""

from django.db import migrations

from nuserus.facilitation.statements import AGREED


class Migration(migrations.Migration):
    dependencies = [("facilitation", "0002_words_to_their_card")]

    operations = [migrations.RunSQL(AGREED, migrations.RunSQL.noop)]

"""What nobody confirms any more comes last: in the order of lists, and lower in the ranking."""

from django.db import migrations, models

from nuserus.search.statements import DROP_READING, reading_functions


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search")]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_newest_first"),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(
                models.F("stale"),
                models.OrderBy(models.F("published_at"), descending=True, nulls_last=True),
                models.OrderBy(models.F("id"), descending=True),
                name="entry_fresh_first",
            ),
        ),
        migrations.RunSQL(DROP_READING + reading_functions(), migrations.RunSQL.noop),
    ]

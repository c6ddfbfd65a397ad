"""What a list shows of a sheet is seen at once: the version of the search index says that it changed."""

from django.db import migrations

from nuserus.search.statements import tells_the_version

# A draft is in no list, and it is saved every few seconds.
LISTED = "\n".join(
    (
        tells_the_version("practices_sheet", event="INSERT OR UPDATE", when="NEW.status = 'published'"),
        tells_the_version("practices_sheet", event="UPDATE OR DELETE", when="OLD.status = 'published'"),
        tells_the_version("practices_picture"),
        tells_the_version("practices_trial"),
        tells_the_version("practices_evaluation"),
    )
)
UNLISTED = """
DROP TRIGGER practices_sheet_insert_or_update_seen ON practices_sheet;
DROP TRIGGER practices_sheet_update_or_delete_seen ON practices_sheet;
DROP TRIGGER practices_picture_insert_or_update_or_delete_seen ON practices_picture;
DROP TRIGGER practices_trial_insert_or_update_or_delete_seen ON practices_trial;
DROP TRIGGER practices_evaluation_insert_or_update_or_delete_seen ON practices_evaluation;
"""


class Migration(migrations.Migration):
    dependencies = [("practices", "0003_publication"), ("search", "0001_search")]

    operations = [migrations.RunSQL(LISTED, UNLISTED)]

"""No words of a person among the answers any more, nor in any version: they are on their card, with their consent."""

from importlib import import_module

from django.db import migrations

before = import_module("nuserus.practices.migrations.0006_versions")

# Every column that is published, by its name: a test holds this list and the model together.
PUBLISHED = tuple(name for name in before.PUBLISHED if name != "words_of_person")

_TRIGGER = "practices_sheet_update_versioned"
_REPLACED = before.CONTENT.partition("REVOKE")[0].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
CONTENT = _REPLACED.replace("'words_of_person', s.words_of_person, ", "")
# What the versions say of themselves is counted again: the words leave those of the past too.
VERSIONS = """
UPDATE practices_versioncontent SET content = content - 'words_of_person';
UPDATE practices_sheetversion made SET fingerprint = md5(kept.content::text)
FROM practices_versioncontent kept WHERE kept.version_id = made.id;
"""


def _guarded(columns):
    old, new = (", ".join(f"{row}.{name}" for name in ("status", "version", *columns)) for row in ("OLD", "NEW"))
    return (
        f"CREATE CONSTRAINT TRIGGER {_TRIGGER} AFTER UPDATE ON practices_sheet DEFERRABLE INITIALLY DEFERRED "
        f"FOR EACH ROW WHEN (ROW({old}) IS DISTINCT FROM ROW({new})) EXECUTE FUNCTION practices_guard_versions('id');"
    )


class Migration(migrations.Migration):
    dependencies = [("practices", "0007_label_of_stopped")]

    operations = [
        migrations.RunSQL(f"DROP TRIGGER {_TRIGGER} ON practices_sheet;", _guarded(before.PUBLISHED)),
        migrations.RunSQL(CONTENT + VERSIONS, _REPLACED),
        migrations.RemoveField(model_name="sheet", name="words_of_person"),
        migrations.RunSQL(_guarded(PUBLISHED), f"DROP TRIGGER {_TRIGGER} ON practices_sheet;"),
    ]

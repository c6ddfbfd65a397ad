"""Words that stood in the answers of a sheet go to a card of their own, unseen until the person agrees."""

from django.db import migrations

# What was typed last: an answer of a published sheet that is not published yet comes before the sheet.
# Nobody wrote down whether these people agreed: the card says so to its authors, and nobody else reads it.
MOVE = """
WITH typed AS (
  SELECT sheet_id, fields ->> 'words_of_person' AS text FROM practices_answer
  WHERE question = 'more' AND revision > applied_revision AND fields ? 'words_of_person'
)
INSERT INTO facilitation_personwords (id, scope_level, scope_author, scope_mission, text, said_by, speaker, subject,
  written_at, sheet_id)
SELECT gen_random_uuid(), 'restricted', sheet.scope_author, sheet.scope_mission, words.text, 'une personne accompagnée',
  'accompanied', gen_random_uuid(), sheet.changed_at, sheet.id
FROM practices_sheet sheet LEFT JOIN typed ON typed.sheet_id = sheet.id
CROSS JOIN LATERAL (SELECT left(coalesce(typed.text, sheet.words_of_person), 1000) AS text) words
WHERE btrim(words.text) <> '';
UPDATE practices_sheet SET words_of_person = '' WHERE words_of_person <> '';
UPDATE practices_answer SET fields = fields - 'words_of_person' WHERE fields ? 'words_of_person';
"""


class Migration(migrations.Migration):
    dependencies = [
        ("facilitation", "0001_facilitation"),
        ("practices", "0007_label_of_stopped"),
    ]
    run_before = [("practices", "0008_words_have_their_card")]

    operations = [migrations.RunSQL(MOVE, migrations.RunSQL.noop)]

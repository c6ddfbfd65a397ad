"""What keeping the table of names of a study gives to stand on, as SQL of `foundation.asking.standing`."""

from __future__ import annotations

# Told as "key_holder:<study>", which no role of the site is called.
KEY_HOLDERS = (
    "SELECT 'key_holder:' || study_id FROM corpus_keyholder WHERE account_id = nuserus_user() AND ended_at IS NULL"
)

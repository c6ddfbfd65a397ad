"""Words of a person that were taken away since the backup are not in the copy either."""

from __future__ import annotations

from nuserus.facilitation.actions.saying import WORDS_REMOVED
from nuserus.facilitation.models import PersonWords
from nuserus.foundation.asking import as_system
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.replaying import register_replay


def register_replays() -> None:
    """Say to the ledger how it is done again. Called from `AppConfig.ready`."""
    register_replay(WORDS_REMOVED, _remove_words)


def _remove_words(entry: Entry) -> None:
    with as_system("words taken away since the backup"):
        PersonWords.objects.filter(pk=entry.object_id).delete()

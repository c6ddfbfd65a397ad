"""An account closed since the backup is closed in the copy too."""

from __future__ import annotations

from nuserus.foundation.asking import acting_as
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.ledger.replaying import register_replay
from nuserus.people.actions.closing import ACCOUNT_CLOSED, close_account
from nuserus.people.enums import NameAfterClosing
from nuserus.people.models import Account


def register_replays() -> None:
    """Say to the ledger how it is done again. Called from `AppConfig.ready`."""
    register_replay(ACCOUNT_CLOSED, _close_account)


def _close_account(entry: Entry) -> None:
    with acting_as(entry.object_id):
        account = Account.objects.filter(pk=entry.object_id, closed_at=None).first()
        if account is not None:
            close_account(account=account, name_after=NameAfterClosing(entry.details["name"]))

"""Noting a withdrawal: a row in the caller's transaction, a line of the file once that is committed."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, router, transaction
from django.utils import timezone

from nuserus.foundation.asking import as_system
from nuserus.foundation.ledger.lines import Entry, append
from nuserus.foundation.models.ledger import LedgerEntry

_log = logging.getLogger(__name__)


def note_withdrawal(kind: str, *, object_id: UUID, details: Mapping[str, str] | None = None) -> None:
    """Write that something was taken back, in the caller's transaction: ids and codes, never words.

    `kind` is one that an app registered (`replaying.register_replay`).
    """
    using = router.db_for_write(LedgerEntry)
    LedgerEntry(kind=kind, object_id=object_id, details=dict(details or {})).save(using=using, force_insert=True)
    transaction.on_commit(_write_soon, using=using)


def write_ledger() -> int:
    """Give the file the lines that it does not have yet. Returns how many. Raises OSError.

    Killed after the file and before the mark, it writes them twice: readers take each once.
    """
    with as_system("write the ledger of withdrawals", recorded=False):
        waiting = list(LedgerEntry.objects.select_for_update().filter(written_at=None).order_by("at", "id"))
        if waiting or not ledger_file().exists():
            append(ledger_file(), map(entry_of, waiting), ledger_key())
            LedgerEntry.objects.filter(pk__in=[row.pk for row in waiting]).update(written_at=timezone.now())
    return len(waiting)


def ledger_file() -> Path:
    """Where the ledger of this instance is."""
    return Path(settings.NUSERUS_LEDGER)


def ledger_key() -> bytes:
    """The key under which its lines are sealed: the one of the journal."""
    return Path(settings.NUSERUS_AUDIT_KEY_FILE).read_bytes()


def entry_of(row: LedgerEntry) -> Entry:
    """A row as the file has it."""
    return Entry(
        row.pk, row.kind, row.object_id, row.at.isoformat(), {key: str(row.details[key]) for key in row.details}
    )


def _write_soon() -> None:
    """What was taken back is taken back already; when the file can't have it now, a job tries again."""
    try:
        write_ledger()
    except (OSError, DatabaseError):
        _log.exception("the ledger of withdrawals waits to be written")

"""After a restoration: what was taken back since the backup is taken back again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone
from django.utils.translation import ngettext

from nuserus.foundation.asking import as_system
from nuserus.foundation.ledger.lines import Entry, read
from nuserus.foundation.ledger.noting import ledger_file, ledger_key, write_ledger
from nuserus.foundation.models.ledger import LedgerEntry

Replay = Callable[[Entry], None]

_replays: dict[str, Replay] = {}


class UnknownKind(Exception):
    """The ledger tells of something that no app of this program knows."""


def register_replay(kind: str, replay: Replay) -> None:
    """Say how a withdrawal of this kind is done again. Called from `AppConfig.ready`.

    `replay` finds the object as the backup had it, or not at all, and leaves it as the withdrawal did;
    done twice it changes nothing. An exception stops the restoration. Raises ValueError when taken.
    """
    if kind in _replays:
        raise ValueError(f"{kind} is registered already")
    _replays[kind] = replay


def replay_ledger() -> str:
    """Do again what the ledger knows and the restored database does not; a line for the operator.

    Without a file beside it, the ledger of this instance begins with what the database knows.
    """
    if not ledger_file().is_file():
        with as_system("begin the ledger of withdrawals anew"):
            LedgerEntry.objects.update(written_at=None)
        write_ledger()
        return ""
    entries = read(ledger_file(), ledger_key())
    with as_system("read the ledger of withdrawals"):
        known = set(LedgerEntry.objects.values_list("pk", flat=True))
    missing = [entry for entry in entries if entry.id not in known]
    for entry in missing:
        if entry.kind not in _replays:
            raise UnknownKind(entry.kind)
        _replays[entry.kind](entry)
        _keep(entry)
    write_ledger()
    return ngettext(
        "Un retrait plus récent que la sauvegarde a été refait.",
        "%(count)d retraits plus récents que la sauvegarde ont été refaits.",
        len(missing),
    ) % {"count": len(missing)}


def _keep(entry: Entry) -> None:
    with as_system("keep a replayed withdrawal"):
        LedgerEntry(
            pk=entry.id,
            kind=entry.kind,
            object_id=entry.object_id,
            details=entry.details,
            at=datetime.fromisoformat(entry.at),
            written_at=timezone.now(),
        ).save(force_insert=True)

"""What follows a withdrawal once it is committed: its files leave the disk, each noted when it is gone.

The file goes first and the note comes after: killed in between, it is done again, and a file that is gone
already is no failure.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from pathlib import Path
from time import monotonic
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone
from procrastinate.contrib.django import app

from nuserus.consent.models import ForgottenFile, Withdrawal
from nuserus.foundation.asking import as_system

EMPTY_OUTBOX = "nuserus.consent.tasks.empty_withdrawal_outbox"
# What the person's page may wait; the rest is for a job.
PATIENCE_SECONDS = 2.0
AT_ONCE = 200
_log = logging.getLogger(__name__)


def empty_outbox(withdrawal_id: UUID) -> bool:
    """Erase the files of a withdrawal for as long as somebody can wait, and leave the rest to a job.

    Whether nothing is left. What the disk refuses is tried again within the minute.
    """
    until = monotonic() + PATIENCE_SECONDS
    while (left := _erase_some(withdrawal_id)) and monotonic() < until:
        pass
    if left:
        app.configure_task(EMPTY_OUTBOX).defer(withdrawal_id=str(withdrawal_id))
    return left is False


def empty_whole_outbox(withdrawal_id: UUID) -> bool:
    """Erase all the files of a withdrawal, as many as there are. Whether nothing is left."""
    while left := _erase_some(withdrawal_id):
        pass
    return left is False


def _erase_some(withdrawal_id: UUID) -> bool | None:
    """Erase some files. Whether there are more; None when some stay that the disk refused."""
    with as_system("erase files of a withdrawal", recorded=False):
        row = Withdrawal.objects.select_for_update().filter(pk=withdrawal_id, done_at__isnull=False).first()
        if row is None or row.settled_at is not None:
            return False
        waiting = list(ForgottenFile.objects.filter(withdrawal=row, done_at=None)[:AT_ONCE])
        gone = [file.pk for file in waiting if _erased(file)]
        ForgottenFile.objects.filter(pk__in=gone).update(done_at=timezone.now())
        if len(gone) < len(waiting):
            return None
        if len(waiting) == AT_ONCE:
            return True
        row.settled_at = timezone.now()
        row.save(update_fields=["settled_at"])
        return False


def _erased(file: ForgottenFile) -> bool:
    try:
        default_storage.delete(file.storage_name)
        folder = Path(default_storage.path(file.storage_name)).parent
        with suppress(FileNotFoundError):
            _reach_the_disk(folder)
    except OSError as refused:
        _log.error("a file of withdrawal %s stays: %s", file.withdrawal_id, type(refused).__name__)
        return False
    return True


def _reach_the_disk(folder: Path) -> None:
    """A power cut must not bring back a file whose row says that it is gone."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

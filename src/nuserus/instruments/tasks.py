"""Jobs about fiches."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nuserus.foundation.asking import as_system
from nuserus.instruments.actions.sweeping import forget_orphans


@app.periodic(cron="57 4 * * *")
@app.task(queueing_lock="forget_orphan_files", pass_context=False)
def forget_orphan_files(timestamp: int) -> None:
    """Remove the files of fiches that a killed server left and that nothing names."""
    with as_system("find files that no fiche names", recorded=False):
        forget_orphans()

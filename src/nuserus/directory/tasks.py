"""Jobs of the directory. An import may be killed at any moment: nothing was changed, and it is done again.

What reads the registers is loaded with the first job: every process of the site knows the tasks.
"""

from __future__ import annotations

from uuid import UUID

from procrastinate.contrib.django import app

from nuserus.directory.actions import claim_institution
from nuserus.directory.actions.claim_institution import SEND_CODE
from nuserus.directory.actions.imports.asking import LOCK, RUN, UNDO


@app.task(name=RUN, lock=LOCK)
def run(*, import_id: str) -> None:
    """Read a file, apply it, and bring to it what follows."""
    from nuserus.directory.actions.imports.following import follow_import
    from nuserus.directory.actions.imports.running import run_import

    run_import(UUID(import_id))
    follow_import(UUID(import_id))


@app.task(name=UNDO, lock=LOCK)
def undo(*, import_id: str, user_id: str) -> None:
    """Take an import back."""
    from nuserus.directory.actions.imports.following import follow_import
    from nuserus.directory.actions.imports.undoing import undo_import

    undo_import(UUID(import_id), actor=UUID(user_id))
    follow_import(UUID(import_id))


@app.periodic(cron="47 4 * * *")
@app.task(queueing_lock="forget_import_files", pass_context=False)
def forget_import_files(timestamp: int) -> None:
    """Remove the files that nobody applied, and take up what follows an import and was left."""
    from nuserus.directory.actions.imports.following import follow_import
    from nuserus.directory.actions.imports.sweeping import forget_files

    for import_id in forget_files():
        follow_import(import_id)


@app.task(name=SEND_CODE, retry=3)
def send_code(*, place_id: str, account_id: str) -> None:
    """Send to a place the code that lets a person speak for it."""
    claim_institution.send_code(place_id=UUID(place_id), account_id=UUID(account_id))

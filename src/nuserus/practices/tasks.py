"""What happens to sheets by the passing of time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nuserus.practices.actions.commons import LOCK, TASK, commons_file, export_commons
from nuserus.practices.actions.freshness import ask_authors, forget_presences, sink_stale_sheets


@app.periodic(cron="41 5 * * *")
@app.task(queueing_lock="keep_sheets_fresh", pass_context=False)
def keep_sheets_fresh(timestamp: int) -> None:
    """Ask authors whether their sheet is still valid, sink what nobody confirms, forget presences."""
    ask_authors()
    sink_stale_sheets()
    forget_presences()


@app.periodic(cron="11 2 * * *")
@app.task(name=TASK, queueing_lock=LOCK, retry=2, pass_context=False)
def make_commons(timestamp: int) -> None:
    """Write every public sheet into the file that anybody may take; twice gives the same file."""
    export_commons(commons_file())

"""What happens to the catalogue and the inventories by the passing of time."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nuserus.devices.actions.import_inventory import forget_uploads
from nuserus.devices.actions.release_figures import release_figures


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="keep_inventories", pass_context=False)
def keep_inventories(timestamp: int) -> None:
    """Forget workbooks that nobody decided about, and gather the numbers of the network again once a week."""
    forget_uploads()
    release_figures()

"""The worker of the site, taking what is in the queue; it kills itself (SIGKILL) at the step it is told."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any


def die(*_args: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def main(step: str) -> None:
    import django

    django.setup()
    from procrastinate.contrib.django import app

    from nuserus.notifications.actions import posting, sending
    from tests.notifications.kinds import declare_kind

    declare_kind()
    app.periodic_registry.periodic_tasks.clear()  # what the minute brings is not what is tested
    places: dict[str, tuple[Any, str]] = {
        "before the claim": (sending, "take_claim"),
        "after the claim": (sending, "prepare"),
        "during DATA": (sending, "note_leaving"),
        "before the end": (posting, "_end"),
        "after 250": (sending, "note"),
    }
    if step in places:
        setattr(*places[step], die)
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=1, wait=False)


if __name__ == "__main__":
    main(sys.argv[1])

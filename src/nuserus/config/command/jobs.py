"""The worker of `nuserus serve`: takes jobs from the queue in the database."""

from __future__ import annotations

from typing import cast

CONCURRENCY = 2
FINISH_SECONDS = 10.0


def main() -> None:
    """Work until SIGTERM; a job that runs then has a little time to finish, or is taken up again later."""
    import django

    django.setup()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = cast("DjangoConnector", app.connector)
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=CONCURRENCY, shutdown_graceful_timeout=FINISH_SECONDS)


if __name__ == "__main__":
    main()

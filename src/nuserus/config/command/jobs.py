"""The worker of `nuserus serve`: takes jobs from the queue in the database."""

from __future__ import annotations

CONCURRENCY = "2"
FINISH_SECONDS = "10"


def main() -> None:
    """Work until SIGTERM; a job that runs then has a little time to finish, or is taken up again later."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command(
        "procrastinate", "worker", f"--concurrency={CONCURRENCY}", f"--shutdown-graceful-timeout={FINISH_SECONDS}"
    )


if __name__ == "__main__":
    main()

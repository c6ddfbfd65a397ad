"""Workers that kill themselves (SIGKILL) at the worst moment of a job, each forked from one loaded program.

Reads lines "WHEN TASK": `uncommitted`, before the first commit of the job; `unnoted`, when all is
done and the queue does not know it yet; `never`. Answers each with how the worker ended.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Any


def die(*_args: Any, **_more: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Finder:
    """Stands in for the model of names, which is slow to load."""

    def names_in(self, texts: Sequence[str]) -> list[list[Any]]:
        from nuserus_analysis.screening import Span

        return [[Span(0, 4)] for _text in texts]


def work(when: str, task: str) -> None:
    """One worker, until the queue is empty or it dies."""
    from django.db.backends.base.base import BaseDatabaseWrapper
    from procrastinate.contrib.django import app
    from procrastinate.manager import JobManager

    if when == "uncommitted":
        BaseDatabaseWrapper._commit = die
    if when == "unnoted":
        finish = JobManager.finish_job

        async def finish_or_die(self: JobManager, job: Any, *args: Any, **more: Any) -> None:
            if job.task_name == task:
                die()
            await finish(self, job, *args, **more)

        JobManager.finish_job = finish_or_die  # type: ignore[method-assign]
    connector: Any = app.connector
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=1, wait=False)


def main() -> None:
    import django

    django.setup()
    from procrastinate.contrib.django import app

    from nuserus.screening import tasks
    from nuserus.screening.actions import screening

    for module in (tasks, screening):
        module.names_finder = Finder  # type: ignore[attr-defined]
    app.periodic_registry.periodic_tasks.clear()  # what the minute brings is not what is tested
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(*line.split())
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()

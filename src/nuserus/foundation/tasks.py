"""Upkeep that runs by itself."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore
from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from nuserus.foundation.audit.chain import seal_events
from nuserus.foundation.ledger.noting import write_ledger

# a worker says every ten seconds that it is there
GONE_SECONDS = 30
MOST_ATTEMPTS = 5


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal_journal", pass_context=False)
def seal_journal(timestamp: int) -> None:
    """Seal the events of the journal that no transaction can precede any more."""
    seal_events()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="write_withdrawals", pass_context=False)
def write_withdrawals(timestamp: int) -> None:
    """Give the ledger what a process that died, or a full disk, kept from it."""
    write_ledger()


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_jobs", pass_context=True)
async def take_up_jobs(context: JobContext, timestamp: int) -> None:
    """Put back what a worker that is gone was doing: it starts again, from what is committed.

    A job whose worker dies each time is given up; one that waits a second time under the same lock is not needed.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=GONE_SECONDS):
        try:
            if job.attempts < MOST_ATTEMPTS:
                await jobs.retry_job(job)
                continue
        except UniqueViolation:
            pass
        await jobs.finish_job(job, Status.FAILED, delete_job=False)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="forget_sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Remove the sessions that have ended."""
    SessionStore.clear_expired()


@app.periodic(cron="27 3 * * *")
@app.task(queueing_lock="forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Remove the jobs that ended a week ago."""
    await builtin_tasks.remove_old_jobs(context, max_hours=24 * 7, remove_failed=True)

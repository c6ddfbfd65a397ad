"""Do the jobs go on? A worker that is gone is not seen by those who use the site: this says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

LATE = timedelta(minutes=15)

# What was due long ago and nobody took, and what a worker took that gave no sign of life since.
_WAITING = """
SELECT count(*), coalesce(max(extract(epoch FROM now() - due.since)) / 60, 0)::integer FROM (
  SELECT coalesce(job.scheduled_at, (
    SELECT min(event.at) FROM procrastinate_events AS event
    WHERE event.job_id = job.id AND event.type = 'deferred'), now()) AS since
  FROM procrastinate_jobs AS job
  LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
  WHERE job.status = 'todo'
    OR (job.status = 'doing' AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s)))
) AS due WHERE due.since < now() - make_interval(secs => %s)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many jobs are late, and for how many minutes the first has waited."""

    late: int
    minutes: int


def waiting_jobs(late: timedelta = LATE) -> Waiting:
    """Jobs that have been due for longer than `late` and that nobody is doing."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [late.total_seconds()] * 2)
        count, minutes = cursor.fetchone()
    return Waiting(int(count), int(minutes))

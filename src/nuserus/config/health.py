"""Is this instance able to serve? Only when its database answers and has exactly our migrations."""

from __future__ import annotations

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from nuserus.foundation.queue import waiting_jobs


@cache
def known_migrations() -> frozenset[tuple[str, str]]:
    """Migrations that this program brings, as (app, name)."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def missing_or_unknown() -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Migrations that the database lacks, and those it has and this program does not know."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return set(known_migrations()) - applied, applied - set(known_migrations())


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 and "ok" when database and migrations are right, else 503 and one line that says what is not.

    Jobs that nobody takes do not stop the site: they are a second line after "ok".
    """
    try:
        missing, unknown = missing_or_unknown()
    except DatabaseError:
        return _unwell("database unreachable")
    if missing:
        return _unwell(f"{len(missing)} migrations missing")
    if unknown:
        return _unwell("database of a newer version")
    jobs = waiting_jobs()
    late = f"{jobs.late} jobs late, the first for {jobs.minutes} minutes: does the worker run?\n" if jobs.late else ""
    return HttpResponse(f"ok\n{late}", content_type="text/plain")


def _unwell(what: str) -> HttpResponse:
    return HttpResponse(f"{what}\n", content_type="text/plain", status=503)

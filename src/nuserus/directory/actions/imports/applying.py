"""From the temporary tables to the directory: compared first, then everything at once or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from django.db import connections

from nuserus.directory.actions.imports import statements
from nuserus.directory.actions.imports.targets import INSTITUTIONS, TARGETS, Target
from nuserus.directory.actions.imports.turns import Pauses
from nuserus.directory.enums import ChangedKind
from nuserus.foundation.asking import as_system

CHUNK: Final = 2_000
# More than this, and the search of lists and maps would hold the transaction open for minutes.
MANY: Final = 2_000
Counts = dict[str, dict[str, int]]
Told = Callable[[int, int], None]


def find_places() -> list[tuple[int, str]]:
    """Give the services their places; the lines of those whose place nobody knows, which are left out."""
    with as_system("compare an import", recorded=False), connections["system"].cursor() as cursor:
        cursor.execute(statements.FIND_PLACES)
        cursor.execute(statements.WITHOUT_PLACE)
        return [(rank, key) for rank, key in cursor.fetchall()]


def compare(unchanged: dict[ChangedKind, int], closing: Iterable[Target]) -> Counts:
    """Find what differs, and count it by kind and by what will become of it."""
    counts: Counts = {}
    closed = {target.kind for target in closing}
    with as_system("compare an import", recorded=False), connections["system"].cursor() as cursor:
        for target in TARGETS:
            cursor.execute(statements.find_differences(target))
            cursor.execute(f"CREATE INDEX ON {target.differences} (seq)")
            cursor.execute(f"ANALYZE {target.differences}")
            cursor.execute(statements.count(target))
            created, updated, reopened, same = cursor.fetchone()
            found = {"created": created, "updated": updated, "reopened": reopened}
            found["unchanged"] = same + unchanged.get(target.kind, 0)
            found["closed"] = _one(cursor, f"SELECT count(*) FROM {target.gone}") if target.kind in closed else 0
            counts[target.kind.value] = found
        counts[INSTITUTIONS.kind.value]["updated"] += _points(cursor)
    return {kind: found for kind, found in counts.items() if any(found.values())}


def _points(cursor: Any) -> int:
    return _one(
        cursor,
        "SELECT count(*) FROM import_points s JOIN directory_institution i ON i.finess = s.finess "
        "WHERE NOT i.is_private_home AND (i.latitude, i.longitude, i.precision) "
        "IS DISTINCT FROM (s.latitude, s.longitude, s.precision)",
    )


@dataclass(frozen=True, slots=True)
class Applied:
    """What a run writes down beside each change: its id, its register, the day of the register."""

    run: UUID
    source: str
    day: date


def apply(cursor: Any, what: Applied, *, pauses: Pauses, told: Told) -> None:
    """Make the directory say what was read; to be called in the transaction that ends the run."""
    # checked row after row, and not all at the end: the commit is then short
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    last = {target.kind: _one(cursor, f"SELECT coalesce(max(seq), 0) FROM {target.staging}") for target in TARGETS}
    total, done = sum(last.values()), 0
    if total > MANY:
        # what lists and maps search follows once this is committed, piece by piece
        cursor.execute("SET LOCAL nuserus.spots = 'later'")
    for target in TARGETS:
        if target.followed:
            cursor.execute(statements.note_updates(target), [what.run])
        create = statements.create(target)
        for low in range(0, last[target.kind], CHUNK):
            high = low + CHUNK
            with pauses.after():
                cursor.execute(create, [low, high, *([what.run, low, high] if target.noted else [])])
                if target.followed:
                    cursor.execute(statements.update(target), [low, high])
            told(done + high, total)
        done += last[target.kind]
    cursor.execute(statements.NOTE_POINTS, [what.run])
    cursor.execute(statements.POINTS)
    for target in TARGETS:
        if "closed_on" in target.columns:
            cursor.execute(statements.close(target), [what.day, *_source(target, what.source), what.run])
    # but for what may now be somebody's home: the map forgets its street in the same moment
    cursor.execute(statements.HOMES)


def note_trial(cursor: Any, what: Applied) -> None:
    """Write down what would change, and change nothing."""
    for target in TARGETS:
        if target.noted:
            cursor.execute(statements.try_creating(target), [what.run])
        cursor.execute(statements.note_updates(target), [what.run])
        if "closed_on" in target.columns:
            cursor.execute(statements.try_closing(target), [what.run, *_source(target, what.source)])
    cursor.execute(statements.NOTE_POINTS, [what.run])


def clear() -> None:
    """Drop the temporary tables."""
    with as_system("clear an import", recorded=False), connections["system"].cursor() as cursor:
        for target in TARGETS:
            cursor.execute(f"DROP TABLE IF EXISTS {target.staging}, {target.differences}, {target.gone}")
        cursor.execute("DROP TABLE IF EXISTS import_points")


def _source(target: Target, source: str) -> list[str]:
    return [] if len(target.keys) == 1 else [source]


def _one(cursor: Any, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.fetchone()[0])

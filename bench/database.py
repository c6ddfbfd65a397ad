"""Fill the database: places and people, sheets, index entries of every level, statistics."""

from __future__ import annotations

from random import Random
from typing import Any

import psycopg

from bench.generate import HIDDEN, load_sheets
from bench.instance import Bench
from bench.tables import copy_rows, loading
from bench.timing import Report, Timer
from bench.world import START, World, load_world, timed_id
from bench.writing import Writer

OTHER = "generated"  # the kind of the index entries that are at every level
COUNTED = (
    "practices_sheet",
    "practices_card",
    "practices_trial",
    "practices_contributor",
    "search_entry",
    "search_vocabularyword",
    "directory_institution",
    "people_account",
)


def generate(bench: Bench, report: Report, *, seed: int, published: int, processes: int) -> None:
    """Fill a migrated database unless it is filled already; the same rows for the same seed."""
    url, rng = bench.superuser_url, Random(seed)
    if _is_filled(url):
        report.say("Kept from an earlier run.")
        _count(url, report)
        return
    hidden = HIDDEN * published // 100_000
    with Timer() as rows:
        world = load_world(url, rng)
        load_sheets(url, world, seed=seed, published=published, hidden=hidden, processes=processes)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")
    with Timer() as index:
        _index()
    _other_entries(url, rng, world, hidden)
    with Timer() as vacuum, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (FREEZE, ANALYZE)")
        connection.execute("CHECKPOINT")
    report.say(
        f"Rows {rows.seconds:.0f} s ({processes} processes), `rebuild_search` {index.seconds:.0f} s, "
        f"vacuum {vacuum.seconds:.0f} s."
    )
    _count(url, report)


def _is_filled(url: str) -> bool:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT 1 FROM practices_sheet LIMIT 1").fetchone() is not None


def _index() -> None:
    from nuserus.search.actions.rebuild_index import rebuild_index

    rebuild_index()


def _other_entries(url: str, rng: Random, world: World, count: int) -> None:
    """Entries of every level below public, of a kind that only the measurements of the floor ask for."""
    from nuserus.foundation.levels import Level
    from nuserus.search.models import Entry
    from nuserus.search.queries.analysed import analysed
    from nuserus.search.registry import Document

    writer = Writer(rng, world.towns)
    groups = [timed_id(rng, START) for _ in range(50)]
    levels = [level for level in Level if level != Level.PUBLIC]

    def entry(rank: int) -> Any:
        level = levels[rank % len(levels)]
        writer.begin(rng.choice(world.devices)[1], rng.choice(world.publics)[1])
        blank = Entry(
            scope_level=level,
            scope_institution=rng.choice(world.institutions) if level == Level.INSTITUTION else None,
            scope_group=rng.choice(groups) if level == Level.GROUP else None,
            scope_author=rng.choice(world.accounts),
            scope_mission=timed_id(rng, START) if level == Level.RESTRICTED else None,
            kind=OTHER,
            object_id=timed_id(rng, START),
            published_at=START,
        )
        read = analysed(Document(scope=blank, title=writer.title(), simple=writer.text(4), rest=writer.text(20)))
        blank.title, blank.head, blank.vector = read.title, read.head, read.vector
        return blank

    with loading(url) as connection:
        copy_rows(connection, (entry(rank) for rank in range(count)))


def _count(url: str, report: Report) -> None:
    with psycopg.connect(url) as connection:
        counts = []
        for table in COUNTED:
            row = connection.execute(f"SELECT count(*), pg_size_pretty(pg_total_relation_size('{table}')) FROM {table}")
            found = row.fetchone()
            assert found is not None
            counts.append((table, f"{found[0]:,}", str(found[1])))
    report.table(("table", "rows", "size with indexes"), counts)

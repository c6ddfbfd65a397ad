"""Reading the national registers into the directory: time, memory, and what those who use the site feel of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

import psycopg

from bench.client import Connection
from bench.instance import Bench
from bench.registers import write_classic, write_json
from bench.serving import served
from bench.timing import Report, Sample, Timer, milliseconds, verdict
from nuserus.directory.actions.imports.running import REST

COPY_LIMIT, AGAIN_LIMIT, MEMORY_MB, JSON_MEMORY_MB, LIVE_LIMIT = 3.0, 1.5, 300, 400, 2.0
TABLES = ("directory_operator", "directory_institution")
LIVE_PAGES = ("/", "/annuaire/", "/pratiques/", "/annuaire/?q=cedres")
LIVE_SECONDS = 12.0
# One side after the other, so often: a single reading of twenty seconds moves by a tenth.
ROUNDS = 3
PAUSE = 0.05  # a visitor every 50 ms: pages that people open, not a flood


def measure(bench: Bench, report: Report) -> None:
    """Classic: first reading, again, changed, while pages are read; JSON: memory."""
    report.title("Imports of national size")
    with tempfile.TemporaryDirectory(prefix="nuserus-registers-") as folder:
        classic = write_classic(Path(folder) / "classic.csv")
        again = write_classic(Path(folder) / "again.csv", changed=0.01)
        whole = write_json(Path(folder) / "structures.json")
        sizes = [f"{path.stat().st_size / 1e6:.0f} MB" for path in (classic, whole)]
        report.say(f"103,000 institutions with their points ({sizes[0]}); 174,500 places, 104,700 active ({sizes[1]}).")
        report.say(
            "Each in a fresh process, with its rests (the default); memory is VmHWM, Python and Django included; "
            f"the first import and the bare COPY in turn, medians of {ROUNDS}."
        )
        report.say("")
        rows = _classic(bench, classic, again)
        rows += _json(bench, whole)
        report.table(("what", "seconds", "MB", "beside"), rows)
        report.say("")
        report.table(("pages meanwhile", "p50 (ms)", "p95 (ms)", "beside"), _live(bench, classic))


def _classic(bench: Bench, classic: Path, again: Path) -> list[tuple[str, str, str, str]]:
    firsts, copies = [], []
    for _ in range(ROUNDS):
        _empty(bench)
        firsts.append(_said("import", "finess-classic", classic))
        _check(firsts[-1], created=True)
        copies.append(_bare_copy(bench))
    first, copied = sorted(firsts, key=lambda said: float(said["seconds"]))[ROUNDS // 2], median(copies)
    reading = _said("read", "finess-classic", classic)
    unchanged = _said("import", "finess-classic", classic)
    some = _said("import", "finess-classic", again)
    return [
        ("bare COPY of the same rows, with constraints and indexes", f"{copied:.1f}", "", ""),
        ("first import", f"{first['seconds']:.1f}", _memory(first, MEMORY_MB),
         verdict(_ratio(first, copied), COPY_LIMIT)),
        ("reading the file", f"{reading['seconds']:.1f}", f"{reading['peak_mb']:.0f}", ""),
        ("the same file again", f"{unchanged['seconds']:.1f}", _memory(unchanged, MEMORY_MB),
         verdict(_ratio(unchanged, reading["seconds"]), AGAIN_LIMIT)),
        ("one in a hundred changed", f"{some['seconds']:.1f}", _memory(some, MEMORY_MB), ""),
    ]  # fmt: skip


def _json(bench: Bench, whole: Path) -> list[tuple[str, str, str, str]]:
    _empty(bench)
    reading = _said("read", "finess-json", whole)
    first = _said("import", "finess-json", whole)
    _check(first, created=True)
    again = _said("import", "finess-json", whole)
    return [
        ("JSON: reading", f"{reading['seconds']:.1f}", f"{reading['peak_mb']:.0f}", ""),
        ("JSON: first import", f"{first['seconds']:.1f}", _memory(first, JSON_MEMORY_MB), ""),
        ("JSON: again", f"{again['seconds']:.1f}", _memory(again, JSON_MEMORY_MB),
         verdict(_ratio(again, reading["seconds"]), AGAIN_LIMIT)),
    ]  # fmt: skip


def _ratio(said: dict[str, Any], seconds: float) -> float:
    return float(said["seconds"]) / seconds


def _memory(said: dict[str, Any], limit: int) -> str:
    peak = float(said["peak_mb"])
    return f"{peak:.0f} (≤ {limit}) {'ok' if peak <= limit else 'MISSED'}"


def _check(said: dict[str, Any], *, created: bool) -> None:
    if said["state"] != "applied" or (created and not said["counts"]["created"]):
        raise RuntimeError(f"the import did not do its work: {said}")


def _said(what: str, source: str, path: Path, rest: float = REST) -> dict[str, Any]:
    with _started(what, source, path, rest) as process:
        answer, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{what} {source} failed")
    said: dict[str, Any] = json.loads(answer)
    print(f"    {what} {source}: {said}", file=sys.stderr, flush=True)
    return said


def _started(what: str, source: str, path: Path, rest: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.importing", what, source, str(path), str(rest)]
    return subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.PIPE, text=True)


def _empty(bench: Bench) -> None:
    """Take away all that imports brought, and give the room back: each first import finds the same tables."""
    with psycopg.connect(bench.superuser_url, autocommit=True) as connection:
        connection.execute("DELETE FROM directory_institution WHERE register_mark IS NOT NULL")
        connection.execute("DELETE FROM directory_operator WHERE finess IS NOT NULL")
        connection.execute("DELETE FROM directory_importchange")
        connection.execute("DELETE FROM directory_import")
        for table in (*TABLES, "directory_importchange"):
            connection.execute(f"VACUUM (FULL, ANALYZE) {table}")
        connection.execute("CHECKPOINT")


def _bare_copy(bench: Bench) -> float:
    """The rows that the import made, out and in again by COPY as the system role, constraints and indexes awake."""
    with tempfile.TemporaryDirectory(prefix="nuserus-copy-") as folder:
        with psycopg.connect(bench.superuser_url) as connection:
            for table, kept in zip(TABLES, ("finess IS NOT NULL", "register_mark IS NOT NULL"), strict=True):
                asked = f"COPY (SELECT * FROM {table} WHERE {kept}) TO STDOUT"
                with (Path(folder) / table).open("wb") as file, connection.cursor().copy(asked) as copy:
                    for data in copy:
                        file.write(data)
        _empty(bench)
        with Timer() as timer, psycopg.connect(os.environ["DATABASE_SYSTEM_URL"]) as connection:
            connection.execute("SET LOCAL nuserus.spots = 'later'")  # as the import: written after, apart
            for table in TABLES:
                asked = f"COPY {table} FROM STDIN"
                with (Path(folder) / table).open("rb") as file, connection.cursor().copy(asked) as copy:
                    while data := file.read(1 << 20):
                        copy.write(data)
            connection.commit()
        return timer.seconds


def _live(bench: Bench, classic: Path) -> list[tuple[str, str, str, str]]:
    """Pages opened by a visitor, alone and then during a first import."""
    with served() as port:
        _open(port, 3.0, threading.Event())
        alone = _open(port, LIVE_SECONDS, threading.Event())
        _empty(bench)
        ended = threading.Event()
        process = _started("import", "finess-classic", classic, REST)

        def wait() -> None:
            process.communicate()
            ended.set()

        waiter = threading.Thread(target=wait)
        waiter.start()
        meanwhile = _open(port, 600.0, ended)
        waiter.join()
    ratio = meanwhile.p95 / alone.p95
    return [
        ("alone", milliseconds(alone.median), milliseconds(alone.p95), ""),
        (
            "during the first import",
            milliseconds(meanwhile.median),
            milliseconds(meanwhile.p95),
            verdict(ratio, LIVE_LIMIT),
        ),
    ]


def _open(port: int, seconds: float, ended: threading.Event) -> Sample:
    """One visitor who opens pages in turn until the time is over or somebody says that it is."""
    connection, sample, rank = Connection(port), Sample("pages"), 0
    limit = time.monotonic() + seconds
    while time.monotonic() < limit and not ended.is_set():
        path = LIVE_PAGES[rank % len(LIVE_PAGES)]
        request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: fr\r\n\r\n"
        start = time.perf_counter()
        connection.send(request.encode())
        sample.seconds.append(time.perf_counter() - start)
        rank += 1
        time.sleep(PAUSE)
    return sample

"""`python -m bench`: generate the database, measure, print tables. `--help` says the rest."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path

from bench import analysis, form, memory, start
from bench.instance import Bench, bench_instance
from bench.readme import write
from bench.timing import Report, Timer

PARTS = (
    "floor", "application", "http", "weight", "memory", "start", "analysis", "import", "map", "fiches", "form",
    "corpus",
)  # fmt: skip
NEED_DATABASE = {"floor", "application", "http", "weight", "import"}
# `import` is a word of the language
MODULES = {"import": "imports"}
# an instance is enough: they write their own rows, and come last
FILL_THEMSELVES = {"map", "fiches", "corpus"}


def main(words: list[str]) -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all by default")
    parser.add_argument("--sheets", type=int, default=100_000, help="published sheets (default: 100000)")
    parser.add_argument("--seed", type=int, default=20_261_121)
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1), help="that generate")
    parser.add_argument("--segments", type=int, default=200_000, help="of the largest corpus of the analyses")
    parser.add_argument("--write", action="store_true", help="also put the figures in bench/README.md")
    parser.add_argument("--keep", type=Path, help="folder where the database stays for the next run")
    given = parser.parse_args(words)
    parts = given.parts or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"unknown part: {', '.join(sorted(unknown))}")
    report = Report()
    report.say(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    if (NEED_DATABASE | FILL_THEMSELVES) & set(parts):
        with bench_instance(given.keep) as bench:
            if NEED_DATABASE & set(parts):
                _generate(bench, given, report)
            for part in parts:
                if part in NEED_DATABASE | FILL_THEMSELVES:
                    _measure(part)(bench, report)
    alone: dict[str, Callable[[], None]] = {
        "memory": lambda: memory.measure(report),
        "start": lambda: start.measure(report),
        "analysis": lambda: analysis.measure(report, largest=given.segments, seed=given.seed),
        "form": lambda: form.measure(report),
    }
    for part in [part for part in alone if part in parts]:
        alone[part]()
    if given.write:
        write(report, whole=set(parts) == set(PARTS))
    return 0


def _generate(bench: Bench, given: argparse.Namespace, report: Report) -> None:
    from bench.database import generate

    report.title("Generated database")
    with Timer() as timer:
        generate(bench, report, seed=given.seed, published=given.sheets, processes=given.processes)
    report.say(f"In all {timer.seconds:.0f} s (seed {given.seed}).")


def _measure(part: str) -> Callable[[Bench, Report], None]:
    """The measurement of one part; its module needs the settings, so it is imported late."""
    import importlib

    measure: Callable[[Bench, Report], None] = importlib.import_module(f"bench.{MODULES.get(part, part)}").measure
    return measure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

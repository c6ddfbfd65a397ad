"""One import, or one reading, in a process of its own: what it took, and the memory that it reached.

`python -m bench.importing read|import|trial SOURCE FILE REST` prints one JSON object.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path


def main(words: list[str]) -> None:
    import django

    django.setup()
    what, source, name, rest = words
    path = Path(name)
    start = time.perf_counter()
    said = _read(source, path) if what == "read" else _import(source, path, float(rest))
    said["seconds"] = time.perf_counter() - start
    said["peak_mb"] = _peak()
    print(json.dumps(said))


def _read(source: str, path: Path) -> dict[str, object]:
    """Everything that the reader gives, and nothing else."""
    from nuserus.directory.actions.imports.reading import reading

    with reading(source, path) as file:
        count = sum(1 for _record in file.records)
    return {"records": count}


def _import(source: str, path: Path, rest: float) -> dict[str, object]:
    from nuserus.directory.actions.imports.asking import Options, note_run
    from nuserus.directory.actions.imports.running import run_import
    from nuserus.directory.enums import ImportSource

    run = note_run(source=ImportSource(source), path=path, options=Options(may_close_many=True))
    steps: list[tuple[str, float]] = []

    def heard(step: str, _done: int, _total: int) -> None:
        if not steps or steps[-1][0] != step:
            steps.append((step, time.perf_counter()))

    done = run_import(run.pk, path=path, rest=rest, heard=heard)
    assert done is not None
    ended = [at for _step, at in steps[1:]] + [time.perf_counter()]
    took = {step: round(end - at, 2) for (step, at), end in zip(steps, ended, strict=True)}
    return {
        "state": done.state,
        "refusal": done.refusal,
        "counts": done.counts.get("institution"),
        "problems": done.problem_count,
        "first": done.problems[:3],
        "steps": took,
    }


def _peak() -> float:
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main(sys.argv[1:])

"""How long the demonstration takes to answer, the first time and the second. `python -m bench.start`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.demo import demonstration
from bench.timing import Report


def measure(report: Report) -> None:
    """Start on a new folder, stop, start again."""
    report.title("Start of the demonstration")
    seconds = []
    with tempfile.TemporaryDirectory(prefix="nuserus-bench-") as folder:
        Path(folder).chmod(0o711)
        for _ in range(2):
            with demonstration(Path(folder) / "data") as demo:
                seconds.append(demo.seconds)
    report.table(
        ("start of `nuserus serve --demo`", "seconds to the first healthy answer"),
        [("first: new database, migrations, demonstration", f"{seconds[0]:.1f}"), ("second", f"{seconds[1]:.1f}")],
    )


if __name__ == "__main__":
    measure(Report())

"""Put the figures of a run in bench/README.md, between its two markers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench.timing import Report

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def write(report: Report) -> None:
    """Replace what stands between the markers. Raises ValueError when they are not there."""
    text = README.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    _, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError(f"{README} has no markers")
    figures = "\n".join([f"Measured on {datetime.now(UTC):%Y-%m-%d}.", "", *report.lines])
    README.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", encoding="utf-8")

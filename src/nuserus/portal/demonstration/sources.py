"""Reading the files of the demonstration."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"

# Printed at the start of a demonstration and on its sign-in page; it protects nothing.
DEMONSTRATION_PASSWORD = "essayer-nuserus"  # noqa: S105

# The code of the card of one invented person: anybody may look at what they agreed to, and take it back.
DEMONSTRATION_CARD = "ESSA-YERC-ARTE"

Entry = dict[str, Any]


@cache
def _read(name: str) -> Entry:
    loaded: Entry = yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
    return loaded


def programme_institutions() -> list[Entry]:
    """The eight institutions of the first programme, with what was recorded there."""
    return list(_read("programme.yaml")["establishments"])


def invented_institutions() -> list[Entry]:
    """Institutions that exist only here, with their inventories."""
    return list(_read("institutions.yaml")["institutions"])


def help_places() -> Entry:
    """Places of help that exist only here, and the services that they share."""
    return _read("help_places.yaml")


def accounts() -> list[Entry]:
    """Invented people; those with a `purpose` show one role each."""
    return list(_read("accounts.yaml")["accounts"])


def sheets() -> list[Entry]:
    """Invented sheets, an adaptation always after what it adapts."""
    waiting = list(_read("sheets.yaml")["sheets"])
    ordered: list[Entry] = []
    known: set[str] = set()
    while waiting:
        ready = [entry for entry in waiting if entry.get("adapted_from") in known | {None}]
        if not ready:
            raise ValueError(f"Adaptations of unknown sheets: {[entry['slug'] for entry in waiting]}")
        ordered += ready
        known |= {entry["slug"] for entry in ready}
        waiting = [entry for entry in waiting if entry["slug"] not in known]
    return ordered


def ethics_when_absent() -> str:
    """What a sheet answers to the questions of the ethics list that it leaves out."""
    return str(_read("sheets.yaml")["ethics_when_absent"])


def kept() -> Entry:
    """Earlier versions, readings of simple versions, what is stale and what is not done any more."""
    return _read("kept.yaml")


def charters() -> list[Entry]:
    """Invented rules of use, with how they were decided."""
    return list(_read("charters.yaml")["charters"])


def trials() -> list[Entry]:
    """Invented trials, some failed."""
    return list(_read("trials.yaml")["trials"])


def evaluations() -> list[Entry]:
    """Invented recorded evaluations."""
    return list(_read("trials.yaml").get("evaluations", []))


def exchanges() -> Entry:
    """Invented questions, comments, collections and campaigns, by these names."""
    return _read("community.yaml")


def programme() -> Entry:
    """The facts of the first programme, under `programme` and `establishments`."""
    return _read("programme.yaml")


def studies() -> Entry:
    """The invented study that replays the shape of the programme."""
    return _read("studies.yaml")


def field() -> Entry:
    """The field work of the invented study but what was seen and said: grid, days, guides, journal, restitutions."""
    return _read("field/field.yaml")


def participants() -> Entry:
    """Invented people, by pseudonym, with what each agreed to; and who asked that everything be erased."""
    return _read("field/participants.yaml")


def observations() -> list[Entry]:
    """What was seen, place by place."""
    return [_read(f"field/{path.name}") for path in sorted((DATA / "field").glob("observations-*.yaml"))]


def interviews() -> list[Entry]:
    """What was said, an interview each, with its short name as `slug`."""
    return [
        _read(f"field/interviews/{path.name}") | {"slug": path.stem}
        for path in sorted((DATA / "field" / "interviews").glob("*.yaml"))
    ]

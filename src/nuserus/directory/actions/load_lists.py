"""Loading the versioned lists from the files beside the code.

Each is told where to write, so that a migration can hand over its historical model and connection,
and may be run again: what is known is brought up to date, nothing is removed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml
from django.db.models import QuerySet

DATA = Path(__file__).resolve().parent.parent / "data"


def load_categories(*, into: QuerySet[Any]) -> int:
    """Load the FINESS categories, each with the list that last changed it. Returns how many there are."""
    rows = [
        into.model(
            code=line["code"],
            label=line["label"],
            short=line["short"],
            group=line["group"],
            domain=line["domain"],
            list_version=line["version"],
        )
        for line in _lines("categories.csv")
    ]
    changed = ["label", "short", "group", "domain", "list_version"]
    return _write(into, rows, key="code", changed=changed)


def load_departments(*, into: QuerySet[Any]) -> int:
    """Load the departments. Returns how many there are."""
    rows = [into.model(**line) for line in _lines("departments.csv")]
    return _write(into, rows, key="code", changed=["label", "region"])


def load_publics(*, into: QuerySet[Any]) -> int:
    """Load the list of people accompanied. Returns how many there are."""
    given = yaml.safe_load((DATA / "publics.yaml").read_text(encoding="utf-8"))
    rows = [
        into.model(
            slug=item["slug"],
            label=item["label"],
            aliases=item.get("aliases", []),
            position=position,
            list_version=str(given["version"]),
        )
        for position, item in enumerate(given["items"])
    ]
    changed = ["label", "aliases", "position", "list_version"]
    return _write(into, rows, key="slug", changed=changed)


def _lines(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(into: QuerySet[Any], rows: list[Any], *, key: str, changed: list[str]) -> int:
    into.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=changed)
    return len(rows)

"""Loading families and catalogue from the files beside the code.

Both are told where to write, so that a migration can hand over its historical models and connection,
and may be run again: what is known is brought up to date, nothing is removed.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml
from django.db.models import QuerySet

from nuserus_analysis.text import fold

DATA = Path(__file__).resolve().parent.parent / "data"


def load_families(*, into: QuerySet[Any]) -> int:
    """Load the families of devices. Returns how many there are."""
    rows = [
        into.model(
            slug=item["slug"],
            label=item["label"],
            description=item["description"],
            pictogram=item["pictogram"],
            position=position,
        )
        for position, item in enumerate(_given("families.yaml")["items"])
    ]
    into.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=["label", "description", "pictogram", "position"],
    )
    return len(rows)


def load_devices(*, into: QuerySet[Any], families: QuerySet[Any], merged: Collection[str] = ()) -> int:
    """Load the catalogue. Returns how many devices it has. Raises KeyError on an unknown family.

    `merged` are the addresses of devices that were merged into others since: they are not put back.
    """
    family_ids = dict(families.values_list("slug", "pk"))
    given = _given("catalogue.yaml")
    rows = [
        into.model(
            slug=item["slug"],
            name=item["name"],
            folded=fold(item["name"]),
            family_id=family_ids[item["family"]],
            description=item["description"],
            aliases=item.get("aliases", []),
            questions_before_use=item.get("questions", []),
            programme_names=item.get("programme_names", []),
            list_version=str(given["version"]),
            status="accepted",
            scope_level="public",
        )
        for item in given["items"]
        if item["slug"] not in merged
    ]
    changed = ["name", "folded", "family", "description", "aliases", "questions_before_use"]
    into.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=[*changed, "programme_names", "list_version"],
    )
    return len(rows)


def _given(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))

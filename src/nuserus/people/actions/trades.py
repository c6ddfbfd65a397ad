"""Loading a version of the list of trades."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml
from django.db.models import Manager

# Given a manager and not the model, so that migrations can give theirs.
Trades = Manager[Any]


def read_trades() -> dict[str, Any]:
    """The list that comes with the program: `version`, `groups` and `items`."""
    text = files("nuserus.people").joinpath("data", "trades.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def load_trades(trades: Trades, *, using: str = "default") -> int:
    """Bring the table to the version of the file; returns how many trades the list has.

    A trade that is no longer in the list is retired and not deleted: people and sheets hold it.
    Run again on the same version it changes nothing.
    """
    content = read_trades()
    version = str(content["version"])
    groups = {group["slug"]: group["label"] for group in content["groups"]}
    rows = trades.using(using)
    for position, item in enumerate(content["items"], start=1):
        values = {
            "label": item["label"],
            "group": item["group"],
            "group_label": groups[item["group"]],
            "position": position,
            "r1110_2": item["r1110_2"],
            "r1110_2_ref": item.get("r1110_2_ref", ""),
            "aliases": item.get("aliases", []),
            "list_version": version,
            "retired": False,
        }
        rows.update_or_create(slug=item["slug"], defaults=values)
    known = [item["slug"] for item in content["items"]]
    rows.exclude(slug__in=known).update(retired=True)
    return len(known)

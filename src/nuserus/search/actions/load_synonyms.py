"""The first synonyms of an instance."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import yaml
from django.db.models import QuerySet


def load_synonyms(*, into: QuerySet[Any]) -> int:
    """Load data/synonyms.yaml into an empty table; returns how many lines it wrote.

    A table with lines is left as it is: from then on it belongs to the moderators.
    """
    if into.exists():
        return 0
    text = files("nuserus.search").joinpath("data", "synonyms.yaml").read_text(encoding="utf-8")
    given = yaml.safe_load(text)
    lines = [(terms, False) for terms in given["groups"]] + [(terms, True) for terms in given["narrower"]]
    version = str(given["version"])
    rows = [into.model(terms=terms, one_way=one_way, list_version=version) for terms, one_way in lines]
    into.bulk_create(rows)
    return len(rows)

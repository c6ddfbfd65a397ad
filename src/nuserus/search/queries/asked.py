"""What a person typed and ticked, brought to something that is safe to look for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from nuserus_analysis.text import MAX_QUERY_CHARACTERS

MAX_CHOSEN_GROUPS = 16
MAX_CHOSEN_VALUES = 40
MAX_FACET_CHARACTERS = 120

_GROUP = re.compile(r"[a-z][a-z_]{0,29}")
_UNWRITABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")

Facets = Mapping[str, Iterable[str]]


def clean_text(text: str) -> str:
    """Text without what PostgreSQL or a page cannot hold: NUL, controls, halves of surrogate pairs."""
    return _UNWRITABLE.sub(" ", text)


def clean_query(text: str) -> str:
    """A query as it is looked for and shown again: one line, at most MAX_QUERY_CHARACTERS."""
    return " ".join(clean_text(text[: 2 * MAX_QUERY_CHARACTERS]).split())[:MAX_QUERY_CHARACTERS]


def clean_facets(facets: Facets) -> dict[str, list[str]]:
    """The chosen values by group, bounded; groups with an impossible name or no value are left out."""
    chosen: dict[str, list[str]] = {}
    for group, values in facets.items():
        if len(chosen) == MAX_CHOSEN_GROUPS:
            break
        cleaned = [clean_text(value)[:MAX_FACET_CHARACTERS] for value in list(values)[:MAX_CHOSEN_VALUES]]
        kept = [value for value in dict.fromkeys(cleaned) if value.strip()]
        if kept and _GROUP.fullmatch(group):
            chosen[group] = kept
    return chosen


def facet(group: str, value: str) -> str:
    """A facet as the index holds it."""
    return f"{group}:{clean_text(value)[:MAX_FACET_CHARACTERS]}"

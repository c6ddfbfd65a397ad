"""Notions and team sessions, read once from `data/`.

They are texts to read, in French, like the guide: what is versioned with the program needs no table.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion, explained for professionals. `search`: the words that find sheets about it."""

    slug: str
    title: str
    pictogram: str
    short: str
    meaning: str
    daily: str
    attempt: str
    caution: str
    search: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamSession:
    """A session that a team can hold as it is. `minutes` in all; `concepts` are slugs of notions."""

    slug: str
    title: str
    minutes: int
    group: str
    pictogram: str
    aim: str
    material: str
    steps: tuple[str, ...]
    result: str
    concepts: tuple[str, ...]


def _read(name: str) -> list[dict[str, Any]]:
    text = files("nuserus.learning").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    items: list[dict[str, Any]] = yaml.safe_load(text)["items"]
    return [{key: tuple(value) if isinstance(value, list) else value for key, value in item.items()} for item in items]


CONCEPTS = {concept.slug: concept for concept in (Concept(**item) for item in _read("concepts"))}
SESSIONS = {session.slug: session for session in (TeamSession(**item) for item in _read("sessions"))}

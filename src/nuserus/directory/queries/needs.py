"""What people look for, in everyday words, and what answers it in the registers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.functional import Promise

from nuserus.directory.enums import Need

_FILE = Path(__file__).resolve().parent.parent / "data" / "finding.yaml"


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers a word of ours: themes and publics of the places of help, categories of institutions."""

    label: str | Promise = ""
    themes: tuple[str, ...] = ()
    publics: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def __str__(self) -> str:
        return str(self.label)


@cache
def _given() -> dict[str, Any]:
    given: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return given


def _answers(given: Mapping[str, Any], label: str | Promise = "") -> Answers:
    return Answers(
        label=label,
        themes=tuple(given.get("themes", ())),
        publics=tuple(given.get("publics", ())),
        categories=tuple(given.get("categories", ())),
    )


@cache
def needs() -> dict[str, Answers]:
    """The needs by their word in addresses, in the order in which they are offered."""
    return {item["slug"]: _answers(item, Need(item["slug"]).label) for item in _given()["needs"]}


@cache
def answers_for_public(slug: str) -> Answers:
    """What is for these people beside the institutions that say so themselves."""
    return _answers(_given()["publics"].get(slug, {}))

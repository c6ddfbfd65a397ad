"""Shapes that a study may start from, from a versioned list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from nuserus.studies.enums import KeptFrom, KeptThen, Material, StepKind

_FILE = Path(__file__).parents[1] / "data" / "templates.yaml"


@dataclass(frozen=True, slots=True)
class StepShape:
    """A step as a template proposes it."""

    name: str
    kind: StepKind
    days: Decimal
    in_each_place: bool
    produces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseShape:
    """A phase and its steps."""

    name: str
    aim: str
    steps: tuple[StepShape, ...]


@dataclass(frozen=True, slots=True)
class StudyShape:
    """A template: its key in the list, its words, its phases."""

    key: str
    name: str
    about: str
    phases: tuple[PhaseShape, ...]


@dataclass(frozen=True, slots=True)
class RetentionShape:
    """How long a material is kept, as proposed."""

    material: Material
    months: int
    kept_from: KeptFrom
    then: KeptThen
    reason: str


@cache
def _read() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def study_shapes() -> dict[str, StudyShape]:
    """Every template by its key, in the order of the list."""
    return {told["key"]: _shape(told) for told in _read()["templates"]}


def _shape(told: dict[str, Any]) -> StudyShape:
    phases = tuple(PhaseShape(one["name"], one["aim"], tuple(map(_step, one["steps"]))) for one in told["phases"])
    return StudyShape(told["key"], told["name"], " ".join(told["about"].split()), phases)


def _step(told: dict[str, Any]) -> StepShape:
    return StepShape(
        told["name"],
        StepKind(told["kind"]),
        Decimal(str(told["days"])),
        told["in_each_place"],
        tuple(told["produces"]),
    )


@cache
def retention_shapes() -> tuple[RetentionShape, ...]:
    """The rules of retention that are proposed."""
    return tuple(
        RetentionShape(
            Material(told["material"]),
            told["months"],
            KeptFrom(told["kept_from"]),
            KeptThen(told["then"]),
            told["reason"],
        )
        for told in _read()["retention"]
    )


@cache
def self_evaluation_items() -> dict[str, str]:
    """What somebody says of what they know how to do: the key of each line and its words."""
    return {told["key"]: told["text"] for told in _read()["self_evaluation"]}

"""The inventories together: which devices, where, at which stage; the same numbers for everybody.

Public lines are counted as they are now. Of the others, only whole blocks are (`rules.blocks`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from nuserus.devices.enums import STAGE_ORDER
from nuserus.devices.models import NetworkBlock
from nuserus.devices.rules.blocks import DIMENSIONS, NONE, At, Block, counted, counted_by, wanted

_ORDER = ", ".join(f"'{stage}'" for stage in STAGE_ORDER)
# Each device of each place once, at its furthest stage.
_PUBLIC = f"""
WITH sizes AS (SELECT operator_id, count(*) AS places FROM directory_institution
  WHERE operator_id IS NOT NULL AND closed_on IS NULL GROUP BY operator_id),
told AS (
  SELECT DISTINCT ON (line.institution_id, line.device_id)
    line.institution_id AS place, family.slug AS family, device.slug AS device,
    coalesce(category.code, '{NONE}') AS category, department.region AS region, department.code AS department,
    coalesce(nullif(line.stage, ''), '{NONE}') AS stage,
    coalesce(place.operator_id::text, '{NONE}') AS operator,
    CASE WHEN sizes.places IS NULL THEN '{NONE}' WHEN sizes.places <= 1 THEN 'seul'
      WHEN sizes.places < 10 THEN 'petit' WHEN sizes.places < 50 THEN 'moyen' ELSE 'grand' END AS size
  FROM devices_deployment line
  JOIN devices_device device ON device.id = line.device_id AND device.status = 'accepted'
  JOIN devices_devicefamily family ON family.id = device.family_id
  JOIN directory_institution place ON place.id = line.institution_id AND place.closed_on IS NULL
  JOIN directory_department department ON department.id = place.department_id
  LEFT JOIN directory_category category ON category.id = place.category_id
  LEFT JOIN sizes ON sizes.operator_id = place.operator_id
  WHERE line.scope_level = 'public'
  ORDER BY line.institution_id, line.device_id, array_position(ARRAY[{_ORDER}]::text[], line.stage::text) DESC
)
"""  # noqa: S608 (words of our own)
_SETS = """
SELECT grouping(family, device, category, region, department, stage, operator) AS apart,
  family, device, category, region, department, stage, operator, count(*), count(DISTINCT place)
FROM told WHERE {where}
GROUP BY GROUPING SETS ((), (family), (device, family), (category), (region), (department), (stage), (operator),
  (device, stage), (family, stage))
"""
_SETS_ORDER = ("family", "device", "category", "region", "department", "stage", "operator")
BREAKDOWNS = ("family", "device", "category", "region", "department", "operator", "stage")


@dataclass(slots=True)
class Counts:
    """Numbers under a choice: by value of each dimension, and by stage of each device and family."""

    total: int = 0
    places: int = 0
    by: dict[str, Counter[str]] = field(default_factory=lambda: {name: Counter() for name in BREAKDOWNS})
    # lines that are counted in the total and not told apart
    apart: Counter[str] = field(default_factory=Counter)
    family_of: dict[str, str] = field(default_factory=dict)
    stages: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    # lines of places that show them to everybody
    public: int = 0
    released_at: datetime | None = None

    def stages_of(self, dimension: str, value: str) -> Counter[str]:
        """The lines of a device or of a family by stage."""
        return self.stages.setdefault((dimension, value), Counter())


def network_counts(chosen: Mapping[str, str]) -> Counts:
    """What may be shown under a choice of values: two queries, whatever is chosen.

    Raises ValueError on an unknown dimension.
    """
    choice = wanted(chosen)
    counts = Counts()
    _add_public(counts, chosen)
    said = {name: value for name, value in chosen.items() if value}
    released = NetworkBlock.objects.filter(**said).values_list("of_places", "count", "released_at", *DIMENSIONS)
    of_devices: list[Block] = []
    of_places: list[Block] = []
    for places, number, when, *values in released:
        (of_places if places else of_devices).append(Block(tuple(value or None for value in values), number))
        counts.released_at = when
    _add_blocks(counts, of_devices, choice)
    if not {"family", "device", "stage"} & set(chosen):
        counts.places += counted(of_places, choice)
    else:
        # a place may have several devices: only those of one device are counted in places
        counts.places = counts.total if "device" in chosen else 0
    return counts


def _add_public(counts: Counts, chosen: Mapping[str, str]) -> None:
    names = [name for name in DIMENSIONS if chosen.get(name)]
    where = " AND ".join(f"{name} = %s" for name in names) or "TRUE"
    with connection.cursor() as cursor:
        cursor.execute(_PUBLIC + _SETS.format(where=where), [chosen[name] for name in names])
        rows = cursor.fetchall()
    for apart, *values, number, places in rows:
        bits = f"{apart:0{len(_SETS_ORDER)}b}"
        said = {name: value for name, value, bit in zip(_SETS_ORDER, values, bits, strict=True) if bit == "0"}
        _add_set(counts, said, number, places)
    counts.public = counts.total


def _add_set(counts: Counts, said: Mapping[str, Any], number: int, places: int) -> None:
    match sorted(said):
        case []:
            counts.total, counts.places = number, places
        case ["device", "family"]:
            counts.by["device"][said["device"]] += number
            counts.family_of[said["device"]] = said["family"]
        case [one]:
            counts.by[one][said[one]] += number
        case [of, "stage"]:
            counts.stages_of(of, said[of])[said["stage"]] += number


def _add_blocks(counts: Counts, blocks: list[Block], choice: At) -> None:
    counts.total += counted(blocks, choice)
    for name in BREAKDOWNS:
        by_value, counts.apart[name] = counted_by(blocks, choice, name)
        counts.by[name].update(by_value)
    device, family, stage = (DIMENSIONS.index(name) for name in ("device", "family", "stage"))
    for block in blocks:
        if counted([block], choice):
            if block.at[device] and block.at[family]:
                counts.family_of.setdefault(str(block.at[device]), str(block.at[family]))
            for name, rank in (("device", device), ("family", family)):
                if (value := block.at[rank]) is not None:
                    counts.stages_of(name, value)[block.at[stage] or ""] += block.count

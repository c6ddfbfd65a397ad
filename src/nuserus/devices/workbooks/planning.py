"""What a workbook would change, said before it changes anything."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Deployment, Device
from nuserus.devices.queries import devices_to_choose_from, inventory_of
from nuserus.devices.workbooks.layout import COLUMNS, LEVEL_WORDS, STAGE_WORDS
from nuserus.devices.workbooks.reading import Fault, Row, Words, key, read_rows
from nuserus.directory.models import Institution, Public
from nuserus.foundation.asking import Asking
from nuserus.people.models import Trade


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that changes, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Planned:
    """A valid row: the line that it changes (None for a new one), its answers and what changes."""

    row: Row
    name: str
    line: Deployment | None
    changes: list[Change]
    given: dict[str, Any]


@dataclass(slots=True)
class Plan:
    """What would be added, changed, left as it is, and what is wrong."""

    added: list[Planned] = field(default_factory=list)
    changed: list[Planned] = field(default_factory=list)
    same: int = 0
    faults: list[Fault] = field(default_factory=list)
    rows_with_faults: int = 0

    @property
    def valid(self) -> int:
        return len(self.added) + len(self.changed)

    @property
    def fingerprint(self) -> str:
        """Changes as soon as what would be done does."""
        said = [
            (planned.row.number, planned.line and planned.line.pk, planned.changes, sorted(planned.given.items()))
            for planned in (*self.added, *self.changed)
        ]
        return hashlib.sha256(repr(said).encode()).hexdigest()


class Lists:
    """The words of the lists for one person: devices she may choose, trades, publics."""

    def __init__(self, asking: Asking, lines: Iterable[Deployment] = ()) -> None:
        """`lines` may be about devices that can be chosen no more."""
        self.devices: list[Device] = list(devices_to_choose_from(asking))
        known = {device.pk for device in self.devices}
        self.devices += list({line.device_id: line.device for line in lines if line.device_id not in known}.values())
        self.trades = dict(Trade.objects.filter(retired=False).values_list("slug", "label"))
        self.publics = dict(Public.objects.values_list("slug", "label"))

    def offered(self) -> dict[str, list[str]]:
        """Column → its words, for the workbook to fill in."""
        return {
            "device": [device.name for device in self.devices],
            "used_by": list(self.trades.values()),
            "with_publics": list(self.publics.values()),
        }

    def words(self) -> Words:
        """What the cells may say: the name of a device, or one of its other names that no other device has."""
        others: dict[str, set[UUID]] = {}
        for device in self.devices:
            for alias in device.aliases:
                others.setdefault(key(alias), set()).add(device.pk)
        ids = {alias: next(iter(found)) for alias, found in others.items() if len(found) == 1}
        names = {key(device.name): device for device in self.devices}
        return Words(
            devices=ids | {name: device.pk for name, device in names.items()},
            device_names={name: device.name for name, device in names.items()},
            trades={key(label): slug for slug, label in self.trades.items()},
            publics={key(label): slug for slug, label in self.publics.items()},
        )

    def row_of(self, line: Deployment) -> dict[str, object]:
        """A line as the cells of the workbook."""
        return {"reference": str(line.pk), **{name: self.said(name, value) for name, value in _answers(line).items()}}

    def said(self, name: str, value: Any) -> Any:
        """An answer in the words of its column; numbers stay numbers."""
        match name:
            case "device":
                return next((device.name for device in self.devices if device.pk == value), "")
            case "stage":
                return STAGE_WORDS.get(value, "")
            case "scope_level":
                return {str(level): words for level, words in LEVEL_WORDS.items()}.get(str(value), "")
            case "used_by":
                return " ; ".join(self.trades.get(slug, slug) for slug in value)
            case "with_publics":
                return " ; ".join(self.publics.get(slug, slug) for slug in value)
        return value


_NAMES = tuple(column.name for column in COLUMNS if column.name != "reference")


def _answers(line: Deployment) -> dict[str, Any]:
    found = {name: getattr(line, name) for name in _NAMES if name not in {"device", "used_by", "with_publics"}}
    return {
        "device": line.device_id,
        **found,
        "used_by": tuple(line.used_by),
        "with_publics": tuple(line.with_publics),
    }


def plan_of(asking: Asking, institution: Institution, content: bytes) -> Plan:
    """What the workbook would change in the inventory as it is now.

    Raises ValidationError, one sentence, when the file cannot be read at all.
    """
    lines = {line.pk: line for line in inventory_of(asking, institution)}
    lists = Lists(asking, lines.values())
    rows = read_rows(content, lists.words())
    plan = Plan()
    taken: set[UUID] = set()
    for row in rows:
        line = _line_of(row, lines, taken)
        if row.faults:
            plan.faults += row.faults
            plan.rows_with_faults += 1
            continue
        if line is not None:
            taken.add(line.pk)
        _sort(plan, row, line, lists)
    return plan


def _line_of(row: Row, lines: dict[UUID, Deployment], taken: set[UUID]) -> Deployment | None:
    """The line that a row is about: by its reference, or the same device under the same name."""
    if row.reference is not None:
        line = lines.get(row.reference)
        where = f"A{row.number}"
        if line is None:
            row.faults.append(
                Fault(where, _("cette référence n’est pas dans cet inventaire. Effacez-la pour une ligne nouvelle."))
            )
        elif line.pk in taken:
            row.faults.append(Fault(where, _("cette référence est déjà plus haut. Gardez une seule des deux lignes.")))
        return line
    same = (
        line
        for line in lines.values()
        if line.pk not in taken
        and line.device_id == row.given.get("device")
        and key(line.own_name) == key(row.given.get("own_name", ""))
    )
    return next(same, None)


def _sort(plan: Plan, row: Row, line: Deployment | None, lists: Lists) -> None:
    before = _answers(line) if line is not None else {}
    # a column that was taken out of the file keeps what the line says
    given = {**before, **row.given}
    name = given.get("own_name") or lists.said("device", given["device"])
    if line is None:
        plan.added.append(Planned(row, name, None, _changes({}, given, lists), given))
        return
    changes = _changes(before, given, lists)
    if changes:
        plan.changed.append(Planned(row, name, line, changes, given))
    else:
        plan.same += 1


def _changes(before: dict[str, Any], after: dict[str, Any], lists: Lists) -> list[Change]:
    found = []
    for column in COLUMNS:
        old, new = (side.get(column.name) for side in (before, after))
        if old in (None, "", ()) and new in (None, "", ()):
            continue
        if isinstance(old, tuple) and isinstance(new, tuple) and set(old) == set(new):
            continue
        if _same_text(old, new):
            continue
        found.append(Change(str(column.label), _shown(lists, column.name, old), _shown(lists, column.name, new)))
    return found


def _same_text(old: Any, new: Any) -> bool:
    if isinstance(old, str) and isinstance(new, str):
        return old.replace("\r\n", "\n").strip() == new
    return bool(old == new)


def _shown(lists: Lists, name: str, value: Any) -> str:
    if value in (None, "", ()):
        return ""
    if name == "stage":
        return str(AppropriationStage(value).label)
    return str(lists.said(name, value))


def rows_of(lines: Iterable[Deployment], lists: Lists) -> list[dict[str, object]]:
    """Lines as the cells of the workbook."""
    return [lists.row_of(line) for line in lines]

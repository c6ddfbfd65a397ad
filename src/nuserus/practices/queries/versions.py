"""The versions of a sheet, as they are listed, read and compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Contributor, Sheet, SheetVersion, VersionContent
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.version_parts import Part, changed_parts, parts_of
from nuserus.practices.rules import can_read_version

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One version in the list: what changed since the one before, by whom, or why it is closed.

    `before` is None for the first version; `comparable` is false when one of the two is closed.
    """

    version: SheetVersion
    by: str
    read_by: str
    changed: list[str]
    before: int | None
    comparable: bool


def versions_of(asking: Asking, sheet: Sheet) -> list[SheetVersion]:
    """Every version that the person may know of, last first; those with `closed_at` hold nothing."""
    rows = can_read_version.filter(SheetVersion.objects.filter(sheet=sheet), asking)
    return list(rows.order_by("-number"))


def contents_of(versions: Iterable[SheetVersion]) -> dict[int, Content]:
    """What these versions of one sheet held, by their number; closed ones are left out. One query."""
    kept = VersionContent.objects.filter(version__in=list(versions))
    return dict(kept.values_list("version__number", "content"))


def content_of(version: SheetVersion) -> Content | None:
    """What a version held; None once it is closed."""
    return contents_of([version]).get(version.number)


def version_of(asking: Asking, sheet: Sheet, number: int) -> SheetVersion:
    """One version. Raises Unreadable."""
    found = can_read_version.filter(SheetVersion.objects.filter(sheet=sheet, number=number), asking)
    version = found.select_related("sheet").first()
    if version is None:
        raise Unreadable
    return version


def current_version(sheet: Sheet) -> SheetVersion | None:
    """The version that the page of the sheet shows; None when it was published before there were any."""
    return SheetVersion.objects.filter(sheet=sheet, number=sheet.version).first()


def history_lines(sheet: Sheet, versions: list[SheetVersion]) -> list[HistoryLine]:
    """Versions that follow each other, last first, each with what changed since the one before."""
    names, lists = names_on(sheet), labels()
    parts = {number: parts_of(content, lists) for number, content in contents_of(versions).items()}
    befores = [*versions[1:], None]
    return [_line(version, before, parts, names) for version, before in zip(versions, befores, strict=True)]


def _line(
    version: SheetVersion, before: SheetVersion | None, parts: dict[int, list[Part]], names: dict[UUID | None, str]
) -> HistoryLine:
    comparable = before is not None and version.number in parts and before.number in parts
    changed = changed_parts(parts[before.number], parts[version.number]) if before and comparable else []
    return HistoryLine(
        version=version,
        by=names.get(version.made_by_id, ""),
        read_by=names.get(version.read_by_id, ""),
        changed=changed,
        before=before.number if before else None,
        comparable=comparable,
    )


def names_on(sheet: Sheet) -> dict[UUID | None, str]:
    """The names that people chose to show on this sheet, by the id of their account."""
    people = Contributor.objects.filter(sheet=sheet, account__isnull=False).order_by("-pk")
    return dict(people.values_list("account", "name"))

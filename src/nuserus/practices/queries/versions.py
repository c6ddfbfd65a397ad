"""The versions of a sheet, as they are listed, read and compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Contributor, Sheet, SheetVersion
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.version_parts import Part, changed_parts, parts_of
from nuserus.practices.rules import can_read_version

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One version in the list: what changed since the one before, by whom, or why it is closed.

    `changed` is empty for the first version, and when one of the two cannot be read any more
    (`comparable` is then false).
    """

    version: SheetVersion
    by: str
    read_by: str
    changed: list[str]
    is_first: bool
    comparable: bool


def versions_of(asking: Asking, sheet: Sheet) -> list[SheetVersion]:
    """Every version that the person may read of, last first; a closed one has no `content`."""
    rows = can_read_version.filter(SheetVersion.objects.filter(sheet=sheet), asking)
    return list(rows.select_related("kept").order_by("-number"))


def content_of(version: SheetVersion) -> Content | None:
    """What a version held; None once it is closed."""
    kept = getattr(version, "kept", None)
    return kept.content if kept is not None and version.closed_at is None else None


def version_of(asking: Asking, sheet: Sheet, number: int) -> SheetVersion:
    """One version. Raises Unreadable."""
    found = can_read_version.filter(SheetVersion.objects.filter(sheet=sheet, number=number), asking)
    version = found.select_related("kept", "sheet").first()
    if version is None:
        raise Unreadable
    return version


def current_version(sheet: Sheet) -> SheetVersion | None:
    """The version that the page of the sheet shows; None when it was published before there were any."""
    return SheetVersion.objects.filter(sheet=sheet, number=sheet.version).first()


def history_lines(sheet: Sheet, versions: list[SheetVersion]) -> list[HistoryLine]:
    """The list of versions, last first, each with what changed since the one before."""
    names = names_on(sheet)
    parts = {version.number: _parts(version) for version in versions}
    return [
        _line(version, before, parts, names) for version, before in zip(versions, [*versions[1:], None], strict=True)
    ]


def _line(
    version: SheetVersion,
    before: SheetVersion | None,
    parts: dict[int, list[Part] | None],
    names: dict[Any, str],
) -> HistoryLine:
    now, then = parts[version.number], parts[before.number] if before else None
    comparable = before is not None and now is not None and then is not None
    return HistoryLine(
        version=version,
        by=names.get(version.made_by_id, ""),
        read_by=names.get(version.read_by_id, ""),
        changed=changed_parts(then, now) if now is not None and then is not None else [],
        is_first=before is None,
        comparable=comparable,
    )


def _parts(version: SheetVersion) -> list[Part] | None:
    content = content_of(version)
    return parts_of(content, labels()) if content is not None else None


def names_on(sheet: Sheet) -> dict[Any, str]:
    """The names that people chose to show on this sheet, by the id of their account."""
    people = Contributor.objects.filter(sheet=sheet, account__isnull=False).order_by("-pk")
    return dict(people.values_list("account", "name"))

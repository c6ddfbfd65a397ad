"""How the published sheets lived: their versions, their readings, what nobody confirms any more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from nuserus.portal.demonstration.sources import kept
from nuserus.practices.actions.versions import keep_version
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.versions import YEAR
from nuserus.practices.models import PlainReview, Sheet, SheetVersion

# Fourteen months without a word: a year, and two months.
_STALE = timedelta(days=427)


def load_kept(made: dict[str, Sheet]) -> None:
    """Last of all: what a version holds is written by the database, from the sheet as it then stands."""
    published = {slug: sheet for slug, sheet in made.items() if sheet.status == SheetStatus.PUBLISHED}
    for slug, sheet in published.items():
        _versions(sheet, kept()["versions"].get(slug, []))
    for told in kept()["readings"]:
        _read(published[told["sheet"]], told)
    _confirm(published)


def _versions(sheet: Sheet, earlier: list[dict[str, Any]]) -> None:
    now = Sheet.objects.get(pk=sheet.pk)
    for number, version in enumerate(earlier or [{"before": {}}], 1):
        Sheet.objects.filter(pk=sheet.pk).update(version=number, **version["before"])
        made = keep_version(Sheet.objects.get(pk=sheet.pk), made_by=sheet.author_id, summary=version.get("summary", ""))
        at = _days_ago(version["days"]) if "days" in version else now.published_at
        SheetVersion.objects.filter(pk=made.pk).update(made_at=at)
        Sheet.objects.filter(pk=sheet.pk).update(**{name: getattr(now, name) for name in version["before"]})
    Sheet.objects.filter(adapted_from=sheet.pk).update(adapted_from_version=1)


def _days_ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _read(sheet: Sheet, told: dict[str, Any]) -> None:
    PlainReview.objects.create(
        sheet=sheet,
        text=Sheet.objects.get(pk=sheet.pk).simple_version,
        readers=told["readers"],
        how_many=told["how_many"],
        way=told["way"],
        what_changed=told["what_changed"],
        done_on=timezone.localdate() - timedelta(days=told["days"]),
        recorded_by=sheet.author,
        scope_level=sheet.scope_level,
    )


def _confirm(published: dict[str, Sheet]) -> None:
    """Every sheet was confirmed during the year, whatever the day of the demonstration, but those that show it."""
    today = timezone.localdate()
    for rank, (slug, sheet) in enumerate(published.items()):
        since = _STALE if slug in kept()["stale"] else timedelta(days=20 + rank * 9)
        stopped = _days_ago(60) if slug in kept()["stopped"] else None
        Sheet.objects.filter(pk=sheet.pk).update(review_date=today - since + YEAR, stopped_at=stopped)

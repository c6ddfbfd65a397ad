"""Versions of sheets, readings of their simple versions, questions to their authors, who writes now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nuserus.foundation.asking import as_system
from nuserus.foundation.levels import Level
from nuserus.practices.models import FreshnessCheck, PlainReview, Presence, SheetVersion, VersionContent

if TYPE_CHECKING:
    from tests.access.world import World

VERSIONS_MODELS = (FreshnessCheck, PlainReview, Presence, SheetVersion, VersionContent)


def add_versions(world: World) -> None:
    """Written as the system: of the published sheet, of the draft, and of the one that was withdrawn."""
    published, draft = world.rows["practices.Sheet"]
    gone = world.rows["practices.AbsentSheet"][0]
    author = world.people["auteur"]
    assert author is not None
    with as_system("test data"):
        for sheet in (published, gone):
            version = SheetVersion.objects.get(sheet=sheet.pk)
            world.keep(version, VersionContent.objects.get(version=version))
        reading = PlainReview.objects.create(
            sheet=published,
            text=published.simple_version,
            readers="des résidents",
            how_many=3,
            way="pair",
            done_on=timezone.localdate(),
            recorded_by=author,
            scope_level=published.scope_level,
        )
        restricted = {"scope_level": Level.RESTRICTED, "scope_author": author.pk}
        check = FreshnessCheck.objects.create(
            sheet=published, due_on=timezone.localdate(), scope_mission=published.pk, **restricted
        )
        presence = Presence.objects.create(
            sheet=draft, question="intention", account=author, seen_at=timezone.now(), scope_mission=draft.pk,
            **restricted,
        )  # fmt: skip
        world.keep(PlainReview.objects.get(pk=reading.pk), check, presence)

"""Flags on a draft and on a sheet in review: read by those named on it, and by nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.foundation.asking import as_system
from nuserus.practices.models import Sheet
from nuserus.screening.models import Flag, ScreenedText
from nuserus.screening.queries.digests import text_digest, words_digest

if TYPE_CHECKING:
    from tests.access.world import World

SCREENING_MODELS = (ScreenedText, Flag)


def add_screening(world: World) -> None:
    """One screened answer with one flag, on each of the two."""
    with as_system("test data"):
        _flag(world, world.rows["practices.Sheet"][1], "")
        _flag(world, world.rows["practices.Sheet · en relecture"][0], "en relecture")


def _flag(world: World, sheet: Sheet, case: str) -> None:
    text = sheet.intention or "Avec Léo."
    screened = ScreenedText.objects.create(
        kind="practices.Sheet",
        object_id=sheet.pk,
        field="intention.intention",
        text_digest=text_digest(text),
        rules_version="0",
        scope_author=sheet.author_id,
        scope_mission=sheet.pk,
    )
    flag = Flag.objects.create(
        screened=screened, kind="name", start=0, end=3, words_digest=words_digest(sheet.pk, "name", text[:3])
    )
    world.keep(screened, Flag.objects.get(pk=flag.pk), case=case)

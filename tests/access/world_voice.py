"""Voices in the world: one that its author reads over, one that a facilitator took to write down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils import timezone

from nuserus.foundation.asking import as_system
from nuserus.foundation.models import MissionHolder
from nuserus.practices.actions.speaking import KIND
from nuserus.voice.enums import RecordingState
from nuserus.voice.models import Recording

if TYPE_CHECKING:
    from tests.access.world import World

SPOKEN = "CANARI-VOIX"
TAKEN = "confié à l’animateur"


def add_voices(world: World) -> None:
    """Both of the author of the draft, who is named on each, as after a deposit."""
    author, facilitator = world.people["auteur"], world.people["animateur"]
    assert author is not None and facilitator is not None
    draft = world.rows["practices.Sheet"][1]
    now = timezone.now()
    written = {"state": RecordingState.WRITTEN, "transcript": f"{SPOKEN} ce que nous voulions", "written_at": now}
    taken = {
        "state": RecordingState.TO_WRITE, "entrusted_at": now, "taken_by": facilitator.pk, "taken_at": now,
    }  # fmt: skip
    with as_system("test data"):
        for number, (case, fields) in enumerate((("", written), (TAKEN, taken))):
            recording = Recording(
                kind=KIND, about=draft.pk, question="intention", sent_sha256=f"{number:064}", size=8, seconds=2.0,
                scope_author=author.pk, **fields,
            )  # fmt: skip
            recording.scope_mission = recording.pk
            recording.file.save("voix.m4a", ContentFile(b"a voice."), save=False)
            recording.save(force_insert=True)
            holders = [author, facilitator] if case else [author]
            for holder in holders:
                MissionHolder.objects.create(mission_id=recording.pk, holder_id=holder.pk)
            world.keep(Recording.objects.get(pk=recording.pk), case=case)
    world.readers[SPOKEN] = {"auteur"}

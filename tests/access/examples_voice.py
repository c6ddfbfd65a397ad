"""Addresses of answers said aloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from tests.access.world_voice import TAKEN

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

OWN = ("voice:sound", "voice:text", "voice:throw", "voice:entrust")


def voice_examples(world: World) -> Iterator[Example]:
    """The queue, what is done with one's own, what is done with another's."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    yield Example("voice:queue", "voice:queue", reverse("voice:queue"))
    draft = world.rows["practices.Sheet"][1]
    for name in ("voice:deposit", "voice:list"):
        yield _on(name, "", "partager", draft.pk, "intention", missing=("partager", NOT_THERE, "intention"))
    (own,), (taken,) = world.rows["voice.Recording"], world.rows[f"voice.Recording · {TAKEN}"]
    for name in OWN:
        yield _on(name, "à relire", own.pk, missing=(NOT_THERE,))
    yield _on("voice:sound", "confiée", taken.pk, missing=(NOT_THERE,))
    for name in ("voice:take", "voice:write"):
        yield _on(name, "", taken.pk, missing=(NOT_THERE,))

"""What a place says of itself, and the name that it had before: read by its referents and the moderators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.directory.actions.correct_institution import correct_institution
from nuserus.directory.enums import OwnDetail
from nuserus.directory.models import Correction
from nuserus.foundation.asking import acting_as

if TYPE_CHECKING:
    from tests.access.world import World

HOURS_BEFORE = "CANARI-ANCIENS-HORAIRES"
CLAIMS_MODELS = (Correction,)


def add_claims(world: World) -> None:
    """Hours that the referent of the place corrected: what was there before is theirs."""
    referent = world.people["référent du lieu"]
    assert referent is not None
    for hours in (HOURS_BEFORE, "du lundi au vendredi"):
        with acting_as(referent.pk) as asking:
            made = correct_institution(actor=asking, institution=world.place, details={OwnDetail.OPENING: hours})
    world.keep(*made)
    world.place.refresh_from_db()
    world.readers[HOURS_BEFORE] = {"référent du lieu", "modérateur"}

"""What members added to « Se former »: a link, a resource that waits, and one that was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.learning.enums import ResourceStatus
from nuserus.learning.models import Illustration, Resource
from tests.factories.learning import make_illustration, make_resource

if TYPE_CHECKING:
    from tests.access.world import World

PROPOSED_RESOURCE = "CANARI-RESSOURCE"
LEARNING_MODELS = (Illustration, Resource)


def add_learning(world: World) -> None:
    """All by the author of the sheets."""
    author = world.people["auteur"]
    assert author is not None
    world.keep(make_illustration(world.rows["practices.Sheet"][0], author))
    world.keep(make_resource(author, title=f"{PROPOSED_RESOURCE} à écouter"))
    world.keep(make_resource(author, status=ResourceStatus.ACCEPTED), case="acceptée")
    world.readers[PROPOSED_RESOURCE] = {"auteur", "modérateur"}

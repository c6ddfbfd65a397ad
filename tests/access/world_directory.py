"""An import of a register and a proposal of duplicate: read by who answers for the directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.directory.enums import DuplicateKind, DuplicateReason, ImportSource, ImportState
from nuserus.directory.models import DuplicateProposal, Import
from nuserus.foundation.asking import as_system
from tests.factories.directory import make_place

if TYPE_CHECKING:
    from tests.access.world import World

IMPORTED = "CANARI-FICHIER-DU-REGISTRE"
DIRECTORY_MODELS = (Import, DuplicateProposal)


def add_directory(world: World) -> None:
    """One applied import, and the two institutions of the world as a duplicate."""
    with as_system("test data"):
        run = Import.objects.create(
            source=ImportSource.FINESS_CLASSIC, file_name=f"{IMPORTED}.csv", state=ImportState.APPLIED
        )
        proposal = DuplicateProposal.objects.create(
            kind=DuplicateKind.INSTITUTIONS, first=world.place.pk, second=world.elsewhere.pk,
            reason=DuplicateReason.NEAR_NAME, score=0.8, run=run,
        )  # fmt: skip
    world.keep(run, proposal)
    world.help_place = make_place("Atelier du Test", latitude=43.95, longitude=4.81, opening_hours="Mo-Fr 09:00-12:00")
    world.readers[IMPORTED] = {"administrateur du site", "modérateur"}

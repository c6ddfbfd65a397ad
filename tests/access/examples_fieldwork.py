"""Addresses of the field: visits, observations, journal, restitutions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from tests.access.world_fieldwork import IN_THE_MAKING

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

PLAIN = ("home", "journal", "new_entry", "export_journal")
ON = {
    "studies.StudyPlace": ("place", "new_visit", "new_restitution"),
    "studies.Study": ("restitutions",),
    "fieldwork.Visit": ("visit", "change_visit", "finish_visit", "cancel_visit", "observe"),
    "fieldwork.JournalEntry": ("entry", "change_entry", "remove_entry"),
    "fieldwork.RestitutionMeeting": ("restitution", "change_restitution"),
}
ON_AN_OBSERVATION = (
    "observation", "write_observation", "save_observation", "remove_observation", "reread_observation",
)  # fmt: skip


def fieldwork_examples(world: World) -> Iterator[Example]:
    """The person's own pages, then each thing; an observation that is finished, and one in the making."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in PLAIN:
        yield Example(f"fieldwork:{name}", f"fieldwork:{name}", reverse(f"fieldwork:{name}"))
    for label, names in ON.items():
        for name in names:
            yield _on(f"fieldwork:{name}", "", world.rows[label][0].pk, missing=(NOT_THERE,))
    done = world.rows["fieldwork.Observation"][0]
    begun = world.rows[f"fieldwork.Observation · {IN_THE_MAKING}"][0]
    for name in ON_AN_OBSERVATION:
        yield _on(f"fieldwork:{name}", "terminée", done.pk, missing=(NOT_THERE,))
        yield _on(f"fieldwork:{name}", IN_THE_MAKING, begun.pk, missing=(NOT_THERE,))
    # a fiche of a grid of the place alone is of no study: nobody takes it up
    fiche = world.rows["instruments.Submission"][0]
    yield _on("fieldwork:take_up", "d’une grille du lieu", fiche.pk, missing=(NOT_THERE,))

"""Addresses of participants and of the notices they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

IN_A_PLACE = ("participants", "new_participant", "notices", "notices_pdf")
ON_ONE = ("participant", "change_participant", "leave_participant", "participant_card", "ask", "sitting")


def participants_examples(world: World) -> Iterator[Example]:
    """The list of the place of the study, its notices, then one of them."""
    from tests.access.examples import NOT_THERE, _on  # it imports us

    (place,) = world.rows["studies.StudyPlace"]
    (participant,) = world.rows["studies.Participant"]
    for name in IN_A_PLACE:
        yield _on(f"studies:{name}", "", place.pk, missing=(NOT_THERE,))
    yield _on("studies:notice", "", place.pk, "take-part", missing=(NOT_THERE, "take-part"))
    for name in ON_ONE:
        yield _on(f"studies:{name}", "", participant.pk, missing=(NOT_THERE,))

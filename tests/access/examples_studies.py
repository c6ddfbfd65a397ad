"""Addresses of a study."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from tests.access.examples_participants import participants_examples
from tests.access.world_studies import OF_THE_GROUP

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

PLAIN = ("list", "open", "feed")
ON_A_STUDY = (
    "detail", "start", "close", "progress", "plan", "places", "calendar", "new_event", "decisions", "cycles", "training",
    "agreement", "new_session", "certificates", "effects", "bibliography", "new_reference", "import_references",
    "bibtex", "ris",
)  # fmt: skip
ON = {
    "studies.Participation": ("answer", "leave", "renew", "remove_seat", "certify"),
    "studies.StudyPlace": ("answer_place", "place", "new_effect"),
    "studies.StudyGroup": ("circle",),
    "studies.Phase": ("phase", "remove_phase", "new_step"),
    "studies.Step": ("step", "finish_step", "remove_step"),
    "studies.Certificate": ("certificate",),
    "studies.Reference": ("reference", "remove_reference"),
}
ON_BOTH = {
    "studies.CalendarEvent": ("event", "event_file", "change_event", "cancel_event", "answer_event"),
    "studies.TrainingSession": ("session", "edit_session", "attendance_sheet"),
    "studies.Effect": ("effect",),
}


def studies_examples(world: World) -> Iterator[Example]:
    """The personal page, the study, then each thing with its case. Secrets of the examples open nothing."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in PLAIN:
        yield Example(f"studies:{name}", f"studies:{name}", reverse(f"studies:{name}"))
    for name in ("link", "served_feed"):
        yield Example(f"studies:{name}", f"studies:{name}", reverse(f"studies:{name}", args=["inconnu"]))
    study = world.rows["studies.Study"][0]
    for name in ON_A_STUDY:
        yield _on(f"studies:{name}", "", study.pk, missing=(NOT_THERE,))
    yield _on("studies:prepare", "", study.pk, "but", missing=(NOT_THERE, "but"))
    yield _on("studies:self_evaluation", "", study.pk, "avant", missing=(NOT_THERE, "avant"))
    for label, names in ON.items():
        for name in names:
            yield _on(f"studies:{name}", "", world.rows[label][0].pk, missing=(NOT_THERE,))
    for label, names in ON_BOTH.items():
        for name in names:
            yield _on(f"studies:{name}", "", world.rows[label][0].pk, missing=(NOT_THERE,))
            yield _on(
                f"studies:{name}", OF_THE_GROUP, world.rows[f"{label} · {OF_THE_GROUP}"][0].pk, missing=(NOT_THERE,)
            )
    yield from participants_examples(world)

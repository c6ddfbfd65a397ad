"""What changed, place by place."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Effect, Study, StudyPlace
from nuserus.studies.queries.circles import circles_of, places_of
from nuserus.studies.rules import can_read_effect


@dataclass(frozen=True, slots=True)
class PlaceEffects:
    """A place, what the person may read of its effects, and whether they may note another."""

    place: StudyPlace
    effects: list[Effect]
    may_note: bool


def effects_by_place(asking: Asking, study: Study) -> list[PlaceEffects]:
    """Every place of the study with its effects, last seen first."""
    rows = can_read_effect.filter(Effect.objects.filter(study=study), asking)
    effects = list(rows.order_by("-seen_on", "pk"))
    circles = {circle.place_id: circle.pk for circle in circles_of(asking, study)}
    return [
        PlaceEffects(
            place,
            [effect for effect in effects if effect.place_id == place.pk],
            study.pk in asking.missions or circles.get(place.pk) in asking.groups,
        )
        for place in places_of(asking, study)
    ]


def may_note_effects(asking: Asking, place: StudyPlace) -> None:
    """Go on for the working group of the place and who conducts the study. Raises Unreadable for others."""
    circles = {circle.place_id: circle.pk for circle in circles_of(asking, place.study)}
    if place.study_id not in asking.missions and circles.get(place.pk) not in asking.groups:
        raise Unreadable


def readable_effect(asking: Asking, effect_id: UUID) -> Effect:
    """An effect. Raises Unreadable."""
    found = Effect.objects.select_related("study", "place__institution").filter(pk=effect_id).first()
    if found is None:
        raise Unreadable
    can_read_effect.require(asking, found)
    return found

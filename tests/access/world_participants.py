"""Somebody who takes part in the study, the cross they drew when they agreed, and a grid that lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.consent.actions.record import Mark
from nuserus.consent.enums import How
from nuserus.consent.models import ConsentSignature
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.instruments import Belonging, start_instrument
from nuserus.instruments.enums import InstrumentKind
from nuserus.instruments.models import Instrument, InstrumentVersion
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.instruments import publish, workbook_of
from tests.factories.participants import answer, make_participant

if TYPE_CHECKING:
    from tests.access.world import World

PARTICIPANT = "CANARI-PARTICIPANT"
DRAWN = "M11 13L17 19"
ASKS_WHO = ("select_multiple_from_file participants.csv", "participants", "Qui était là ?")
PARTICIPANTS_MODELS = (Participant, ConsentSignature)


def add_participants(world: World, place: StudyPlace) -> None:
    """Written down by the lead; the researcher reads it, no colleague of the place and no administrator does."""
    lead = world.people["responsable d’étude"]
    assert lead is not None
    row = make_participant(place, by=lead, pseudonym=PARTICIPANT)
    answer(row, by=lead, how=How.ON_SCREEN, mark=Mark(DRAWN))
    with acting_as(lead.pk) as asking:
        grid = start_instrument(
            actor=asking,
            where=Belonging(study=place.study),
            kind=InstrumentKind.GRID,
            title="Grille d’une étude",
            workbook=workbook_of((ASKS_WHO,)),
        )
    publish(grid, lead)
    with as_system("read test data", recorded=False):
        world.keep(Participant.objects.get(pk=row.pk), ConsentSignature.objects.get(strokes=DRAWN))
        world.keep(Instrument.objects.get(pk=grid.instrument_id), InstrumentVersion.objects.get(pk=grid.pk))
    on_mission = {"responsable d’étude", "chercheur"}
    world.readers |= {PARTICIPANT: on_mission, DRAWN: on_mission}

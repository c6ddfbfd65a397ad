"""Somebody who took part in the study withdrew: the withdrawal, its receipt, what a person must look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.models import Flagged, ForgottenFile, LeftExport, ProvenanceEdge, Withdrawal, WithdrawalTrace
from nuserus.consent.provenance import note_derivation, note_export
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.base import new_id
from nuserus.studies.models import Participant, StudyPlace
from tests.factories.withdrawals import make_person, withdraw

if TYPE_CHECKING:
    from tests.access.world import World

FLAGGED = "CANARI-A-RELIRE"
IN_A_STUDY = "dans une étude"
WITHDRAWALS_MODELS = (Withdrawal, WithdrawalTrace, Flagged, ForgottenFile, LeftExport, ProvenanceEdge)


def add_withdrawals(world: World) -> None:
    """The lead wrote it down; colleagues of the place never read it."""
    lead = world.people["responsable d’étude"]
    (given,) = world.rows["studies.StudyPlace"]
    assert lead is not None
    with as_system("read test data", recorded=False):
        place = StudyPlace.objects.select_related("study").get(pk=given.pk)
    person = make_person(place, by=lead, pseudonym="Retirée du monde")
    with acting_as(lead.pk):
        note_export(what="tableau des fiches", mission=place.pk, author=lead.pk)
        note_derivation(source=("tests.A", new_id()), made=("tests.B", new_id()), mission=place.pk, author=lead.pk)
    done = withdraw(lead, person, Mode.STOP_USING)
    with as_system("test data"):
        trace = WithdrawalTrace(withdrawal=done, position=90, what="entretiens", count=1, fate=Fate.WITHHELD)
        flagged = Flagged(withdrawal=done, what=FLAGGED, object_kind="tests.Thing")
        file = ForgottenFile(withdrawal=done, storage_name="parti.m4a", done_at=done.done_at)
        for row in (trace, flagged, file):
            row.save(force_insert=True)
        for row in (trace, flagged, file):
            row.refresh_from_db()
        world.keep(done, trace, flagged, file, LeftExport.objects.get(), ProvenanceEdge.objects.get())
        if "studies.Participant" not in world.rows:
            world.keep(Participant.objects.get(pk=person.pk))
    world.readers[FLAGGED] = {"responsable d’étude", "chercheur"}

"""The field of the place in the world: a visit, what the researcher saw, their journal, what was given back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from nuserus.fieldwork.actions.giving_back import SaidOf, write_restitution
from nuserus.fieldwork.actions.journal import write_entry
from nuserus.fieldwork.actions.observing import Written, begin_observation, finish_observation, save_draft
from nuserus.fieldwork.actions.visits import plan_visit
from nuserus.fieldwork.enums import Stance
from nuserus.fieldwork.models import (
    JournalEntry,
    JournalMention,
    Observation,
    Presence,
    RestitutionMeeting,
    RestitutionTheme,
    Saying,
    Visit,
    Visitor,
)
from nuserus.foundation.asking import acting_as, as_system
from nuserus.studies.models import StudyPlace
from tests.factories.fieldwork import make_participant

if TYPE_CHECKING:
    from tests.access.world import World

SEEN = "CANARI-OBSERVATION-DE-TERRAIN"
BEGUN = "CANARI-OBSERVATION-COMMENCEE"
AIMED = "CANARI-VISITE-DU-LIEU"
OWN = "CANARI-JOURNAL-DE-TERRAIN"
GIVEN_BACK = "CANARI-RESTITUTION-AU-LIEU"
IN_THE_MAKING = "en cours d’écriture"
FIELDWORK_MODELS = (
    Visit, Visitor, Observation, Saying, Presence, JournalEntry, JournalMention, RestitutionMeeting, RestitutionTheme,
)  # fmt: skip


def add_fieldwork(world: World) -> None:
    """By the researcher; the lead reads it too, but for the journal and what is in the making. After `add_studies`."""
    researcher = world.people["chercheur"]
    assert researcher is not None
    with as_system("read test data", recorded=False):
        known = world.rows["studies.StudyPlace"][0].pk
        place = StudyPlace.objects.select_related("study", "institution").get(pk=known)
    person = make_participant(place, researcher, "Bruyère")
    starts = timezone.now() - timedelta(days=1)
    today = timezone.localdate()
    with acting_as(researcher.pk) as asking:
        going = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "aim": AIMED, "visitors": [researcher]}
        visit = plan_visit(actor=asking, place=place, words=going)
        seen = begin_observation(actor=asking, visit=visit)
        said = {1: (f"{SEEN} dit-elle", str(person.pk))}
        written = Written(day=today, fact=f"{SEEN} vue", present=[str(person.pk)], sayings=said)
        finish_observation(actor=asking, observation=seen, written=written)
        begun = begin_observation(actor=asking, visit=visit)
        save_draft(actor=asking, observation_id=begun.pk, written=Written(fact=BEGUN), revision=0)
        page = write_entry(actor=asking, words={"day": today, "text": OWN, "visit": visit, "people": [str(person.pk)]})
        themes = [SaidOf(GIVEN_BACK, Stance.NUANCED, "Pas le soir.")]
        told = {"held_on": today, "trades": "éducatrice", "notes": GIVEN_BACK}
        meeting = write_restitution(actor=asking, place=place, words=told, themes=themes)
    with as_system("read test data", recorded=False):
        world.keep(Visit.objects.get(pk=visit.pk), Visitor.objects.get(visit=visit))
        world.keep(Observation.objects.get(pk=seen.pk), Saying.objects.get(observation=seen))
        world.keep(Presence.objects.get(observation=seen))
        world.keep(Observation.objects.get(pk=begun.pk), case=IN_THE_MAKING)
        world.keep(JournalEntry.objects.get(pk=page.pk), JournalMention.objects.get(entry=page))
        world.keep(RestitutionMeeting.objects.get(pk=meeting.pk), RestitutionTheme.objects.get(meeting=meeting))
        # the terms look at the observation of what was said in it
        for label in ("fieldwork.Saying", "fieldwork.Presence"):
            world.rows[label][0].observation = Observation.objects.get(pk=seen.pk)
    on_mission = {"responsable d’étude", "chercheur"}
    world.readers |= dict.fromkeys((SEEN, AIMED), on_mission)
    world.readers |= {words: {"chercheur"} for words in (BEGUN, OWN)}
    world.readers[GIVEN_BACK] = {*on_mission, "membre du lieu"}

"""Visits, observations and what surrounds them, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from nuserus.consent.enums import How, Step
from nuserus.fieldwork.models import Visit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part, ParticipantRole
from nuserus.studies.models import Participant, StudyPlace
from nuserus.studies.queries.materials import scope_of_material
from tests.factories.consent import say
from tests.factories.people import make_account
from tests.factories.studies import circle_of, make_study, make_study_place, seat_in

TAKE_PART = "etude-participer"


def make_field(lead: Account | None = None) -> tuple[StudyPlace, Account]:
    """A place of a study, and a researcher who is on its mission."""
    study = make_study(lead)
    place = make_study_place(study)
    researcher = make_account(Role.STUDY_RESEARCHER, name="Camille")
    seat_in(circle_of(study, GroupKind.TEAM), researcher, Part.RESEARCHER)
    return place, researcher


def make_participant(place: StudyPlace, by: Account, pseudonym: str = "Ronce", *, agrees: bool = True) -> Participant:
    """Somebody of the place, known by a pseudonym; with their agreement, unless said otherwise."""
    with acting_as(by.pk):
        made = Participant(
            study_id=place.study_id,
            place=place,
            pseudonym=pseudonym,
            role=ParticipantRole.ACCOMPANIED,
            **scope_of_material(place, author=by.pk),
        )
        made.save(force_insert=True)
    if agrees:
        answer(made, by, Step.GIVEN)
    return made


def answer(participant: Participant, by: Account, step: Step) -> None:
    """What a participant says aloud of taking part, written down by `by`."""
    say(
        by,
        step,
        about=participant.pk,
        mission=participant.place_id,
        subject=participant.pk,
        slug=TAKE_PART,
        kind="studies.Participant",
        how=How.ORAL,
        witness="une aide-soignante",
    )


def make_visit(place: StudyPlace, by: Account, **words: Any) -> Visit:
    """A visit of a place, yesterday unless said otherwise."""
    starts = words.pop("starts_at", timezone.now() - timedelta(days=1))
    given = {"where": "l’atelier", "starts_at": starts, "ends_at": starts + timedelta(hours=3), **words}
    with acting_as(by.pk):
        visit = Visit(study_id=place.study_id, place=place, **scope_of_material(place, author=by.pk), **given)
        visit.save(force_insert=True)
    return get_visit(visit)


def get_visit(visit: Visit) -> Visit:
    """The visit as it is now."""
    with as_system("read test data", recorded=False):
        return Visit.objects.select_related("place__institution", "study").get(pk=visit.pk)

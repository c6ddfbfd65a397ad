"""What the database keeps true of the field whatever the program says."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from nuserus.consent.enums import Step
from nuserus.fieldwork.enums import ObservationState
from nuserus.fieldwork.models import JournalEntry, Observation, Presence, Saying, Visit
from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import StudyPlace
from tests.factories.directory import make_membership
from tests.factories.fieldwork import answer, make_field, make_participant, make_visit
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")


def observed(visit: Visit, by: Account, **more: object) -> Observation:
    with acting_as(by.pk):
        row = Observation(visit=visit, day=timezone.localdate(), scope_author=by.pk, place_id=visit.place_id, **more)
        row.study_id = visit.study_id
        row.save(force_insert=True)
    return row


def seen_by(account: Account) -> int:
    with acting_as(account.pk):
        return Observation.objects.count()


def finish(row: Observation, by: Account) -> None:
    with acting_as(by.pk):
        Observation.objects.filter(pk=row.pk).update(
            state=ObservationState.DONE, done_at=timezone.now(), scope_mission=None
        )


def test_an_observation_is_its_authors_until_finished_then_of_the_place() -> None:
    place, researcher = make_field()
    lead, admin = lead_of(place.study), make_account(Role.SITE_ADMIN)
    colleague, member = make_account(Role.STUDY_RESEARCHER), make_account()
    make_membership(colleague, place.institution)
    seat_in(circle_of(place.study, GroupKind.TEAM), colleague, Part.RESEARCHER)
    seat_in(circle_of(place.study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    row = observed(make_visit(place, researcher), researcher, fact="Il rit.")
    assert [seen_by(one) for one in (researcher, lead, colleague, member, admin)] == [1, 0, 0, 0, 0]
    finish(row, researcher)
    assert [seen_by(one) for one in (researcher, lead, colleague, member, admin)] == [1, 1, 0, 0, 0]
    with acting_as(lead.pk):
        assert Observation.objects.filter(pk=row.pk).update(fact="Autre chose") == 0
    with acting_as(researcher.pk), pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).delete()
    with acting_as(researcher.pk), pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.filter(pk=row.pk).update(state=ObservationState.DRAFT)


def test_nobody_writes_into_a_place_that_is_not_theirs() -> None:
    place, researcher = make_field()
    visit = make_visit(place, researcher)
    stranger = make_account(Role.STUDY_RESEARCHER)
    with pytest.raises(DatabaseError):
        observed(visit, stranger)
    with pytest.raises(DatabaseError):
        make_visit(place, stranger)
    assert _moved(visit, make_study_place(place.study), researcher)


def _moved(visit: Visit, there: StudyPlace, by: Account) -> bool:
    with acting_as(by.pk), pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(place=there)
    return True


def test_the_database_refuses_who_does_not_agree() -> None:
    place, researcher = make_field()
    row = observed(make_visit(place, researcher), researcher)
    agrees = make_participant(place, researcher)
    silent = make_participant(place, researcher, "Houx", agrees=False)
    elsewhere = make_participant(make_study_place(place.study), researcher, "Lierre")
    for one in (silent, elsewhere):
        with acting_as(researcher.pk), pytest.raises(DatabaseError), transaction.atomic():
            Presence(observation=row, participant=one).save(force_insert=True)
        with acting_as(researcher.pk), pytest.raises(DatabaseError), transaction.atomic():
            Saying(observation=row, participant=one, position=1, text="Oui.").save(force_insert=True)
    with acting_as(researcher.pk):
        Presence(observation=row, participant=agrees).save(force_insert=True)
        Saying(observation=row, position=1, text="Non précisé.").save(force_insert=True)
    answer(agrees, researcher, Step.WITHDRAWN)
    with acting_as(researcher.pk), pytest.raises(DatabaseError), transaction.atomic():
        Saying(observation=row, participant=agrees, position=2, text="Oui.").save(force_insert=True)


def test_a_journal_is_read_by_its_author_alone() -> None:
    place, researcher = make_field()
    with acting_as(researcher.pk):
        JournalEntry(day=timezone.localdate(), text="Je doute.", scope_author=researcher.pk).save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            JournalEntry(
                day=timezone.localdate(), text="Partagée.", scope_author=researcher.pk, scope_mission=place.pk
            ).save(force_insert=True)
    for account in (lead_of(place.study), make_account(Role.SITE_ADMIN)):
        with acting_as(account.pk):
            assert not JournalEntry.objects.exists()
    with acting_as(researcher.pk):
        assert JournalEntry.objects.count() == 1

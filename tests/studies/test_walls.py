"""Who reads nothing, and who reads not that."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from nuserus.corpus.rules import can_read_source, can_read_source_version, can_read_turn
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.missions import grant_mission, open_mission
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.actions.notices import holders_of
from nuserus.studies.enums import EffectStage, GroupKind, Part, Plane, SeatState
from nuserus.studies.models import (
    CalendarFeed,
    Decision,
    Effect,
    Participant,
    Participation,
    Study,
    StudyGroup,
    StudyPlace,
)
from nuserus.studies.queries.materials import may_read_materials, scope_of_material
from nuserus.studies.rules import can_read_participant
from tests.factories.corpus import bind, last_version, make_source, turns_in
from tests.factories.directory import make_institution, make_membership
from tests.factories.fieldwork import make_field, make_participant
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
PAGES = (
    "detail",
    "progress",
    "plan",
    "places",
    "calendar",
    "decisions",
    "cycles",
    "training",
    "effects",
    "bibliography",
)


def test_outsiders_and_the_site_administrator_meet_a_404(client_as: ClientAs) -> None:
    study = make_study()
    place = make_study_place(study)
    colleague = make_account(name="Collègue")
    make_membership(colleague, place.institution, is_referent=True)
    for outsider in (make_account(Role.SITE_ADMIN), make_account(Role.STUDY_LEAD), make_account(), colleague):
        client = client_as(outsider)
        assert {client.get(reverse(f"studies:{page}", args=[study.pk])).status_code for page in PAGES} == {404}
        assert study.title not in client.get(reverse("studies:list")).content.decode() or outsider == colleague
        with acting_as(outsider.pk):
            assert not Study.objects.exists()
            assert not Participation.objects.exists()


def test_a_practitioner_researcher_never_holds_the_materials_of_their_place() -> None:
    study = make_study()
    here, there = make_study_place(study), make_study_place(study)
    team = circle_of(study, GroupKind.TEAM)
    practitioner, researcher = make_account(Role.PRACTITIONER_RESEARCHER), make_account(Role.STUDY_RESEARCHER)
    make_membership(practitioner, here.institution)
    seat_in(team, practitioner, Part.PRACTITIONER)
    seat_in(team, researcher, Part.RESEARCHER)
    with acting_as(practitioner.pk) as asking:
        assert not may_read_materials(asking, here)
        assert may_read_materials(asking, there)
        assert study.pk not in asking.missions
    with acting_as(researcher.pk) as asking:
        assert may_read_materials(asking, here)
        assert study.pk in asking.missions
    # a researcher who begins to work there stops reading what colleagues said
    make_membership(researcher, here.institution)
    with acting_as(researcher.pk) as asking:
        assert not may_read_materials(asking, here)
        assert may_read_materials(asking, there)
    assert scope_of_material(here, author=None)["scope_mission"] == here.pk


def test_who_sits_for_a_place_in_one_study_reads_its_materials_in_no_other() -> None:
    earlier, study = make_study(), make_study()
    here, there = make_study_place(study), make_study_place(study)
    before = make_study_place(earlier, here.institution)
    practitioner = make_account(Role.PRACTITIONER_RESEARCHER)
    seat_in(circle_of(earlier, GroupKind.WORKING, before), practitioner, Part.PARTICIPANT)
    seat_in(circle_of(study, GroupKind.TEAM), practitioner, Part.PRACTITIONER)
    with acting_as(practitioner.pk) as asking:
        assert not may_read_materials(asking, here)
        assert may_read_materials(asking, there)


def test_committee_and_working_groups_hold_no_materials() -> None:
    study = make_study()
    place = make_study_place(study)
    for circle, part in (
        (circle_of(study, GroupKind.COMMITTEE), Part.COMMITTEE),
        (circle_of(study, GroupKind.WORKING, place), Part.PARTICIPANT),
        (circle_of(study, GroupKind.TEAM), Part.FACILITATOR),
    ):
        account = make_account()
        seat_in(circle, account, part)
        with acting_as(account.pk) as asking:
            assert not may_read_materials(asking, place), part
            assert study.pk in asking.groups


def test_nobody_lets_themselves_in() -> None:
    study = make_study()
    place = make_study_place(study)
    lead, stranger = lead_of(study), make_account()
    circle = circle_of(study, GroupKind.TEAM)
    for actor, state in ((stranger, SeatState.ACCEPTED), (stranger, SeatState.INVITED), (lead, SeatState.ACCEPTED)):
        with acting_as(actor.pk), pytest.raises(DatabaseError), transaction.atomic():
            Participation(
                study=study, group=circle, account=stranger, part=Part.RESEARCHER, state=state, scope_author=stranger.pk
            ).save(force_insert=True)
    member = make_account()
    seat = seat_in(circle_of(study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    with acting_as(member.pk):
        assert Participation.objects.filter(pk=seat.pk).update(part=Part.LEAD) == 0
        assert StudyPlace.objects.filter(pk=place.pk).update(is_partner=False) == 0
        assert Study.objects.filter(pk=study.pk).update(title="Autre") == 0
    with acting_as(lead.pk), pytest.raises(DatabaseError), transaction.atomic():
        StudyPlace.objects.filter(pk=place.pk).update(state="accepted")


def test_a_place_is_moved_to_another_institution_by_the_system_alone() -> None:
    study = make_study()
    place, other = make_study_place(study), make_institution()
    with acting_as(lead_of(study).pk), pytest.raises(DatabaseError), transaction.atomic():
        StudyPlace.objects.filter(pk=place.pk).update(institution=other)
    with as_system("join two institutions"):
        StudyPlace.objects.filter(pk=place.pk).update(institution=other)
        assert StudyPlace.objects.get(pk=place.pk).scope_institution == other.pk


def test_the_mission_of_a_study_or_place_is_opened_by_nobody() -> None:
    study = make_study()
    place = make_study_place(study)
    for actor in (make_account(), lead_of(study)):
        for mission in (study.pk, place.pk):
            with acting_as(actor.pk), pytest.raises(DatabaseError), transaction.atomic():
                open_mission(mission)
            with acting_as(actor.pk), pytest.raises(DatabaseError), transaction.atomic():
                grant_mission(mission, actor.pk)


def test_the_lists_of_other_groups_stay_theirs(client_as: ClientAs) -> None:
    study = make_study()
    here, there = make_study_place(study), make_study_place(study)
    mine, theirs = make_account(name="Nadia"), make_account(name="Bertrand")
    seat_in(circle_of(study, GroupKind.WORKING, here), mine, Part.PARTICIPANT)
    seat_in(circle_of(study, GroupKind.WORKING, there), theirs, Part.PARTICIPANT, trade="maître de maison")
    page = client_as(mine).get(reverse("studies:circle", args=[there.circle.pk])).content.decode()
    assert "Bertrand" not in page
    assert "maître de maison" in page
    with acting_as(lead_of(study).pk):
        for place, shared in ((here, False), (there, False), (there, True)):
            Effect(
                study=study, place=place, plane=Plane.INSTITUTION, stage=EffectStage.DONE, is_shared=shared,
                text=f"effet {place.institution.name} {shared}", seen_on="2026-01-01",
            ).save(force_insert=True)  # fmt: skip
    with acting_as(mine.pk):
        assert {(one.place_id, one.is_shared) for one in Effect.objects.all()} == {(here.pk, False), (there.pk, True)}
    effect = reverse("studies:new_effect", args=[there.pk])
    assert client_as(mine).get(effect).status_code == 404
    assert client_as(theirs).get(effect).status_code == 200


def test_a_decision_is_never_changed_and_numbers_follow(client_as: ClientAs) -> None:
    study = make_study()
    lead = lead_of(study)
    client = client_as(lead)
    page = reverse("studies:decisions", args=[study.pk])
    for number in (1, 2):
        given = {"text": f"Nous commençons par l’atelier {number}.", "decided_on": "2026-02-01"}
        assert client.post(page, given).status_code == 302
    with acting_as(lead.pk):
        first = Decision.objects.get(number=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            Decision.objects.filter(pk=first.pk).update(text="Autre chose")
        with pytest.raises(DatabaseError), transaction.atomic():
            first.delete()
    replaced = {"text": "Nous commençons par le repas.", "decided_on": "2026-03-01", "replaces": str(first.pk)}
    assert client.post(page, replaced).status_code == 302
    assert client.post(page, replaced).status_code == 422
    assert "remplacée" in client.get(page).content.decode()


def test_the_last_lead_stays(client_as: ClientAs) -> None:
    study = make_study()
    lead, second = lead_of(study), make_account(Role.STUDY_LEAD, name="Bis")
    with acting_as(lead.pk):
        seat = Participation.objects.get(account=lead)
    client = client_as(lead)
    client.post(reverse("studies:leave", args=[seat.pk]))
    assert client.get(reverse("studies:detail", args=[study.pk])).status_code == 200
    seat_in(circle_of(study, GroupKind.TEAM), second, Part.LEAD)
    client.post(reverse("studies:leave", args=[seat.pk]))
    assert client.get(reverse("studies:detail", args=[study.pk])).status_code == 404


def test_a_circle_of_another_study_is_refused() -> None:
    study, other = make_study(), make_study()
    with acting_as(lead_of(study).pk) as asking:
        assert not StudyGroup.objects.filter(study=other).exists(), asking
        foreign = circle_of(other, GroupKind.TEAM)
        with pytest.raises(DatabaseError), transaction.atomic():
            Participation(study=study, group=foreign, part=Part.RESEARCHER).save(force_insert=True)


def test_nobody_makes_an_address_for_the_calendar_of_somebody_else() -> None:
    mine, theirs = make_account(), make_account()
    with acting_as(mine.pk), pytest.raises(DatabaseError), transaction.atomic():
        CalendarFeed(account=theirs, scope_author=mine.pk, secret_hash="a" * 64).save(force_insert=True)


def test_invitations_tell_the_referent_and_nobody_else_of_the_place(client_as: ClientAs) -> None:
    study = make_study(title="CANARI-TITRE")
    institution = make_institution()
    referent, colleague = make_account(), make_account()
    make_membership(referent, institution, is_referent=True)
    make_membership(colleague, institution)
    make_study_place(study, institution)
    assert "CANARI-TITRE" in client_as(referent).get(reverse("studies:list")).content.decode()
    assert "CANARI-TITRE" not in client_as(colleague).get(reverse("studies:list")).content.decode()


def test_who_comes_to_work_in_a_place_no_longer_reads_what_they_collected_there() -> None:
    place, researcher = make_field()
    person = make_participant(place, researcher)
    source = make_source(place, researcher).source
    bind(source, researcher, ENQ=None, Alma=person)
    with as_system("read test data", recorded=False):
        rows = [
            Participant.objects.get(pk=person.pk),
            source,
            last_version(source),
            *turns_in(last_version(source))[:1],
        ]
    rules = (can_read_participant, can_read_source, can_read_source_version, can_read_turn)

    def read() -> list[tuple[bool, bool]]:
        with acting_as(researcher.pk) as asking:
            return [
                (rule.allows(asking, row), type(row).objects.filter(pk=row.pk).exists())
                for rule, row in zip(rules, rows, strict=True)
            ]

    assert read() == [(True, True)] * 4
    with as_system("test data"):
        seat = Participation.objects.get(account=researcher, study=place.study)
        Participation.objects.filter(pk=seat.pk).update(state=SeatState.LEFT)
    assert read() == [(True, True)] * 4, "who left the team keeps what they collected"
    make_membership(researcher, place.institution)
    assert read() == [(False, False)] * 4
    with acting_as(researcher.pk) as asking:
        for rule, row in zip(rules, rows, strict=True):
            assert not rule.filter(type(row).objects.all(), asking).exists()


def test_to_be_a_colleague_means_one_thing() -> None:
    """Who may be told of what a place holds is who may read it: also for who sat for it in another study."""
    earlier, study = make_study(), make_study()
    place = make_study_place(study)
    before = make_study_place(earlier, place.institution)
    researcher, sat, works = (make_account(Role.STUDY_RESEARCHER) for _each in range(3))
    for account in (researcher, sat, works):
        seat_in(circle_of(study, GroupKind.TEAM), account, Part.RESEARCHER)
    seat_in(circle_of(earlier, GroupKind.WORKING, before), sat, Part.PARTICIPANT)
    make_membership(works, place.institution)
    with as_system("read test data", recorded=False):
        told = set(holders_of(place.pk))
    reads = set()
    for account in (researcher, sat, works, lead_of(study)):
        with acting_as(account.pk) as asking:
            if may_read_materials(asking, place):
                reads.add(account.pk)
            assert (f"colleague:{place.pk}" in asking.roles) == (account in (sat, works))
    assert told == reads == {researcher.pk, lead_of(study).pk}

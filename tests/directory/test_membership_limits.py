"""Nobody becomes a member of five hundred places by a script: the program says so, the database holds it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.directory.actions.ask_membership import ask_membership, leave_institution
from nuserus.directory.enums import MAX_A_DAY, MAX_OPEN, MAX_PENDING, MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
PENDING, CONFIRMED, ENDED = MembershipStatus.PENDING, MembershipStatus.CONFIRMED, MembershipStatus.ENDED
LONG_AGO = timezone.now() - timedelta(days=60)


def places(number: int) -> list[Institution]:
    return [make_institution() for _ in range(number)]


def count(account: Account, *statuses: str) -> int:
    with as_system("test data"):
        return Membership.objects.filter(account=account, status__in=statuses).count()


def force(account: Account, place: Institution) -> None:
    """What a forgotten check would let through: straight to the table."""
    with acting_as(account.pk):
        Membership(account=account, institution=place).save(force_insert=True)


def test_a_loop_over_the_page_stops_at_the_limit(client_as: ClientAs) -> None:
    account = make_account()
    client = client_as(account)
    answers = [client.post(f"/annuaire/{place.pk}/rejoindre/") for place in places(MAX_PENDING + 4)]
    assert [answer.status_code for answer in answers] == [302] * MAX_PENDING + [200] * 4
    assert f"Vous avez déjà {MAX_PENDING} demandes en attente" in answers[-1].content.decode()
    assert count(account, PENDING) == MAX_PENDING


def test_a_loop_of_claims_stops_too(client_as: ClientAs) -> None:
    account = make_account()
    client = client_as(account)
    for place in places(MAX_PENDING + 3):
        client.post(f"/annuaire/{place.pk}/etre-referent/")
    assert count(account, PENDING) == MAX_PENDING


def test_posts_at_the_same_moment_stop_at_the_limit() -> None:
    account, wanted = make_account(), places(MAX_PENDING + 7)
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies["sessionid"].value

    def post(place: Institution) -> int:
        one = Client()
        one.cookies["sessionid"] = session
        try:
            return one.post(f"/annuaire/{place.pk}/rejoindre/").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(post, wanted))
    assert sorted(statuses) == [200] * 7 + [302] * MAX_PENDING
    assert count(account, PENDING) == MAX_PENDING


def test_straight_to_the_table_at_the_same_moment() -> None:
    account, wanted = make_account(), places(MAX_PENDING + 5)

    def insert(place: Institution) -> bool:
        try:
            force(account, place)
        except DatabaseError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(5) as pool:
        done = list(pool.map(insert, wanted))
    assert sum(done) == MAX_PENDING
    assert count(account, PENDING) == MAX_PENDING


def test_no_more_places_than_the_limit_however_confirmed() -> None:
    account = make_account()
    for place in places(MAX_OPEN):
        make_membership(account, place, asked_at=LONG_AGO)
    with acting_as(account.pk) as asking, pytest.raises(ValidationError, match=f"déjà {MAX_OPEN} lieux"):
        ask_membership(actor=asking, institution=make_institution())
    with pytest.raises(DatabaseError, match="too many"):
        force(account, make_institution())


def test_asking_and_taking_back_counts_for_the_day() -> None:
    account = make_account()
    for place in places(MAX_A_DAY):
        make_membership(account, place, status=ENDED)
    with acting_as(account.pk) as asking, pytest.raises(ValidationError, match="demain"):
        ask_membership(actor=asking, institution=make_institution())
    with pytest.raises(DatabaseError, match="too many"):
        force(account, make_institution())


def test_a_request_is_not_dated_back() -> None:
    account = make_account()
    with pytest.raises(DatabaseError, match="too many"), acting_as(account.pk):
        Membership(account=account, institution=make_institution(), asked_at=LONG_AGO).save(force_insert=True)


def test_somebody_else_is_not_held_up() -> None:
    one, other = make_account(), make_account()
    for place in places(MAX_PENDING):
        force(one, place)
    force(other, make_institution())
    assert count(other, PENDING) == 1


@given(st.lists(st.sampled_from(["ask", "force", "leave", "confirm"]), max_size=40))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_tried_the_limits_hold(tries: list[str]) -> None:
    account, referent = make_account(), make_account()
    with as_system("test data"):
        Membership.objects.all().delete()
    place = iter(places(len(tries)))
    for attempt in tries:
        try:
            with acting_as(account.pk) as asking:
                if attempt == "ask":
                    ask_membership(actor=asking, institution=next(place))
                elif attempt == "force":
                    Membership(account=account, institution=next(place)).save(force_insert=True)
                elif attempt == "leave" and (last := Membership.objects.filter(status=PENDING).first()):
                    leave_institution(actor=asking, membership=last)
        except (ValidationError, DatabaseError):
            pass
        if attempt == "confirm":
            with as_system("test data"):
                first = Membership.objects.filter(account=account, status=PENDING).first()
                if first is not None:
                    Membership.objects.filter(pk=first.pk).update(status=CONFIRMED, decided_by=referent)
        assert count(account, PENDING) <= MAX_PENDING
        assert count(account, PENDING, CONFIRMED) <= MAX_OPEN
        assert count(account, PENDING, CONFIRMED, ENDED) <= MAX_A_DAY

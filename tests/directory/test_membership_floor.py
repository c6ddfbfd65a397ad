"""The database itself: who may read a membership, and who may decide about whom."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import Error, transaction

from nuserus.directory.enums import MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.directory.rules import can_read_membership
from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")


@dataclass
class Cast:
    place: Institution
    other_place: Institution
    asker: Account
    referent: Account
    colleague: Account
    stranger: Account
    moderator: Account
    request: Membership


@pytest.fixture
def cast(database: None) -> Cast:
    place, other_place = make_institution(), make_institution()
    people = [make_account() for _ in range(4)]
    asker, referent, colleague, stranger = people
    make_membership(referent, place, is_referent=True)
    make_membership(colleague, place)
    make_membership(stranger, other_place, is_referent=True)
    request = make_membership(asker, place, status=MembershipStatus.PENDING)
    moderator = make_account("moderator")
    return Cast(place, other_place, asker, referent, colleague, stranger, moderator, request)


def test_the_person_the_referent_and_the_moderator_read_a_request(cast: Cast) -> None:
    expected = {
        "asker": True,
        "referent": True,
        "moderator": True,
        "colleague": False,
        "stranger": False,
    }
    for who, readable in expected.items():
        with acting_as(getattr(cast, who).pk) as asking:
            found = Membership.objects.filter(pk=cast.request.pk).exists()
            assert found is readable, who
            assert can_read_membership.allows(asking, cast.request) is readable, who


def test_visitors_and_nobody_read_no_membership(cast: Cast) -> None:
    with acting_as(None):
        assert not Membership.objects.exists()
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "forged",
    [
        {"status": "confirmed"},
        {"is_referent": True, "status": "confirmed"},
        {"status": "refused"},
    ],
)
def test_nobody_decides_about_herself(cast: Cast, forged: dict[str, object]) -> None:
    for account in (cast.asker, cast.moderator):
        if account is cast.moderator:
            make_membership(account, cast.place, status=MembershipStatus.PENDING)
        with pytest.raises(Error), acting_as(account.pk):
            Membership.objects.filter(account=account).update(**forged, decided_by=account)
    with acting_as(cast.referent.pk):
        assert set(Membership.objects.filter(status="pending").values_list("account", flat=True)) == {
            cast.asker.pk,
            cast.moderator.pk,
        }


def test_a_decision_in_the_name_of_somebody_else_is_refused(cast: Cast) -> None:
    with pytest.raises(Error), acting_as(cast.referent.pk):
        Membership.objects.filter(pk=cast.request.pk).update(status="confirmed", decided_by=cast.colleague)


def test_colleagues_and_referents_elsewhere_change_nothing(cast: Cast) -> None:
    for account in (cast.colleague, cast.stranger):
        with acting_as(account.pk):
            rows = Membership.objects.filter(pk=cast.request.pk)
            assert rows.update(status="confirmed", decided_by=account) == 0


def test_referent_and_moderator_confirm(cast: Cast) -> None:
    other = make_membership(make_account(), cast.place, status=MembershipStatus.PENDING)
    for account, row in ((cast.referent, cast.request), (cast.moderator, other)):
        with acting_as(account.pk):
            rows = Membership.objects.filter(pk=row.pk)
            assert rows.update(status="confirmed", decided_by=account) == 1


@pytest.mark.parametrize("forged", [{"status": "confirmed"}, {"status": "confirmed", "is_referent": True}])
def test_nobody_enters_as_a_member(cast: Cast, forged: dict[str, object]) -> None:
    for account in (cast.stranger, cast.moderator):
        with pytest.raises(Error), acting_as(account.pk):
            Membership(account=account, institution=cast.place, **forged).save(force_insert=True)


def test_nobody_asks_for_somebody_else(cast: Cast) -> None:
    newcomer = make_account()
    for account in (cast.stranger, cast.moderator, cast.referent):
        with pytest.raises(Error), acting_as(account.pk):
            Membership(account=newcomer, institution=cast.place).save(force_insert=True)


def test_a_membership_is_not_moved(cast: Cast) -> None:
    with pytest.raises(Error), acting_as(cast.colleague.pk):
        Membership.objects.filter(account=cast.colleague).update(
            institution=cast.other_place, scope_institution=cast.other_place.pk
        )


def test_refused_and_ended_are_final(cast: Cast) -> None:
    for status in (MembershipStatus.REFUSED, MembershipStatus.ENDED):
        row = make_membership(make_account(), cast.place, status=status)
        with pytest.raises(Error), acting_as(cast.referent.pk):
            Membership.objects.filter(pk=row.pk).update(status="confirmed", decided_by=cast.referent)


def test_standing_follows_confirmation(cast: Cast) -> None:
    with acting_as(cast.asker.pk) as before:
        assert not before.institutions
        assert not before.verified
    with acting_as(cast.referent.pk) as referent:
        assert referent.managed == {cast.place.pk}
        assert {"member", "referent"} <= referent.roles
        Membership.objects.filter(pk=cast.request.pk).update(status="confirmed", decided_by=cast.referent)
    with acting_as(cast.asker.pk) as after:
        assert after.institutions == {cast.place.pk}
        assert after.verified
        assert after.roles == {"member"}
        assert not after.managed


def test_the_web_does_not_write_the_directory(cast: Cast) -> None:
    with pytest.raises(Error), acting_as(cast.referent.pk), transaction.atomic():
        Institution.objects.filter(pk=cast.place.pk).update(name="Autre nom")

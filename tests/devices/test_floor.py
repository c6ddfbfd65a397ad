"""The database itself: who may read and write the catalogue and the inventories."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import Error

from nuserus.devices.models import Deployment, Device, DeviceFamily
from nuserus.devices.rules import can_read_deployment, can_read_device
from nuserus.directory.models import Institution
from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.devices import get_device, make_deployment, make_proposal
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")

LEVELS = (Level.PUBLIC, Level.NETWORK, Level.INSTITUTION)


@dataclass
class Cast:
    place: Institution
    elsewhere: Institution
    referent: Account
    member: Account
    peer: Account
    newcomer: Account


@pytest.fixture
def cast(database: None) -> Cast:
    place, elsewhere = make_institution(), make_institution()
    referent, member, peer, newcomer = (make_account() for _ in range(4))
    make_membership(referent, place, is_referent=True)
    make_membership(member, place)
    make_membership(peer, elsewhere, is_referent=True)
    return Cast(place, elsewhere, referent, member, peer, newcomer)


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("referent", set(LEVELS)),
        ("member", set(LEVELS)),
        ("peer", {Level.PUBLIC, Level.NETWORK}),
        ("newcomer", {Level.PUBLIC}),
        ("visitor", {Level.PUBLIC}),
    ],
)
def test_a_line_is_read_by_whom_its_level_says(cast: Cast, who: str, expected: set[str]) -> None:
    rows = [make_deployment(cast.place, level=level) for level in LEVELS]
    person = None if who == "visitor" else getattr(cast, who).pk
    with acting_as(person) as asking:
        assert set(Deployment.objects.values_list("scope_level", flat=True)) == expected
        allowed = {row.scope_level for row in rows if can_read_deployment.allows(asking, row)}
        assert allowed == expected


def test_nobody_said_who_asks_sees_nothing(cast: Cast) -> None:
    make_deployment(cast.place, level=Level.PUBLIC)
    assert not Deployment.objects.exists()
    assert not Device.objects.exists()


def test_only_referents_write_the_inventory(cast: Cast) -> None:
    line = make_deployment(cast.place, level=Level.PUBLIC)
    for account in (cast.member, cast.peer, cast.newcomer):
        with acting_as(account.pk):
            assert Deployment.objects.filter(pk=line.pk).update(remarks="x") == 0
            assert Deployment.objects.filter(pk=line.pk).delete()[0] == 0
        with pytest.raises(Error), acting_as(account.pk):
            Deployment(institution=cast.place, device=line.device, scope_level="public").save()
    with acting_as(cast.referent.pk):
        assert Deployment.objects.filter(pk=line.pk).update(remarks="x") == 1


def test_a_line_always_belongs_to_the_place_it_speaks_of(cast: Cast) -> None:
    device = get_device()
    with pytest.raises(Error), acting_as(cast.peer.pk):
        Deployment.objects.bulk_create(
            [
                Deployment(
                    institution=cast.place,
                    device=device,
                    scope_level=Level.PUBLIC,
                    scope_institution=cast.elsewhere.pk,
                )
            ]
        )
    line = make_deployment(cast.place)
    for forged in (
        {"scope_author": cast.member.pk},
        {"scope_level": Level.RESTRICTED},
        {"scope_mission": cast.place.pk},
        {"scope_institution": cast.elsewhere.pk},
    ):
        with pytest.raises(Error), acting_as(cast.referent.pk):
            Deployment.objects.filter(pk=line.pk).update(**forged)


def test_a_proposal_is_read_by_its_author_and_moderators(cast: Cast) -> None:
    proposal, moderator = make_proposal(cast.member), make_account("moderator")
    for account, readable in (
        (cast.member, True),
        (moderator, True),
        (cast.referent, False),
        (cast.newcomer, False),
    ):
        with acting_as(account.pk) as asking:
            assert Device.objects.filter(pk=proposal.pk).exists() is readable
            assert can_read_device.allows(asking, proposal) is readable
    with acting_as(None):
        assert not Device.objects.filter(pk=proposal.pk).exists()


def test_nobody_but_a_moderator_makes_a_device_public(cast: Cast) -> None:
    proposal = make_proposal(cast.member)
    with pytest.raises(Error), acting_as(cast.member.pk):
        Device.objects.filter(pk=proposal.pk).update(status="accepted", scope_level="public", scope_author=None)
    with acting_as(None):
        family = DeviceFamily.objects.get(slug="tablette")
    for account in (cast.member, cast.referent):
        with pytest.raises(Error), acting_as(account.pk):
            Device(slug="x", name="X", family=family, status="accepted").save(force_insert=True)
        with acting_as(account.pk):
            assert Device.objects.filter(slug="visioconference").update(name="Autre") == 0
    with pytest.raises(Error), acting_as(cast.referent.pk):
        Device(slug="y", name="Y", family=family, status="proposed", proposed_by=cast.member).save(force_insert=True)


def test_families_are_not_written_by_the_web(cast: Cast) -> None:
    with pytest.raises(Error), acting_as(make_account("moderator").pk):
        DeviceFamily.objects.update(label="autre")

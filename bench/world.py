"""The places and people of the generated database, and the lists that its sheets are described with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from bench.tables import copy_links, copy_rows, loading
from bench.writing import zipf

START = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
INSTITUTIONS = 2_000
ACCOUNTS = 3_000
REVIEWERS = 40
MEMBERS_OF_TWO = 0.2

Item = TypeVar("Item")


def timed_id(rng: Random, at: datetime) -> UUID:
    """A UUID of version 7 of that moment, the same for the same generator."""
    milliseconds = int(at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | rng.getrandbits(12) << 64 | 0b10 << 62 | rng.getrandbits(62))


@dataclass(frozen=True, slots=True)
class World:
    """What the sheets point at. `home` gives the institutions of an account, `categories` their code."""

    institutions: list[UUID]
    accounts: list[UUID]
    reviewers: list[UUID]
    home: dict[UUID, list[UUID]]
    devices: list[tuple[str, str]]
    publics: list[tuple[str, str]]
    trades: list[str]
    towns: list[str]


def load_world(url: str, rng: Random) -> World:
    """Institutions, accounts, memberships and roles; the lists are those that migrations load."""
    lists = _lists()
    places = _institutions(rng, lists)
    people = _accounts(rng, lists)
    homes = {person.pk: rng.sample(places, 1 + (rng.random() < MEMBERS_OF_TWO)) for person in people}
    with loading(url) as connection:
        copy_rows(connection, places)
        _copy_publics(connection, rng, places, lists["publics"])
        copy_rows(connection, people)
        copy_rows(connection, _memberships(rng, homes))
        copy_rows(connection, _grants(rng, people[:REVIEWERS]))
    return World(
        institutions=[place.pk for place in places],
        accounts=[person.pk for person in people],
        reviewers=[person.pk for person in people[:REVIEWERS]],
        home={person: [place.pk for place in at] for person, at in homes.items()},
        devices=[(device.slug, device.name) for device in lists["devices"]],
        publics=[(public.slug, public.label) for public in lists["publics"]],
        trades=[trade.slug for trade in lists["trades"]],
        towns=[town.name for town in lists["towns"]],
    )


def _lists() -> dict[str, list[Any]]:
    from nuserus.devices.models import Device
    from nuserus.directory.models import Category, Department, Public, Town
    from nuserus.foundation.asking import as_system
    from nuserus.people.models import Trade

    with as_system("read the lists to generate from"):
        return {
            "categories": list(Category.objects.order_by("code")),
            "departments": list(Department.objects.order_by("code")),
            "publics": list(Public.objects.order_by("position", "slug")),
            "trades": list(Trade.objects.order_by("position")),
            "devices": list(Device.objects.order_by("slug")),
            "towns": list(Town.objects.order_by("-population", "geonames_id")[:4_000]),
        }


def _institutions(rng: Random, lists: dict[str, list[Any]]) -> list[Any]:
    from nuserus.directory.models import Institution
    from nuserus_analysis.text import fold

    weights = zipf(len(lists["categories"]))
    categories = list(lists["categories"])
    rng.shuffle(categories)
    places = []
    for number in range(INSTITUTIONS):
        town = rng.choice(lists["towns"])
        category = rng.choices(categories, cum_weights=weights)[0]
        name = f"{category} {town.name} {number}"[:200]
        place = Institution(
            id=timed_id(rng, START),
            name=name,
            folded=fold(name),
            slug=f"lieu-{number}",
            category=category,
            town_name=town.name,
            town_folded=fold(town.name),
            department=rng.choice(lists["departments"]),
            town=town,
            is_fictitious=True,
        )
        places.append(place)
    return places


def _copy_publics(connection: Any, rng: Random, places: list[Any], publics: list[Any]) -> None:
    links = ((place.pk, public.pk) for place in places for public in rng.sample(publics, 2))
    copy_links(connection, "directory_institution_publics", "institution_id, public_id", links)


def _accounts(rng: Random, lists: dict[str, list[Any]]) -> list[Any]:
    from nuserus.people.models import Account

    return [
        Account(
            id=timed_id(rng, START),
            password="!",
            email=f"personne{number}@exemple.test",
            display_name=f"Personne {number}",
            trade=rng.choice(lists["trades"]),
            created_at=START,
        )
        for number in range(ACCOUNTS)
    ]


def _memberships(rng: Random, homes: dict[UUID, list[Any]]) -> list[Any]:
    from nuserus.directory.models import Membership
    from nuserus.foundation.levels import Level

    return [
        Membership(
            id=timed_id(rng, START),
            scope_level=Level.RESTRICTED,
            scope_institution=place.pk,
            scope_author=person,
            account_id=person,
            institution=place,
            status="confirmed",
            is_referent=rng.random() < 0.2,
            asked_at=START,
            decided_at=START + timedelta(days=1),
        )
        for person, places in homes.items()
        for place in places
    ]


def _grants(rng: Random, people: list[Any]) -> list[Any]:
    from nuserus.foundation.levels import Level
    from nuserus.people.enums import Role
    from nuserus.people.models import RoleGrant

    return [
        RoleGrant(
            id=timed_id(rng, START),
            scope_level=Level.RESTRICTED,
            scope_author=person.pk,
            account=person,
            role=Role.REVIEWER,
            reason="mesure",
            granted_at=START,
        )
        for person in people
    ]

"""Rows of the directory for tests, written as the system."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.utils import timezone

from nuserus.directory.actions.create_institution import create_institution
from nuserus.directory.enums import MembershipStatus, PlaceSource
from nuserus.directory.models import Category, Department, Institution, Membership, Place
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account

_numbers = count(1)


def make_institution(name: str = "", *, category: str = "183", department: str = "84", **fields: Any) -> Institution:
    """An institution: `category` and `department` by their codes; `publics` and `trades` are rows."""
    links = {key: fields.pop(key) for key in ("publics", "trades") if key in fields}
    with as_system("test data"):
        institution = Institution(
            name=name or f"IME du Test {next(_numbers)}",
            category=Category.objects.get(code=category) if category else None,
            department=Department.objects.get(code=department),
            **{"town_name": "Avignon", "is_fictitious": True, **fields},
        )
        return create_institution(institution=institution, **links)


def make_place(name: str = "", *, source: PlaceSource = PlaceSource.DIGITAL_MEDIATION, **fields: Any) -> Place:
    """A place where a person finds help, located in Avignon unless said otherwise."""
    number = next(_numbers)
    with as_system("test data"):
        return Place.objects.create(
            name=name or f"Espace numérique {number}",
            source=source,
            **{"source_id": f"place-{number}", "town_name": "Avignon", "is_digital": True, **fields},
        )


def make_membership(
    account: Account,
    institution: Institution,
    *,
    status: MembershipStatus = MembershipStatus.CONFIRMED,
    **fields: Any,
) -> Membership:
    """A membership, confirmed unless said otherwise; `is_referent=True` for a referent."""
    if status != MembershipStatus.PENDING:
        fields.setdefault("decided_at", timezone.now())
    with as_system("test data"):
        return Membership.objects.create(account=account, institution=institution, status=status, **fields)

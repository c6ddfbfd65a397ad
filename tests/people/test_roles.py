"""Roles: who gives them, who sees them, what they give."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models import AuditEvent
from nuserus.people.actions.roles import RoleRefused, grant_role, revoke_role
from nuserus.people.enums import Role
from nuserus.people.models import Account, RoleGrant
from tests.factories.people import make_account, make_role

pytestmark = pytest.mark.usefixtures("database")

ClientAs = Callable[[Account | None], Client]


def test_person_stands_on_their_own_roles_only():
    account, other = make_account(Role.REVIEWER), make_account(Role.SITE_ADMIN)
    with acting_as(account.pk) as asking:
        assert asking.roles == {"reviewer"}
        assert asking.verified
        assert [grant.account_id for grant in RoleGrant.objects.all()] == [account.pk]
    with acting_as(other.pk) as asking:
        assert not asking.verified
    with acting_as(None) as asking:
        assert asking.roles == frozenset()
        assert not RoleGrant.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_only_professionals_are_verified(role: Role):
    account = make_account(role)
    professional = {
        "member",
        "facilitator",
        "moderator",
        "reviewer",
        "study_lead",
        "study_researcher",
        "practitioner_researcher",
    }
    with acting_as(account.pk) as asking:
        assert asking.verified == (role in professional)


def test_role_in_one_place_is_not_the_role_everywhere():
    account, place = make_account(), uuid4()
    make_role(account, Role.MODERATOR, place)
    with acting_as(account.pk) as asking:
        assert asking.roles == {f"moderator:{place}"}


def test_application_role_writes_no_role():
    account = make_account(Role.MEMBER)
    with acting_as(account.pk):
        for attempt in (
            lambda: RoleGrant.objects.create(
                account=account, role=Role.SITE_ADMIN, reason="x", scope_author=account.pk
            ),
            lambda: RoleGrant.objects.update(role=Role.SITE_ADMIN),
            lambda: RoleGrant.objects.all().delete(),
        ):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                attempt()


def test_role_is_readable_by_its_holder_and_nobody_else():
    account, other = make_account(), make_account()
    with pytest.raises(IntegrityError), as_system("test data"):
        RoleGrant.objects.create(account=account, role="member", reason="x", scope_author=other.pk)


def test_administrator_grants_and_revokes_and_it_is_noted():
    admin, other = make_account(Role.SITE_ADMIN), make_account()
    with acting_as(admin.pk) as asking:
        grant = grant_role(actor=asking, account=other, role=Role.REVIEWER, reason="formée en mai")
        again = grant_role(actor=asking, account=other, role=Role.REVIEWER, reason="deux fois")
        assert again.pk == grant.pk
    with acting_as(other.pk) as asking:
        assert "reviewer" in asking.roles
    with acting_as(admin.pk) as asking:
        revoke_role(actor=asking, grant=grant, reason="a changé de métier")
    with acting_as(other.pk) as asking:
        assert asking.roles == frozenset()
    with as_system("read the journal"):
        pass
    actions = _noted(other)
    assert actions == ["grant role reviewer", "revoke role reviewer"]


def _noted(account: Account) -> list[str]:
    rows = AuditEvent.objects.using("owner").filter(object_id=account.pk).order_by("at")
    return list(rows.values_list("action", flat=True))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SITE_ADMIN])
def test_nobody_else_grants_or_revokes(role: Role):
    actor, other = make_account(role), make_account(Role.MEMBER)
    with as_system("test"):
        grant = RoleGrant.objects.get(account_id=other.pk)
    with acting_as(actor.pk) as asking:
        with pytest.raises(PermissionDenied):
            grant_role(actor=asking, account=other, role=Role.MEMBER, reason="x")
        with pytest.raises(PermissionDenied):
            revoke_role(actor=asking, grant=grant, reason="x")


def test_nobody_grants_to_oneself():
    admin = make_account(Role.SITE_ADMIN)
    with acting_as(admin.pk) as asking, pytest.raises(RoleRefused):
        grant_role(actor=asking, account=admin, role=Role.REVIEWER, reason="x")


def test_last_administrator_stays():
    admin = make_account(Role.SITE_ADMIN)
    with as_system("test"):
        grant = RoleGrant.objects.get()
    with acting_as(admin.pk) as asking, pytest.raises(RoleRefused):
        revoke_role(actor=asking, grant=grant, reason="x")
    make_account(Role.SITE_ADMIN)
    with acting_as(admin.pk) as asking:
        revoke_role(actor=asking, grant=grant, reason="x")


def test_pages_from_finding_to_revoking(client_as: ClientAs):
    admin, other = make_account(Role.SITE_ADMIN, name="Ada"), make_account(name="Omar")
    client = client_as(admin)
    found = client.post(reverse("people:roles"), {"email": other.email.upper()})
    address = reverse("people:roles_of", args=[other.pk])
    assert found["Location"] == address
    form = {"role": "facilitator", "reason": "anime le groupe tablettes"}
    page = client.post(address, form, follow=True)
    body = page.content.decode()
    assert "anime le groupe tablettes" in body
    assert "donné par Ada" in body
    with as_system("test"):
        grant = RoleGrant.objects.get(account_id=other.pk)
    revoke = reverse("people:revoke_role", args=[other.pk, grant.pk])
    assert client.get(revoke).status_code == 200
    client.post(revoke, {"reason": "fin du groupe"})
    with acting_as(other.pk) as asking:
        assert asking.roles == frozenset()


def test_person_reads_their_roles_and_reasons(client_as: ClientAs):
    account = make_account(Role.REVIEWER)
    body = client_as(account).get(reverse("people:account")).content.decode()
    assert "Relecteur, relectrice" in body
    assert "Motif : essai" in body
    assert "Pourquoi je vois ceci" in body


def test_pages_of_roles_are_for_administrators(client_as: ClientAs):
    other = make_account()
    addresses = [
        reverse("people:roles"),
        reverse("people:roles_of", args=[other.pk]),
        reverse("people:revoke_role", args=[other.pk, uuid4()]),
    ]
    for address in addresses:
        assert client_as(None).get(address).status_code == 302
        assert client_as(make_account(Role.MODERATOR)).get(address).status_code == 403
        assert client_as(make_account(Role.MODERATOR)).post(address).status_code == 403


def test_missing_closed_and_other_persons_roles_are_the_same_404(client_as: ClientAs):
    client = client_as(make_account(Role.SITE_ADMIN))
    closed = make_account(is_active=False)
    other = make_account(Role.MEMBER)
    with as_system("test"):
        grant = RoleGrant.objects.get(account_id=other.pk)
    for address in (
        reverse("people:roles_of", args=[uuid4()]),
        reverse("people:roles_of", args=[closed.pk]),
        reverse("people:revoke_role", args=[make_account().pk, grant.pk]),
    ):
        assert client.get(address).status_code == 404


def test_searches_are_counted(client_as: ClientAs):
    client = client_as(make_account(Role.SITE_ADMIN))
    for number in range(61):
        page = client.post(reverse("people:roles"), {"email": f"x{number}@exemple.test"})
    assert "Trop de recherches" in page.content.decode()


def test_first_administrator_is_named_from_the_command_line(capsys: pytest.CaptureFixture[str]):
    account = make_account(name="Ada")
    call_command("grant_role", account.email, "site_admin", reason="installation")
    assert "Ada" in capsys.readouterr().out
    with acting_as(account.pk) as asking:
        assert asking.roles == {"site_admin"}
    with pytest.raises(CommandError):
        call_command("grant_role", "personne@exemple.test", "site_admin", reason="x")

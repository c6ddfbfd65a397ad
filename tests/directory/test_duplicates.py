"""What may be the same place twice: compared and decided by moderators, merged whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections
from django.http import Http404
from django.test import Client

from nuserus.directory.actions.decide_duplicate import link_place, merge_institutions, refuse_duplicate
from nuserus.directory.enums import DuplicateKind, DuplicateReason, DuplicateStatus
from nuserus.directory.models import DuplicateProposal, FormerInstitution, Institution, Membership, Place
from nuserus.directory.registry import Follower, columns_about_institutions, followers
from nuserus.directory.rules import can_decide_duplicate
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.audit import AuditEvent
from nuserus.people.models import Account
from tests.access.world import World, build_world
from tests.factories.directory import make_institution, make_membership, make_place
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def propose(first: Institution, second: Institution | Place) -> DuplicateProposal:
    kind = DuplicateKind.INSTITUTIONS if isinstance(second, Institution) else DuplicateKind.PLACE_OF_INSTITUTION
    with as_system("test data"):
        return DuplicateProposal.objects.create(
            kind=kind, first=first.pk, second=second.pk, reason=DuplicateReason.NEAR_NAME, score=0.9
        )


def rows_about(place: UUID) -> list[str]:
    """Where the database still holds the id of an institution, in every column that may."""
    found = []
    with as_system("test", recorded=False), connections["system"].cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed:
                for column in columns_about_institutions(model):
                    cursor.execute(f'SELECT count(*) FROM {model._meta.db_table} WHERE "{column}" = %s', [place])
                    if cursor.fetchone()[0]:
                        found.append(f"{model._meta.label}.{column}")
    return sorted(found)


def unregistered(known: list[Follower]) -> list[str]:
    """Columns that may hold the id of an institution and that nobody said would follow it."""
    declared = {(follower.model, column) for follower in known for column in follower.columns}
    return sorted(
        f"{model._meta.label}.{column}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for column in columns_about_institutions(model)
        if (model._meta.label, column) not in declared
    )


def test_every_column_about_institutions_follows() -> None:
    assert unregistered(followers()) == [], "register_follower(...) in the AppConfig.ready of the app"


def test_planted_app_that_forgot_is_seen() -> None:
    known = [follower for follower in followers() if follower.model != "devices.Deployment"]
    assert unregistered(known) == ["devices.Deployment.institution_id", "devices.Deployment.scope_institution"]


def test_everything_of_a_whole_world_follows(client_as: ClientAs) -> None:
    world: World = build_world()
    gone, kept = world.place, world.elsewhere
    before = rows_about(gone.pk)
    assert {"practices.Sheet.institution_id", "charters.HouseRule.scope_institution"} <= set(before)
    moderator = world.people["modérateur"]
    assert moderator is not None
    with as_system("test data"):
        proposal = DuplicateProposal.objects.get()
    client = client_as(moderator)
    assert (
        client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "keep_second"})["Location"]
        == kept.get_absolute_url()
    )
    assert rows_about(gone.pk) == []
    assert set(before) <= set(rows_about(kept.pk))
    for address in (f"/annuaire/{gone.pk}/", f"/annuaire/{gone.slug}/"):
        moved = Client().get(address)
        assert (moved.status_code, moved["Location"]) == (301, kept.get_absolute_url())
    member = world.people["membre du lieu"]
    assert member is not None
    with acting_as(member.pk) as asking:
        assert asking.institutions == {kept.pk}
    with as_system("test", recorded=False):
        assert AuditEvent.objects.filter(action="merge institutions", actor_id=moderator.pk).exists()


def test_a_moderator_compares_and_keeps_one(client_as: ClientAs) -> None:
    ours = make_institution("IME de la Source", finess=None)
    register = make_institution("IME LA SOURCE", finess="840000012", register_name="IME LA SOURCE", phone="0490000000")
    both, one = make_account(), make_account()
    make_membership(both, ours, is_referent=True)
    make_membership(both, register)
    make_membership(one, register)
    proposal = propose(ours, register)
    client = client_as(make_account("moderator"))
    assert "1 doublon proposé" in client.get("/mon-espace/").content.decode()
    assert "IME LA SOURCE" in client.get("/annuaire/doublons/").content.decode()
    page = client.get(f"/annuaire/doublons/{proposal.pk}/").content.decode()
    for words in ("840000012", "différent", "Personnes membres", "ne peut pas être défait"):
        assert words in page
    client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "keep_second"})
    with as_system("test", recorded=False):
        found = Membership.objects.filter(institution=register, status="confirmed")
        assert set(found.values_list("account", "is_referent")) == {(both.pk, True), (one.pk, False)}
        assert not Institution.objects.filter(pk=ours.pk).exists()
        proposal.refresh_from_db()
    assert proposal.status == DuplicateStatus.ACCEPTED
    again = client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "keep_second"}, follow=True)
    assert "déjà décidé" in again.content.decode()


def test_what_is_kept_takes_the_number_it_lacks() -> None:
    ours, register = make_institution(finess=None), make_institution(finess="840000013", siret="12345678901234")
    moderator = make_account("moderator")
    with acting_as(moderator.pk) as asking:
        merge_institutions(actor=asking, proposal=propose(ours, register), kept_id=ours.pk)
    with as_system("test", recorded=False):
        ours.refresh_from_db()
        former = FormerInstitution.objects.get()
    assert (ours.finess, ours.siret) == ("840000013", "12345678901234")
    assert (former.pk, former.slug, former.institution_id) == (register.pk, register.slug, ours.pk)


def test_two_merges_in_a_row_lead_to_the_last(client: Client) -> None:
    first, second, third = make_institution(), make_institution(), make_institution()
    moderator = make_account("moderator")
    for gone, kept in ((first, second), (second, third)):
        proposal = propose(gone, kept)
        with acting_as(moderator.pk) as asking:
            merge_institutions(actor=asking, proposal=proposal, kept_id=kept.pk)
    assert client.get(f"/annuaire/{first.pk}/")["Location"] == third.get_absolute_url()


def test_two_numbers_are_two_places(client_as: ClientAs) -> None:
    one, other = make_institution(finess="840000014"), make_institution(finess="840000015")
    proposal = propose(one, other)
    client = client_as(make_account("moderator"))
    page = client.get(f"/annuaire/doublons/{proposal.pk}/").content.decode()
    assert "deux numéros" in page
    assert "garder A" not in page
    answer = client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "keep_first"}, follow=True)
    assert "deux numéros" in answer.content.decode()
    with as_system("test", recorded=False):
        assert Institution.objects.count() == 2
        proposal.refresh_from_db()
    assert proposal.status == DuplicateStatus.WAITING


def test_what_did_not_follow_stops_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app that forgot: nothing is half moved, and the moderator is told."""
    gone, kept = make_institution(), make_institution()
    make_membership(make_account(), gone)
    proposal = propose(gone, kept)
    from nuserus.directory.actions import decide_duplicate

    monkeypatch.setattr(decide_duplicate, "followers", list)
    with (
        acting_as(make_account("moderator").pk) as asking,
        pytest.raises(ValidationError, match="Rien n’a changé"),
    ):
        merge_institutions(actor=asking, proposal=proposal, kept_id=kept.pk)
    with as_system("test", recorded=False):
        assert Institution.objects.filter(pk=gone.pk).exists()
        proposal.refresh_from_db()
    assert proposal.status == DuplicateStatus.WAITING


def test_refused_is_decided_once() -> None:
    proposal = propose(make_institution(), make_institution())
    moderator = make_account("moderator")
    with acting_as(moderator.pk) as asking:
        refuse_duplicate(actor=asking, proposal=proposal)
    with acting_as(moderator.pk) as asking, pytest.raises(ValidationError, match="déjà décidé"):
        refuse_duplicate(actor=asking, proposal=proposal)
    with as_system("test", recorded=False):
        proposal.refresh_from_db()
    assert (proposal.status, proposal.decided_by_id) == (DuplicateStatus.REFUSED, moderator.pk)


def test_a_place_is_linked_not_merged(client_as: ClientAs) -> None:
    institution, place = make_institution(), make_place("Espace public numérique")
    proposal = propose(institution, place)
    client = client_as(make_account("moderator"))
    page = client.get(f"/annuaire/doublons/{proposal.pk}/").content.decode()
    assert "chacune mène à l’autre" in page
    assert client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "keep_first"}).status_code == 400
    client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "link"})
    with as_system("test", recorded=False):
        place.refresh_from_db()
    assert place.institution_id == institution.pk


def test_a_home_is_linked_to_no_street(client_as: ClientAs) -> None:
    home, place = make_institution(category="462"), make_place(street="3 rue des Lilas", phone="0490000000")
    proposal = propose(home, place)
    client = client_as(make_account("moderator"))
    page = client.get(f"/annuaire/doublons/{proposal.pk}/").content.decode()
    assert "rue des Lilas" not in page
    assert "0490000000" not in page
    client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "link"})
    with as_system("test", recorded=False):
        place.refresh_from_db()
    assert place.institution_id is None


def test_what_may_be_a_home_is_never_joined_to_a_street(client_as: ClientAs) -> None:
    ours = make_institution("La Source", finess=None, street="3 rue des Lilas", contact_email="chez@exemple.fr")
    home = make_institution("LA SOURCE", category="462", finess="840000012")
    proposal = propose(ours, home)
    client, address = client_as(make_account("moderator")), f"/annuaire/doublons/{proposal.pk}/"
    refused = client.post(address, {"decision": "keep_first"}, follow=True).content.decode()
    assert "c’est lui qu’il faut garder" in refused
    with as_system("test", recorded=False):
        assert Institution.objects.filter(pk__in=[ours.pk, home.pk]).count() == 2
    client.post(address, {"decision": "keep_second"})
    with as_system("test", recorded=False):
        kept = Institution.objects.get(pk=home.pk)
        assert not Institution.objects.filter(pk=ours.pk).exists()
    assert (kept.is_private_home, kept.street, kept.contact_email) == (True, "", "")


def test_moderators_alone(client_as: ClientAs) -> None:
    institution, place = make_institution(), make_place()
    proposal = propose(institution, place)
    referent = make_account()
    make_membership(referent, institution, is_referent=True)
    for account in (referent, make_account(), make_account("site_admin"), make_account("reviewer")):
        client = client_as(account)
        assert client.get("/annuaire/doublons/").status_code == 404
        assert client.post(f"/annuaire/doublons/{proposal.pk}/", {"decision": "link"}).status_code == 404
        with acting_as(account.pk) as asking:
            assert not can_decide_duplicate.allows(asking, proposal)
            with pytest.raises((PermissionDenied, Http404)):
                link_place(actor=asking, proposal=proposal)
    assert client_as(None).get("/annuaire/doublons/").status_code == 302
    with as_system("test", recorded=False):
        proposal.refresh_from_db()
    assert proposal.status == DuplicateStatus.WAITING

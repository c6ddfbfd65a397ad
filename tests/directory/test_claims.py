"""Becoming the first referent, or one more; handing over."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connections
from django.test import Client
from django.utils import timezone

from nuserus.directory.actions.claim_institution import ask_code, claim_institution, send_code, use_code
from nuserus.directory.enums import CODE_TRIES, CODES_A_REQUEST, CheckedBy, MembershipStatus
from nuserus.directory.models import Institution, Membership
from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
HOW = "Appel au secrétariat, la cheffe de service confirme."


def claimed(account: Account, place: Institution) -> Membership:
    return make_membership(account, place, status=MembershipStatus.PENDING, claimed_at=timezone.now())


def now_of(membership: Membership) -> Membership:
    with as_system("test data"):
        membership.refresh_from_db()
    return membership


def code_for(place: Institution, account: Account) -> str:
    """The code that the place has just received."""
    send_code(place_id=place.pk, account_id=account.pk)
    found = re.search(r"^    (\S{4} \S{4})$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def test_first_referent_by_a_code_from_the_place(client_as: ClientAs) -> None:
    place, account = make_institution(contact_email="accueil@ime.exemple"), make_account(name="Dominique")
    client = client_as(account)
    page = client.get(f"/annuaire/{place.pk}/etre-referent/").content.decode()
    assert "a…@ime.exemple" in page
    assert "accueil@ime.exemple" not in page
    asked = client.post(f"/annuaire/{place.pk}/etre-referent/", {"message": "Cheffe de service"})
    assert asked["Location"] == f"/annuaire/{place.pk}/code/"
    assert client.get(asked["Location"]).status_code == 200
    sent = client.post(asked["Location"], {"send": "yes", "address": "moi@ailleurs.exemple"}, follow=True)
    assert "Un code part vers l’adresse du lieu" in sent.content.decode()
    code = code_for(place, account)
    assert mail.outbox[-1].to == ["accueil@ime.exemple"]
    assert "Dominique" in mail.outbox[-1].body
    wrong = client.post(asked["Location"], {"code": "AAAA AAAA"})
    assert "Ce n’est pas le bon code" in wrong.content.decode()
    with as_system("test data"):
        row = Membership.objects.get(account=account)
    assert (row.code_tries, row.is_referent) == (1, False)
    assert code.replace(" ", "") not in row.code_hash
    client.post(asked["Location"], {"code": code.lower().replace(" ", "-")})
    assert (now_of(row).is_referent, row.status, row.checked_by) == (True, "confirmed", CheckedBy.CODE)
    assert client.get(asked["Location"]).status_code == 302


def test_a_name_adds_no_line_and_no_link_to_the_mail_of_a_place() -> None:
    place = make_institution(contact_email="accueil@ime.exemple")
    account = make_account(name="Dominique\n\n    Ouvrez https://mal.exemple/x\u202e")
    claimed(account, place)
    with acting_as(account.pk) as asking:
        ask_code(actor=asking, institution=place)
    code_for(place, account)
    body = str(mail.outbox[-1].body)
    assert "Dominique Ouvrez https mal. exemple x demande" in body
    assert "mal.exemple" not in body


def test_a_code_is_tried_a_few_times_and_grows_old(client_as: ClientAs) -> None:
    place, account = make_institution(contact_email="accueil@ime.exemple"), make_account()
    membership = claimed(account, place)
    with acting_as(account.pk) as asking:
        ask_code(actor=asking, institution=place)
    code = code_for(place, account)
    client = client_as(account)
    for _time in range(CODE_TRIES):
        client.post(f"/annuaire/{place.pk}/code/", {"code": "AAAAAAAA"})
    spent = client.post(f"/annuaire/{place.pk}/code/", {"code": code}).content.decode()
    assert "essayé trop de fois" in spent
    with as_system("test data"):
        Membership.objects.update(code_tries=0, code_asked_at=timezone.now() - timedelta(days=8))
    old = client.post(f"/annuaire/{place.pk}/code/", {"code": code}).content.decode()
    assert "Aucun code ne vaut plus" in old
    assert not now_of(membership).is_referent


def test_a_place_does_not_receive_codes_without_end() -> None:
    place = make_institution(contact_email="accueil@ime.exemple")
    people = [make_account() for _ in range(3)]
    for person in people:
        claimed(person, place)
    with pytest.raises(ValidationError, match="déjà partis"):
        for _time in range(CODES_A_REQUEST + 1):
            with acting_as(people[0].pk) as asking:
                ask_code(actor=asking, institution=place)
    with acting_as(people[1].pk) as asking, pytest.raises(ValidationError, match="déjà partis"):
        ask_code(actor=asking, institution=place)


def test_no_code_without_an_address_or_where_somebody_answers() -> None:
    without, with_one = make_institution(), make_institution(contact_email="accueil@ime.exemple")
    account = make_account()
    make_membership(make_account(), with_one, is_referent=True)
    for place, words in ((without, "pas d’adresse"), (with_one, "personne référente")):
        claimed(account, place)
        with acting_as(account.pk) as asking, pytest.raises(ValidationError, match=words):
            ask_code(actor=asking, institution=place)
    elsewhere = make_institution(contact_email="b@exemple.fr")
    with acting_as(account.pk) as asking, pytest.raises(ValidationError, match="pas demandé"):
        ask_code(actor=asking, institution=elsewhere)


def test_the_code_of_somebody_else_is_no_code() -> None:
    place = make_institution(contact_email="accueil@ime.exemple")
    one, other = make_account(), make_account()
    for person in (one, other):
        claimed(person, place)
        with acting_as(person.pk) as asking:
            ask_code(actor=asking, institution=place)
    code_for(place, other)
    code = code_for(place, one)
    with acting_as(other.pk) as asking, pytest.raises(ValidationError, match="bon code"):
        use_code(actor=asking, institution=place, code=code)


@pytest.mark.parametrize(
    "forged",
    [
        {"is_referent": True, "status": "confirmed"},
        {"code_hash": "0" * 64},
        {"code_tries": 0, "code_count": 0, "code_asked_at": None},
        {"checked_by": "code"},
        {"claim_refused_at": None, "how_checked": "moi-même, je me connais"},
    ],
)
def test_nobody_writes_their_own_claim_true(forged: dict[str, object]) -> None:
    place, account = make_institution(), make_account()
    membership = claimed(account, place)
    with as_system("test data"):
        Membership.objects.update(code_tries=4, code_count=1, code_asked_at=timezone.now())
    with pytest.raises(DatabaseError), acting_as(account.pk):
        Membership.objects.filter(pk=membership.pk).update(**forged)
    assert not now_of(membership).is_referent


def test_a_moderator_says_how_they_checked(client_as: ClientAs) -> None:
    place, asker, moderator = make_institution("Foyer seul"), make_account(name="Sacha"), make_account("moderator")
    client_as(asker).post(f"/annuaire/{place.pk}/etre-referent/", {"message": "Je coordonne"})
    with acting_as(asker.pk):
        membership = Membership.objects.get()
    with acting_as(moderator.pk):
        assert Notice.objects.get().kind == "directory.claimed"
    client = client_as(moderator)
    assert "demande à être référent" in client.get("/annuaire/demandes/").content.decode()
    assert "Vérifier puis nommer" in client.get(f"/annuaire/{place.pk}/membres/").content.decode()
    address = f"/annuaire/membres/{membership.pk}/verifier/"
    assert "Je coordonne" in client.get(address).content.decode()
    for how in ("", "oui", "          "):
        assert "Dites comment vous avez vérifié" in client.post(address, {"how_checked": how}).content.decode()
    assert client.post(address, {"how_checked": HOW}).status_code == 302
    assert (now_of(membership).is_referent, membership.how_checked) == (True, HOW)
    assert client_as(make_account()).get(address).status_code == 404


def test_the_database_wants_it_said_too() -> None:
    moderator = make_account("moderator")
    membership = claimed(make_account(), make_institution())
    named = {"status": "confirmed", "is_referent": True, "decided_by": moderator}
    for said in ({}, {"checked_by": "referent", "how_checked": HOW}, {"checked_by": "moderator", "how_checked": "oui"}):
        with pytest.raises(DatabaseError), acting_as(moderator.pk):
            Membership.objects.filter(pk=membership.pk).update(**named, **said)
    with acting_as(moderator.pk):
        rows = Membership.objects.filter(pk=membership.pk)
        assert rows.update(**named, checked_by="moderator", how_checked=HOW) == 1


def test_a_present_referent_answers(client_as: ClientAs) -> None:
    place, referent = make_institution(), make_account()
    make_membership(referent, place, is_referent=True)
    first, second, member = (make_account() for _ in range(3))
    make_membership(member, place)
    for account in (first, second, member):
        assert client_as(account).post(f"/annuaire/{place.pk}/etre-referent/")["Location"] == place.get_absolute_url()
    rows = {}
    for account in (first, second, member):
        with acting_as(account.pk):
            rows[account.pk] = Membership.objects.get()
    client = client_as(referent)
    page = client.get(f"/annuaire/{place.pk}/membres/").content.decode()
    assert "Accepter comme référent" in page
    assert "Reste membre" in page
    decided = ((first, "name_referent", True), (second, "confirm", False), (member, "refuse_claim", False))
    for account, decision, expected in decided:
        client.post(f"/annuaire/membres/{rows[account.pk].pk}/", {"decision": decision})
        row = now_of(rows[account.pk])
        assert (row.status, row.is_referent, row.claimed_at) == ("confirmed", expected, None)
    again = client_as(member).post(f"/annuaire/{place.pk}/etre-referent/").content.decode()
    assert "moins d’un mois" in again


def test_a_closed_place_takes_nobody_and_keeps_its_members(client_as: ClientAs) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    place, account = make_institution(closed_on=yesterday), make_account()
    make_membership(make_account(), place, is_referent=True)
    client = client_as(account)
    assert "Ce lieu est fermé" in client.get(f"/annuaire/{place.pk}/etre-referent/").content.decode()
    for page in ("rejoindre", "etre-referent"):
        assert "Ce lieu est fermé" in client.post(f"/annuaire/{place.pk}/{page}/").content.decode()
    with pytest.raises(DatabaseError, match="closed"), acting_as(account.pk):
        Membership(account=account, institution=place).save(force_insert=True)
    with as_system("test data"):
        assert Membership.objects.filter(institution=place).count() == 1


def test_handing_over(client_as: ClientAs) -> None:
    place, referent, member = make_institution(), make_account(), make_account(name="Claude")
    own = make_membership(referent, place, is_referent=True)
    other = make_membership(member, place)
    client, address = client_as(referent), f"/annuaire/{place.pk}/passer-la-main/"
    page = client.get(address).content.decode()
    assert "Claude" in page
    assert "Ce qui suivra" in page
    assert "lisez ce qui suivra" in client.post(address, {"successor": "nobody"}).content.decode()
    assert now_of(own).is_referent
    assert client.post(address, {"successor": str(other.pk)}).status_code == 302
    assert (now_of(own).is_referent, now_of(own).status, now_of(other).is_referent) == (False, "confirmed", True)
    assert client.get(address).status_code == 404


def test_the_last_referent_leaves_knowing_what_follows(client_as: ClientAs) -> None:
    place, referent, moderator = make_institution("Foyer laissé"), make_account(), make_account("moderator")
    own = make_membership(referent, place, is_referent=True)
    answers = {"successor": "nobody", "knows_what_follows": "on"}
    assert client_as(referent).post(f"/annuaire/{place.pk}/passer-la-main/", answers).status_code == 302
    assert not now_of(own).is_referent
    with acting_as(moderator.pk):
        assert Notice.objects.get().kind == "directory.without-referent"


def test_a_successor_is_of_the_place(client_as: ClientAs) -> None:
    place, referent = make_institution(), make_account()
    own = make_membership(referent, place, is_referent=True)
    stranger = make_membership(make_account(), make_institution())
    response = client_as(referent).post(f"/annuaire/{place.pk}/passer-la-main/", {"successor": str(stranger.pk)})
    assert response.status_code == 200
    assert now_of(own).is_referent


def test_visitors_sign_in_and_strangers_find_nothing(client: Client, client_as: ClientAs) -> None:
    place = make_institution()
    for page in ("etre-referent", "code", "passer-la-main", "coordonnees"):
        assert client.get(f"/annuaire/{place.pk}/{page}/").status_code == 302
    stranger = client_as(make_account())
    for page in ("code", "passer-la-main", "coordonnees"):
        assert stranger.get(f"/annuaire/{place.pk}/{page}/").status_code == 404


def test_the_job_of_a_claim_that_is_over_sends_nothing() -> None:
    place, account = make_institution(contact_email="accueil@ime.exemple"), make_account()
    make_membership(account, place, status=MembershipStatus.REFUSED)
    before = len(mail.outbox)
    send_code(place_id=place.pk, account_id=account.pk)
    assert len(mail.outbox) == before


def test_planted_function_that_trusts_anybody_is_seen() -> None:
    """Without the hash in the function, the walls above would not hold: this shows that they stand on it."""
    place, account = make_institution(contact_email="accueil@ime.exemple"), make_account()
    claimed(account, place)
    with acting_as(account.pk) as asking:
        ask_code(actor=asking, institution=place)
        with pytest.raises(ValidationError, match="Aucun code"):
            use_code(actor=asking, institution=place, code="")
    with acting_as(account.pk), connections["default"].cursor() as cursor:
        cursor.execute("SELECT directory_keep_code(%s, %s)", [place.pk, "trop court"])
        assert cursor.fetchone() == (None,)


def test_claiming_twice_says_so() -> None:
    place, account = make_institution(), make_account()
    with acting_as(account.pk) as asking:
        claim_institution(actor=asking, institution=place)
    with acting_as(account.pk) as asking, pytest.raises(ValidationError, match="déjà demandé"):
        claim_institution(actor=asking, institution=place)

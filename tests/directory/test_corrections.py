"""What a place says of itself in place of the register, and going back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connections
from django.test import Client

from nuserus.directory.actions.correct_institution import correct_institution
from nuserus.directory.enums import OwnDetail
from nuserus.directory.models import Correction, Institution
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.audit import AuditEvent
from nuserus.foundation.policy import Unreadable
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from tests.factories.directory import make_institution, make_membership
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
REGISTER = "IME LES TILLEULS"


def now_of(place: Institution) -> Institution:
    with as_system("test data"):
        place.refresh_from_db()
    return place


def a_place(**fields: Any) -> tuple[Institution, Account]:
    place = make_institution(REGISTER, register_name=REGISTER, **fields)
    referent = make_account()
    make_membership(referent, place, is_referent=True)
    return place, referent


def typed(**changed: str) -> dict[str, str]:
    return {"name": REGISTER, "phone": "", "opening": "", "website": "", **changed}


def test_a_referent_corrects_and_the_register_stays_beside(client_as: ClientAs) -> None:
    place, referent = a_place(phone="0490000000")
    client, address = client_as(referent), f"/annuaire/{place.pk}/coordonnees/"
    assert client.get(address).status_code == 200
    sent = typed(
        name="Les  Tilleuls, IME", phone="04 90 11 22 33", website="www.exemple.fr", opening="du lundi au vendredi"
    )
    assert client.post(address, sent).status_code == 302
    found = now_of(place)
    assert (found.name, found.folded, found.named_by_place) == ("Les Tilleuls, IME", "les tilleuls, ime", True)
    assert (found.register_name, found.phone, found.website) == (REGISTER, "04 90 11 22 33", "https://www.exemple.fr")
    assert sorted(found.own_details) == ["name", "opening", "phone", "website"]
    page = client.get(address).content.decode()
    assert f"Au répertoire\N{NO-BREAK SPACE}: {REGISTER}" in page
    assert page.count("Revenir à ce qui était avant") == 4
    with as_system("test data"):
        assert AuditEvent.objects.filter(action="correct name of institution", actor_id=referent.pk).exists()


def test_going_back_one_step_at_a_time(client_as: ClientAs) -> None:
    place, referent = a_place()
    client, address = client_as(referent), f"/annuaire/{place.pk}/coordonnees/"
    for name in ("Les Tilleuls", "Les Grands Tilleuls"):
        client.post(address, typed(name=name))
    with as_system("test data"):
        last, first = Correction.objects.all()
        # meanwhile the register says it otherwise
        Institution.objects.update(register_name="IME LES TILLEULS (AVIGNON)")
    early = client.post(f"/annuaire/corrections/{first.pk}/annuler/", follow=True)
    assert "pas la dernière correction" in early.content.decode()
    client.post(f"/annuaire/corrections/{last.pk}/annuler/")
    assert (now_of(place).name, place.named_by_place) == ("Les Tilleuls", True)
    client.post(f"/annuaire/corrections/{first.pk}/annuler/")
    found = now_of(place)
    assert (found.name, found.named_by_place, found.own_details) == ("IME LES TILLEULS (AVIGNON)", False, [])


def test_a_name_reads_as_it_is_written(client_as: ClientAs) -> None:
    place, referent = a_place()
    # an override of direction, which would show the letters in another order
    client_as(referent).post(f"/annuaire/{place.pk}/coordonnees/", typed(name="Les \u202eTilleuls\u2066"))
    assert now_of(place).name == "Les Tilleuls"


def test_moderators_take_back_an_abusive_name_for_good(client_as: ClientAs) -> None:
    place, referent = a_place()
    address = f"/annuaire/{place.pk}/coordonnees/"
    client_as(referent).post(address, typed(name="Prison des Tilleuls"))
    with as_system("test data"):
        correction = Correction.objects.get()
    moderator = client_as(make_account("moderator"))
    page = moderator.get(address).content.decode()
    assert "Prison des Tilleuls" in page
    assert "Enregistrer" not in page
    moderator.post(f"/annuaire/corrections/{correction.pk}/annuler/")
    assert now_of(place).name == REGISTER
    with acting_as(referent.pk):
        assert Notice.objects.get().kind == "directory.taken-back"
    again = client_as(referent).post(address, typed(name="Prison des Tilleuls"))
    assert "La modération a retiré ce nom" in again.content.decode()
    assert now_of(place).name == REGISTER


def test_a_home_has_no_telephone_nowhere(client_as: ClientAs) -> None:
    place, referent = a_place(category="462")
    client, address = client_as(referent), f"/annuaire/{place.pk}/coordonnees/"
    page = client.get(address).content.decode()
    assert 'name="phone"' not in page
    assert 'name="opening"' not in page
    client.post(address, typed(name="La Maison", phone="0490112233", street="3 rue des Lilas", opening="toujours"))
    found = now_of(place)
    assert (found.name, found.phone, found.street, found.opening) == ("La Maison", "", "", "")
    with acting_as(referent.pk) as asking, pytest.raises(ValidationError, match="chez elles"):
        correct_institution(
            actor=asking, institution=place, details={OwnDetail.NAME: "Chez nous", OwnDetail.PHONE: "0490112233"}
        )
    assert now_of(place).name == "La Maison"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "obligatoire"),
        ({"name": "x" * 201}, "200"),
        ({"phone": "appelez-moi"}, "numéro de téléphone"),
        ({"website": "javascript:alert(1)"}, "URL"),
        ({"opening": "x" * 301}, "300"),
    ],
)
def test_what_cannot_be_is_said_in_words(client_as: ClientAs, sent: dict[str, str], words: str) -> None:
    place, referent = a_place()
    response = client_as(referent).post(f"/annuaire/{place.pk}/coordonnees/", typed(**sent))
    assert response.status_code == 200
    assert response.context["form"].errors
    assert now_of(place).own_details == []
    assert words


def test_others_change_nothing(client_as: ClientAs) -> None:
    place, referent = a_place()
    elsewhere, member = make_account(), make_account()
    make_membership(elsewhere, make_institution(), is_referent=True)
    make_membership(member, place)
    for account in (elsewhere, member, make_account("site_admin")):
        assert client_as(account).post(f"/annuaire/{place.pk}/coordonnees/", typed(name="Faux")).status_code == 404
        with acting_as(account.pk) as asking, pytest.raises((PermissionDenied, Unreadable)):
            correct_institution(actor=asking, institution=place, details={OwnDetail.NAME: "Faux"})
    moderator = make_account("moderator")
    client_as(moderator).post(f"/annuaire/{place.pk}/coordonnees/", typed(name="Faux"))
    for account in (elsewhere, member, moderator):
        with acting_as(account.pk), connections["default"].cursor() as cursor:
            cursor.execute("SELECT directory_correct(gen_random_uuid(), %s, 'name', 'Faux', 'faux')", [place.pk])
            assert cursor.fetchone() == ("not-yours",)
    assert now_of(place).name == REGISTER
    client_as(referent).post(f"/annuaire/{place.pk}/coordonnees/", typed(name="Vrai"))
    with as_system("test data"):
        correction = Correction.objects.get()
    for account in (elsewhere, member):
        assert client_as(account).post(f"/annuaire/corrections/{correction.pk}/annuler/").status_code == 404


def test_the_application_writes_neither_the_place_nor_the_history() -> None:
    place, referent = a_place()
    for attempt in (
        "UPDATE directory_institution SET phone = '1'",
        "SELECT directory_write_detail(%s, 'name', 'Faux', 'faux', true)",
        "DELETE FROM directory_correction",
    ):
        with pytest.raises(DatabaseError), acting_as(referent.pk), connections["default"].cursor() as cursor:
            cursor.execute(attempt, [place.pk] if "%s" in attempt else None)

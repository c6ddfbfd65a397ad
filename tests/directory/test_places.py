"""The page of a place of help, contact cards, linked data; and what may be a home shown nowhere."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from nuserus.directory.models import Institution, Place, Service
from nuserus.directory.queries.telling import vcard
from nuserus.foundation.asking import as_system
from tests.factories.directory import make_institution, make_place

pytestmark = pytest.mark.usefixtures("database")

NASTY = "Chez ; l’ami, « a\\b »\r\nBEGIN:VCARD </script><script>"


def unfolded(card: str) -> dict[str, str]:
    """The properties of a card, once its lines are put together again."""
    lines = card.replace("\r\n ", "").split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


def linked(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    loaded: dict[str, object] = json.loads(found.group(1))
    return loaded


def test_a_place_says_everything_in_words(client: Client) -> None:
    place = make_place(
        "La Souris",
        street="3 rue du Four",
        post_code="84000",
        phone="04 90 00 00 00",
        opening_hours="Mo-Fr 09:00-12:00; PH off",
        website="https://souris.exemple.fr/",
        updated_on=date(2026, 9, 30),
        networks=["france-services"],
    )
    with as_system("test data"):
        Service.objects.create(
            place=place,
            source=place.source,
            source_id="s",
            name="Aide aux démarches",
            themes=["numerique--acceder-a-des-services-en-ligne", "un-theme--jamais-vu"],
            publics=["tous-publics"],
            fees="gratuit",
            link="javascript:alert(1)",
        )
        Service.objects.create(place=place, source=place.source, source_id="t", name="Fini", closed_on=date(2020, 1, 1))
    page = client.get(place.get_absolute_url()).content.decode()
    for words in (
        "3 rue du Four, 84000 Avignon",
        "Accéder à des services en ligne",
        "Jamais vu",
        "Tous publics",
        "Gratuit",
        "lundi",
        "France",
        "cartographie de la médiation numérique, fiche mise à jour le 30 septembre 2026",
        'href="https://souris.exemple.fr/"',
    ):
        assert words in page, words
    for absent in ("javascript:", "Fini", "Mo-Fr", "None"):
        assert absent not in page
    assert linked(page)["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "3 rue du Four",
        "postalCode": "84000",
        "addressLocality": "Avignon",
        "addressCountry": "FR",
    }


def test_cards_escape_what_registers_write(client: Client) -> None:
    place = make_place(NASTY, latitude=43.9, longitude=4.8, is_fictitious=True)
    reply = client.get(f"{place.get_absolute_url()}carte-de-visite.vcf")
    assert reply["Content-Type"] == "text/vcard; charset=utf-8"
    facts = unfolded(reply.content.decode())
    assert facts["FN"] == "Chez \\; l’ami\\, « a\\\\b »\\nBEGIN:VCARD </script><script>"
    assert facts["GEO"] == "geo:43.90000,4.80000"
    assert facts["NOTE"] == "exemple fictif"
    page = client.get(place.get_absolute_url()).content.decode()
    assert linked(page)["name"] == NASTY


@given(st.text(max_size=400), st.text(max_size=200))
def test_any_name_makes_a_card_of_short_whole_lines(name: str, street: str) -> None:
    place = Place(name=name, street=street, town_name="Gap", website="https://a.fr/\r\nX:1")
    card = vcard(place, url="https://ici.exemple/", note="", today=date(2026, 1, 1))
    assert card.endswith("END:VCARD\r\n")
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    assert "\n" not in card.replace("\r\n", "")
    assert set(unfolded(card)) >= {"BEGIN", "VERSION", "UID", "FN", "END"}
    assert "X" not in unfolded(card)


@pytest.fixture
def home() -> Institution:
    """A life-and-welcome place as the worst row could be: the database refuses its street, not its precise point."""
    return make_institution(
        "LVA Sous les Tilleuls",
        category="462",
        town_name="Mirecourt",
        department="88",
        latitude=48.2954321,
        longitude=6.1298765,
        precision="",
        contact_email="famille@exemple.fr",
    )


def test_a_home_has_no_street_nor_precise_point_anywhere(client: Client, home: Institution) -> None:
    home.street = "12 chemin des Tilleuls"  # as if the floor had let it in: what is told outside must not trust the row
    outputs = {
        address: client.get(address).content.decode()
        for address in (
            home.get_absolute_url(),
            f"{home.get_absolute_url()}carte-de-visite.vcf",
            "/annuaire/?q=tilleuls",
            "/carte/?q=tilleuls",
            "/carte/points/?boite=-5,42,9,51&zoom=12",
            "/carte/points/?boite=-5,42,9,51&zoom=18",
            "/carte/autour/?carre=11-1058-712",
            "/carte/autour/?carre=13-4235-2848",
        )
    }
    outputs["card"] = vcard(home, url="https://ici.exemple/", note="", today=date(2026, 1, 1))
    assert "Tilleuls" in "".join(outputs.values())
    for address, text in outputs.items():
        for secret in ("48.295", "6.1298", "chemin des", "famille@"):
            assert secret not in text, (address, secret)


def test_planted_street_is_seen_when_it_is_no_home(client: Client) -> None:
    place = make_institution("IME", street="12 chemin des Tilleuls", latitude=48.2954321, longitude=6.1298765)
    assert "chemin des" in client.get("/annuaire/").content.decode()
    assert "48.29543" in client.get(f"{place.get_absolute_url()}carte-de-visite.vcf").content.decode()
    assert "48.295" in client.get("/carte/points/", {"boite": "-5,42,9,51", "zoom": "12"}).content.decode()

"""Adapter chez nous, from the origin to the family tree."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from nuserus.practices.models import Card, Sheet
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import STEPS, make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _start(client: Client, origin: Sheet, place: Institution) -> Sheet:
    response = client.post(reverse("sheets:adapt", args=[origin.pk]), {"institution": str(place.pk)})
    assert response.status_code == 302
    with as_system("test"):
        return Sheet.objects.get(adapted_from=origin)


def _cards(sheet: Sheet) -> list[Card]:
    with as_system("test"):
        return list(Card.objects.filter(sheet=sheet).order_by("position"))


def test_cards_are_copied_with_their_links(client_as: ClientAs) -> None:
    place = make_institution()
    origin = make_sheet(happened="Cela a marché", ethics={"accord-personne": "oui"})
    sheet = _start(client_as(make_member(place)), origin, place)
    ours, theirs = _cards(sheet), _cards(origin)
    assert [card.text for card in ours] == list(STEPS)
    assert [(card.origin_id, card.origin_text) for card in ours] == [(card.pk, card.text) for card in theirs]
    assert (sheet.family, sheet.institution_id, sheet.status) == (origin.family, place.pk, "draft")
    assert sheet.devices == origin.devices
    assert (sheet.happened, sheet.ethics) == ("", {})


def test_changes_are_marked_in_words_and_marks(client_as: ClientAs) -> None:
    place = make_institution()
    origin = make_sheet(cards=["Nous photographions le car.", "On range.", "On part."])
    client = client_as(make_member(place))
    sheet = _start(client, origin, place)
    url = reverse("sheets:adaptation", args=[sheet.pk])
    response = client.post(
        url,
        {
            "revision": "0",
            "text_0": "Nous dessinons le car.",
            "what_0": "Des dessins",
            "why_0": "Pas d’appareil chez nous",
            "text_1": "",
            "text_2": "On part.",
            "text_new": "Une chanson accompagne la porte qui se ferme.",
            "why_changed": "Notre équipe dessine",
        },
        follow=True,
    )
    # French typography binds the colon to its word
    page = response.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert '<del><span class="nu-hidden">retiré : </span>photographions' in page
    assert '<ins><span class="nu-hidden">ajouté : </span>dessinons' in page
    assert "Vous ne le faites pas." in page
    cards = _cards(sheet)
    assert [card.text for card in cards] == [
        "Nous dessinons le car.",
        "On part.",
        "Une chanson accompagne la porte qui se ferme.",
    ]
    assert [card.origin_text for card in cards] == ["Nous photographions le car.", "On part.", ""]
    assert (cards[0].what_changed, cards[0].why_changed) == ("Des dessins", "Pas d’appareil chez nous")
    with as_system("test"):
        sheet.refresh_from_db()
    assert sheet.why_changed == "Notre équipe dessine"


def test_a_late_save_loses_nothing_and_says_so(client_as: ClientAs) -> None:
    place = make_institution()
    origin = make_sheet()
    client = client_as(make_member(place))
    sheet = _start(client, origin, place)
    url = reverse("sheets:adaptation", args=[sheet.pk])
    client.post(url, {"revision": "0", "text_0": "Premier", "text_1": STEPS[1]})
    other = client.post(url, {"revision": "0", "text_0": "Second", "text_1": STEPS[1]})
    # the same person within a few seconds is typing on; their later words stand
    assert other.status_code == 302
    assert _cards(sheet)[0].text == "Second"


def test_started_adaptation_is_offered_again(client_as: ClientAs) -> None:
    place = make_institution()
    origin = make_sheet()
    client = client_as(make_member(place))
    sheet = _start(client, origin, place)
    page = client.get(reverse("sheets:adapt", args=[origin.pk])).content.decode()
    assert reverse("sheets:adaptation", args=[sheet.pk]) in page


def test_who_may_not_adapt(client_as: ClientAs) -> None:
    place, elsewhere = make_institution(), make_institution()
    origin = make_sheet()
    url = reverse("sheets:adapt", args=[origin.pk])
    assert client_as(None).get(url).status_code == 302
    assert client_as(make_account()).get(url).status_code == 403
    assert client_as(make_member(place)).post(url, {"institution": str(elsewhere.pk)}).status_code == 422
    draft = make_sheet(status="draft")
    client = client_as(make_member(place))
    codes = [client.get(reverse("sheets:adapt", args=[one])).status_code for one in (draft.pk, uuid4())]
    assert codes == [404, 404]


def test_draft_adaptation_is_its_writers_alone(client_as: ClientAs) -> None:
    place = make_institution()
    origin = make_sheet()
    sheet = _start(client_as(make_member(place)), origin, place)
    for other in (make_member(place), origin.author, make_account("moderator")):
        assert client_as(other).get(reverse("sheets:adaptation", args=[sheet.pk])).status_code == 404
    page = client_as(None).get(reverse("sheets:detail", args=[origin.pk])).content.decode()
    assert str(sheet.pk) not in page


def test_published_adaptation_shows_what_changed(client: Client) -> None:
    origin = make_sheet(credit="Léa D.")
    child = make_sheet(origin=origin, cards=[])
    with as_system("test"):
        Card.objects.create(
            sheet=child, position=0, text="Nous dessinons le car.", origin=_cards(origin)[0], origin_text=STEPS[0]
        )
    page = client.get(reverse("sheets:differences", args=[child.pk])).content.decode()
    assert "<ins>" in page
    assert client.get(reverse("sheets:differences", args=[origin.pk])).status_code == 404

"""Two tabs, or two people, save the same thing in turn, without JavaScript: nothing is lost, both texts are shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.enums import Mode
from nuserus.fieldwork.models import Interview, JournalEntry, Observation, RestitutionMeeting
from nuserus.foundation.asking import as_system
from nuserus.people.models import Account
from tests.factories.fieldwork import make_field, make_participant, make_visit
from tests.factories.interviews import make_interview, make_listened
from tests.factories.studies import lead_of
from tests.factories.withdrawals import withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
TODAY = str(timezone.localdate())
FIRST, SECOND = "Ce que la première a écrit.", "Ce que la seconde a écrit."


def at(name: str, *args: object) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def opened(client: Client, address: str) -> str:
    """The revision that a form was opened on."""
    found = re.search(r'name="revision"[^>]*value="(\d+)"', client.get(address).content.decode())
    assert found
    return found[1]


def conflict(client: Client, address: str, given: dict[str, Any]) -> str:
    """The page that says so, from which what was typed may be kept all the same."""
    answer = client.post(address, given)
    assert answer.status_code == 409, answer.content.decode()
    page = answer.content.decode()
    assert FIRST in page and SECOND in page and 'role="alert"' in page
    shown = re.search(r'id="garde-titre".*?</section>', page, re.S)
    assert shown and FIRST in shown[0] and "Jour" not in shown[0], "what is the same is not shown"
    found = re.search(r'name="revision"[^>]*value="(\d+)"', page)
    assert found
    return found[1]


def kept(model: type[Any], name: str) -> str:
    with as_system("read test data", recorded=False):
        return str(model.objects.values_list(name, flat=True).get())


def in_turn(client: Client, address: str, save: str, name: str, more: dict[str, Any]) -> Callable[[], None]:
    """Both open, both save; gives what keeps the second one knowingly."""
    both = opened(client, address)
    assert client.post(save, {**more, name: FIRST, "revision": both}).status_code == 302
    now = conflict(client, save, {**more, name: SECOND, "revision": both})

    def knowingly() -> None:
        assert client.post(save, {**more, name: SECOND, "revision": now}).status_code == 302

    return knowingly


@pytest.mark.parametrize("do", ["later", "more", "done"])
def test_an_observation(client_as: ClientAs, do: str) -> None:
    place, researcher = make_field()
    client = client_as(researcher)
    client.post(at("observe", make_visit(place, researcher).pk))
    with as_system("read test data", recorded=False):
        address = at("write_observation", Observation.objects.get().pk)
    again = in_turn(client, address, address, "fact", {"day": TODAY, "do": do})
    assert kept(Observation, "fact") == FIRST
    again()
    assert kept(Observation, "fact") == SECOND


def test_a_page_of_the_journal(client_as: ClientAs) -> None:
    _place, researcher = make_field()
    client = client_as(researcher)
    client.post(at("new_entry"), {"day": TODAY, "text": "Avant."})
    with as_system("read test data", recorded=False):
        address = at("change_entry", JournalEntry.objects.get().pk)
    again = in_turn(client, address, address, "text", {"day": TODAY})
    assert kept(JournalEntry, "text") == FIRST
    again()
    assert kept(JournalEntry, "text") == SECOND


def test_a_restitution(client_as: ClientAs) -> None:
    place, _researcher = make_field()
    client = client_as(lead_of(place.study))
    client.post(at("new_restitution", place.pk), {"held_on": TODAY, "notes": "Avant."})
    with as_system("read test data", recorded=False):
        address = at("change_restitution", RestitutionMeeting.objects.get().pk)
    again = in_turn(client, address, address, "notes", {"held_on": TODAY})
    assert kept(RestitutionMeeting, "notes") == FIRST
    again()
    assert kept(RestitutionMeeting, "notes") == SECOND


def test_the_notes_of_an_interview(client_as: ClientAs) -> None:
    place, researcher = make_field()
    interview = make_interview(place, researcher, make_listened(place, researcher))
    address = at("interview", interview.pk)
    again = in_turn(client_as(researcher), address, at("interview_notes", interview.pk), "notes", {})
    assert kept(Interview, "notes") == FIRST
    again()
    assert kept(Interview, "notes") == SECOND


def test_a_page_opened_before_an_erasure_brings_nothing_back(client_as: ClientAs) -> None:
    place, researcher = make_field()
    client, nour = client_as(researcher), make_participant(place, researcher, "Nour")
    client.post(at("new_entry"), {"day": TODAY, "text": "CANARI", "people": [str(nour.pk)]})
    with as_system("read test data", recorded=False):
        address = at("change_entry", JournalEntry.objects.get().pk)
    both = opened(client, address)
    withdraw(researcher, nour, Mode.ERASE)
    assert client.post(address, {"day": TODAY, "text": "CANARI", "revision": both}).status_code in (403, 404, 409)
    assert "CANARI" not in kept(JournalEntry, "text")


def test_the_text_of_an_interview_shows_both(client_as: ClientAs) -> None:
    place, researcher = make_field()
    interview = make_interview(place, researcher, make_listened(place, researcher))
    address = at("interview_text", interview.pk)
    again = in_turn(client_as(researcher), address, address, "text", {})
    again()

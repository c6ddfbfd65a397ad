"""Telling in plain words, alone, then with help."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.facilitation.models import PersonWords, Telling
from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Review, Sheet
from tests.factories.directory import make_institution, make_membership
from tests.factories.facilitation import agree_to_publish, approve_all, make_facilitator
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
SAID = {
    "avec-quoi": "Ma tablette",
    "quoi": "J’appelle ma sœur.",
    "change": "Je suis contente.",
    "mots": "C’est moi qui appuie.",
    "nom": "Lulu",
}


@pytest.mark.parametrize("role", [Role.ACCOMPANIED, Role.RELATIVE])
def test_short_questions_then_help_then_a_peer(role: Role, client_as: ClientAs) -> None:
    person, facilitator = make_account(role, name="Lucienne"), make_facilitator()
    reviewer = make_account(Role.REVIEWER)
    make_membership(facilitator, make_institution())
    tells, writes = client_as(person), client_as(facilitator)
    assert "Raconter avec mes mots" in tells.get(reverse("telling:start")).content.decode()
    at = tells.post(reverse("facilitation:plain"))["Location"]
    for _step in range(8):
        step = at.rstrip("/").split("/")[-1]
        page = tells.get(at).content.decode()
        assert "Passer" in page or "mots" in at or "accord" in at
        if step == "accord":
            at = tells.post(at, {"answer": "yes"})["Location"]
            break
        given = {"answer": SAID[step]} if step in SAID else {"do": "skip"}
        at = tells.post(at, given)["Location"]
    with acting_as(person.pk):
        telling = Telling.objects.select_related("sheet").get()
        sheet = Sheet.objects.get()
        assert (sheet.own_devices, sheet.happened, sheet.watch_for) == ("Ma tablette", "Je suis contente.", "")
        assert PersonWords.objects.get().said_by == "Lulu"
    assert at == reverse("facilitation:telling", args=[telling.pk])
    # nothing leaves by itself: the person belongs to no place, and somebody answers for it
    tells.post(reverse("facilitation:code", args=[telling.pk]))
    with acting_as(person.pk):
        code = Telling.objects.get().code
    writes.post(reverse("facilitation:join"), {"code": code})
    assert writes.get(reverse("facilitation:plain_step", args=[telling.pk, "quoi"])).status_code == 403
    answer(telling.sheet, facilitator, "public", {"publics": ["enfants-autistes"]})
    early = writes.post(reverse("facilitation:send", args=[telling.pk]), follow=True)
    assert "Rien n’est envoyé" in early.content.decode()
    approve_all(telling)
    agree_to_publish(telling)
    sent = writes.post(reverse("facilitation:send", args=[telling.pk]), follow=True)
    assert "envoyé" in sent.content.decode()
    sheet = get_sheet(telling.sheet)
    assert (sheet.status, sheet.author_id) == (SheetStatus.IN_REVIEW, person.pk)
    assert sheet.scope_level == "restricted"
    with acting_as(reviewer.pk):
        assert Review.objects.get().reviewer_id == reviewer.pk
    assert writes.get(reverse("facilitation:telling", args=[telling.pk])).status_code == 404


def test_an_empty_answer_takes_words_back(client_as: ClientAs) -> None:
    person = make_account(Role.ACCOMPANIED)
    client = client_as(person)
    client.post(reverse("facilitation:plain"))
    with acting_as(person.pk):
        telling = Telling.objects.select_related("sheet").get()
    address = reverse("facilitation:plain_step", args=[telling.pk, "mots"])
    client.post(address, {"answer": "À moi."})
    client.post(address, {"answer": ""})
    with acting_as(person.pk):
        assert not PersonWords.objects.exists()
    assert client.get(reverse("facilitation:plain_step", args=[telling.pk, "rien"])).status_code == 404

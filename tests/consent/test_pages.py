"""« Mes accords »."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.consent.enums import State, Step
from nuserus.consent.queries.notices import current_notice
from nuserus.foundation.asking import acting_as
from nuserus.foundation.models.base import new_id
from nuserus.people.models import Account
from tests.factories.consent import PUBLISHED, make_work, say, say_aloud, state_of
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def test_one_reads_the_text_and_withdraws_in_one_tap(client_as: ClientAs) -> None:
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work)
    client = client_as(person)
    page = client.get(reverse("consent:list")).content.decode()
    assert "Retirer mon accord" in page
    text = client.get(reverse("consent:detail", args=[consent.pk])).content.decode()
    with acting_as(None):
        assert current_notice(PUBLISHED).title in text
    answer = client.post(reverse("consent:withdraw", args=[consent.pk]), follow=True)
    assert "Votre accord est retiré" in answer.content.decode()
    assert state_of(consent) == State.WITHDRAWN
    again = client.post(reverse("consent:withdraw", args=[consent.pk]), follow=True)
    assert "Rien n’a changé" in again.content.decode()


def test_others_do_not_know_that_it_exists(client_as: ClientAs) -> None:
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work)
    stranger = client_as(make_account())
    assert stranger.get(reverse("consent:detail", args=[consent.pk])).status_code == 404
    assert stranger.post(reverse("consent:withdraw", args=[consent.pk])).status_code == 404
    assert state_of(consent) == State.GIVEN


def test_for_somebody_without_an_account_a_witness_is_named_by_what_they_are(client_as: ClientAs) -> None:
    helper = make_account()
    work = make_work(helper)
    consent = say_aloud(helper, Step.GIVEN, about=work, mission=work, subject=new_id())
    client = client_as(helper)
    address = reverse("consent:withdraw", args=[consent.pk])
    assert "Sa fonction, pas son nom" in client.get(reverse("consent:detail", args=[consent.pk])).content.decode()
    client.post(address, {"witness": " "})
    assert state_of(consent) == State.GIVEN
    client.post(address, {"witness": "une aide-soignante"})
    assert state_of(consent) == State.WITHDRAWN


def test_empty_list_says_what_it_is_for(client_as: ClientAs) -> None:
    page = client_as(make_account()).get(reverse("consent:list")).content.decode()
    assert "Rien ici pour le moment" in page

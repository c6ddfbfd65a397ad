"""A sheet of somebody who belongs to no place: nothing more of theirs becomes public by them alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.facilitation.actions.approving import send_for_teller
from nuserus.facilitation.models import Telling
from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.evaluations import Evaluated, record_evaluation
from nuserus.practices.actions.pictures import put_cover
from nuserus.practices.actions.plain_reading import PlainReading, record_plain_reading
from nuserus.practices.actions.review import publish_sheet
from nuserus.practices.enums.versions import PlainWay
from nuserus.practices.models import Review
from tests.factories.directory import make_institution, make_membership
from tests.factories.facilitation import (
    agree_to_publish,
    approve_all,
    get_telling,
    make_facilitator,
    make_together,
    make_words,
    quote,
)
from tests.factories.people import make_account
from tests.factories.practices import COMPLETED, answer, get_sheet, photo
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
NEW = "CANARI-SANS-PAIR"
EVALUATED = Evaluated(by_whom=NEW, how="?", on_whom="?", result=NEW, done_on=date(2026, 1, 1))


@pytest.fixture
def published() -> Telling:
    """What an accompanied person told, sent for her by a facilitator, read over by a peer."""
    person, facilitator, reviewer = make_account(Role.ACCOMPANIED), make_facilitator(), make_account(Role.REVIEWER)
    make_membership(facilitator, make_institution())
    telling = make_together(person, facilitator)
    for question, fields in COMPLETED.items():
        answer(telling.sheet, person, question, fields)
    approve_all(telling)
    agree_to_publish(telling)
    with acting_as(facilitator.pk) as asking:
        send_for_teller(actor=asking, telling=get_telling(telling))
    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=Review.objects.get())
    return get_telling(telling)


def test_a_change_waits_for_somebody_who_answers_for_it(client_as: ClientAs, published: Telling) -> None:
    sheet, person = published.sheet, published.teller
    assert person is not None
    client = client_as(person)
    answer(get_sheet(sheet), person, "intention", {"intention": NEW})
    said = client.post(reverse("telling:publish", args=[sheet.pk]), {"anyway": "1"}, follow=True)
    assert NEW not in client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    assert "établissement" in said.content.decode()
    assert get_sheet(sheet).version == 1


def test_words_are_not_added_to_what_a_peer_has_read(client_as: ClientAs, published: Telling) -> None:
    sheet, person = published.sheet, published.teller
    assert person is not None
    client = client_as(person)
    given = {"text": NEW, "said_by": "Lulu", "speaker": "accompanied"}
    refused = client.post(reverse("facilitation:words", args=[sheet.pk]), given)
    assert refused.status_code == 422
    assert "Rien n’est ajouté" in refused.content.decode()
    with acting_as(person.pk):
        Telling.objects.filter(pk=published.pk).update(in_plain_words=True)
    for step in ("mots", "nom", "change"):
        answered = client.post(reverse("facilitation:plain_step", args=[published.pk, step]), {"answer": NEW})
        assert answered.status_code == 302
        assert answered["Location"] == reverse("facilitation:telling", args=[published.pk])
    assert NEW not in client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()


def test_nothing_that_is_public_at_once_passes_beside(client_as: ClientAs, published: Telling) -> None:
    sheet, person = get_sheet(published.sheet), published.teller
    assert person is not None
    told = PlainReading(readers=NEW, how_many=2, way=PlainWay.WORKSHOP, done_on=timezone.localdate())
    with acting_as(person.pk) as asking:
        with pytest.raises(ValidationError, match="établissement"):
            put_cover(actor=asking, sheet=sheet, upload=photo(), alternative=NEW)
        with pytest.raises(ValidationError, match="établissement"):
            record_plain_reading(actor=asking, sheet=sheet, text=sheet.simple_version, told=told)
        with pytest.raises(ValidationError, match="établissement"):
            record_evaluation(actor=asking, sheet=sheet, told=EVALUATED)
    assert NEW not in client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()


def test_a_professional_still_quotes_on_what_is_published(client_as: ClientAs) -> None:
    from tests.factories.practices import make_published

    make_account(Role.REVIEWER)
    sheet = make_published(make_member(make_institution()))
    quote(make_words(sheet, sheet.author, NEW), sheet.author)
    assert NEW in client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()

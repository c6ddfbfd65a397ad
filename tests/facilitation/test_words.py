"""The words of a person: shown while they agree, erased when they do not any more."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from nuserus.consent.enums import How
from nuserus.consent.models import Consent
from nuserus.facilitation.models import PersonWords
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from tests.factories.facilitation import make_words, quote
from tests.factories.people import make_account
from tests.factories.practices import make_draft, make_published

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
SAID = "Encore la photo du car"


def read(client_as: ClientAs, sheet_id: object) -> str:
    return client_as(None).get(reverse("sheets:detail", args=[sheet_id])).content.decode()


def test_words_are_public_only_while_the_person_agrees(client_as: ClientAs) -> None:
    make_account(Role.REVIEWER)
    sheet = make_published()
    author = sheet.author
    words = make_words(sheet, author)
    assert SAID not in read(client_as, sheet.pk)
    quote(words, author)
    page = read(client_as, sheet.pk)
    assert SAID in page
    assert "une jeune fille" in page
    with acting_as(author.pk):
        consent = Consent.objects.get()
    client_as(author).post(reverse("consent:withdraw", args=[consent.pk]), {"witness": "une éducatrice"})
    assert SAID not in read(client_as, sheet.pk)
    with as_system("read test data", recorded=False):
        assert PersonWords.objects.get(pk=words.pk).text == ""


def test_words_agreed_to_before_publication_appear_with_it(client_as: ClientAs) -> None:
    reviewer = make_account(Role.REVIEWER)
    from nuserus.practices.actions.review import publish_sheet
    from nuserus.practices.models import Review
    from tests.factories.practices import make_sent

    sheet, review = make_sent()
    with as_system("test data"):
        PersonWords(sheet=sheet, text=SAID, said_by="un père", speaker="relative", scope_author=sheet.author_id).save(
            force_insert=True
        )
    with acting_as(sheet.author_id):
        words = PersonWords.objects.get()
    quote(words, sheet.author)
    with acting_as(None):
        assert not PersonWords.objects.exists()
    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=Review.objects.get(pk=review.pk))
    assert SAID in read(client_as, sheet.pk)


def test_a_refusal_keeps_them_to_who_writes(client_as: ClientAs) -> None:
    make_account(Role.REVIEWER)
    sheet = make_published()
    words = make_words(sheet, sheet.author)
    quote(words, sheet.author, agrees=False)
    assert SAID not in read(client_as, sheet.pk)


def test_the_database_lets_nobody_show_words_without_consent() -> None:
    make_account(Role.REVIEWER)
    sheet = make_published()
    words = make_words(sheet, sheet.author)
    with acting_as(sheet.author_id):
        PersonWords.objects.filter(pk=words.pk).update(scope_level="public")
    with acting_as(None):
        assert not PersonWords.objects.exists()


def test_words_somebody_answered_about_are_not_reworded() -> None:
    make_account(Role.REVIEWER)
    sheet = make_published()
    words = make_words(sheet, sheet.author)
    quote(words, sheet.author)
    with acting_as(sheet.author_id), pytest.raises(DatabaseError, match="answered"), transaction.atomic():
        PersonWords.objects.filter(pk=words.pk).update(text="Autre chose")


def test_through_the_pages(client_as: ClientAs) -> None:
    sheet = make_draft()
    client = client_as(sheet.author)
    address = reverse("facilitation:words", args=[sheet.pk])
    given = {"text": f"{SAID} !", "said_by": "", "speaker": "accompanied"}
    assert client.post(address, given).status_code == 422
    kept = client.post(address, given | {"said_by": "Lou"}, follow=True)
    assert "Peut-on citer ses mots" in kept.content.decode()
    with acting_as(sheet.author_id):
        words = PersonWords.objects.get()
    asked = reverse("facilitation:words_agree", args=[words.pk])
    own = client.post(asked, {"answer": "yes", "voice": "person", "how": How.ON_SCREEN})
    assert own.status_code == 422
    client.post(asked, {"answer": "yes", "voice": "representative", "how": "paper", "witness": ""})
    assert "l’accord manque" in client.get(address).content.decode()
    client.post(asked, {"answer": "yes", "voice": "person", "how": "oral", "witness": "une éducatrice"})
    assert "cité·e" in client.get(address).content.decode()
    assert client_as(make_account()).get(address).status_code == 404
    client.post(reverse("facilitation:words_remove", args=[words.pk]))
    assert SAID not in client.get(address).content.decode()

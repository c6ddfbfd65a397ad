"""Taking words back for somebody without an account is for who writes the sheet, not for who reads it over."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.consent.models import Consent
from nuserus.facilitation.models import PersonWords
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from tests.factories.facilitation import quote
from tests.factories.people import make_account
from tests.factories.practices import make_sent

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
SAID = "Encore la photo du car"


def test_a_peer_who_reads_erases_nobody_s_words(client_as: ClientAs) -> None:
    reviewer = make_account(Role.REVIEWER)
    sheet, _review = make_sent()
    with as_system("test data"):
        PersonWords(sheet=sheet, text=SAID, said_by="un père", speaker="relative", scope_author=sheet.author_id).save(
            force_insert=True
        )
    with acting_as(sheet.author_id):
        words = PersonWords.objects.get()
    quote(words, sheet.author)
    with acting_as(reviewer.pk):
        consent = Consent.objects.get()
    refused = client_as(reviewer).post(reverse("consent:withdraw", args=[consent.pk]), {"witness": "moi"})
    assert refused.status_code == 403
    with as_system("read test data", recorded=False):
        assert PersonWords.objects.get().text == SAID
    client_as(sheet.author).post(reverse("consent:withdraw", args=[consent.pk]), {"witness": "une éducatrice"})
    with as_system("read test data", recorded=False):
        assert PersonWords.objects.get().text == ""

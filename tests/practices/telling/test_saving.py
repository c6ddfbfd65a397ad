"""Where the browser saves: the contract of the program `drafts`."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.models import Answer, AnswerSave, Sheet
from tests.factories.directory import make_institution
from tests.factories.practices import get_sheet, make_draft, make_sent
from tests.factories.sheets import make_member, make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def send(client: Client, sheet: Sheet, body: Any, question: str = "intention") -> HttpResponse:
    address = reverse("telling:save", args=[sheet.pk, question])
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(address, content, content_type="application/json")


def said(text: str, revision: int = 0) -> dict[str, Any]:
    return {"fields": {"intention": text}, "revision": revision}


def test_saved_says_the_revision_and_when(client_as: ClientAs) -> None:
    sheet = make_draft()
    reply = send(client_as(sheet.author), sheet, said("Oui."))
    assert reply.status_code == 200
    assert set(reply.json()) == {"revision", "saved_at"}
    assert reply.json()["revision"] == 1
    assert get_sheet(sheet).intention == "Oui."


def test_twice_is_once(client_as: ClientAs) -> None:
    sheet = make_draft()
    client = client_as(sheet.author)
    assert send(client, sheet, said("Oui.")).json() == send(client, sheet, said("Oui.")).json()


def test_a_conflict_says_the_other_text_and_keeps_both(client_as: ClientAs) -> None:
    sheet = make_draft()
    client = client_as(sheet.author)
    send(client, sheet, said("Premier."))
    reply = send(client, sheet, said("Second."))
    assert reply.status_code == 409
    assert reply.json() == {"revision": 1, "fields": {"intention": "Premier."}}
    with acting_as(sheet.author_id):
        kept = {save.fields["intention"]: save.refused for save in AnswerSave.objects.all()}
    assert kept == {"Premier.": False, "Second.": True}


def test_signed_out_is_said_and_never_redirected(client_as: ClientAs) -> None:
    reply = send(client_as(None), make_draft(), said("Oui."))
    assert reply.status_code == 401
    assert "gardé" in reply.json()["message"]


def test_too_long_is_said_by_field_and_nothing_is_cut(client_as: ClientAs) -> None:
    sheet = make_draft()
    reply = send(client_as(sheet.author), sheet, said("x" * 4001))
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == ["intention"]
    assert get_sheet(sheet).intention == ""


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '{"fields": {}}',
        '{"fields": [], "revision": 0}',
        '{"fields": {}, "revision": "0"}',
        '{"fields": {}, "revision": -1}',
        '{"fields": {"intention": null}, "revision": 0}',
        '{"fields": {"intention": {"a": 1}}, "revision": 0}',
        '{"fields": {"scope_level": "public"}, "revision": 0}',
        '{"fields": {"status": "published"}, "revision": 0}',
        b"\xff\xfe",
        "[" * 100_000,
    ],
)
def test_what_is_not_a_save_is_refused(client_as: ClientAs, body: str | bytes) -> None:
    sheet = make_draft()
    reply = send(client_as(sheet.author), sheet, body)
    assert reply.status_code == 422
    with acting_as(sheet.author_id):
        assert Answer.objects.count() == 0


def test_three_megabytes_are_refused_in_words(client_as: ClientAs) -> None:
    sheet = make_draft()
    reply = send(client_as(sheet.author), sheet, said("x" * 3_000_000))
    assert reply.status_code == 413
    assert "trop long" in reply.json()["message"]


def test_nul_and_surrogates_do_not_break(client_as: ClientAs) -> None:
    sheet = make_draft()
    body = '{"fields": {"intention": "a\\u0000b\\ud800c"}, "revision": 0}'
    assert send(client_as(sheet.author), sheet, body).status_code == 200
    assert get_sheet(sheet).intention == "abc"


def test_who_may_not_know_gets_404_who_may_read_403(client_as: ClientAs) -> None:
    stranger = client_as(make_member(make_institution()))
    assert send(stranger, make_draft(), said("Moi.")).status_code == 404
    assert send(stranger, make_sheet(), said("Moi.")).status_code == 403


def test_a_sheet_in_review_is_not_saved(client_as: ClientAs) -> None:
    sheet, _ = make_sent()
    assert send(client_as(sheet.author), sheet, said("Encore.")).status_code == 403


def test_an_unknown_question_is_refused(client_as: ClientAs) -> None:
    sheet = make_draft()
    assert send(client_as(sheet.author), sheet, said("Oui."), "nowhere").status_code == 422


def test_only_posts_with_a_proof_of_origin() -> None:
    sheet = make_draft()
    client = Client(enforce_csrf_checks=True)
    client.force_login(sheet.author, backend="django.contrib.auth.backends.ModelBackend")
    assert send(client, sheet, said("Oui.")).status_code == 403
    assert client.get(reverse("telling:save", args=[sheet.pk, "intention"])).status_code == 405

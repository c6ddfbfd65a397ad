"""Comments on sheets, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.community.models import Comment, CommentEdit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from tests.factories.community import SAID, a_member, make_comment
from tests.factories.people import make_account
from tests.factories.sheets import make_sheet

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _page(sheet: object) -> str:
    return reverse("discussion:sheet", args=[sheet.pk])  # type: ignore[attr-defined]


def test_a_member_comments_and_everybody_reads(client_as: ClientAs) -> None:
    author = a_member("Nadia")
    sheet = make_sheet(author=author)
    assert _page(sheet) in client_as(None).get(reverse("sheets:detail", args=[sheet.pk])).content.decode()
    peer = client_as(a_member("Rose P."))
    assert peer.post(_page(sheet), {"text": SAID}).status_code == 302
    read = client_as(None).get(_page(sheet)).content.decode()
    assert "boîte à œufs" in read
    assert "Rose" not in read
    assert "Rose" in client_as(author).get(_page(sheet)).content.decode()
    with acting_as(author.pk):
        assert Notice.objects.get().kind == "community.comment"


def test_visitors_and_strangers_do_not_comment(client_as: ClientAs) -> None:
    sheet = make_sheet()
    assert client_as(None).post(_page(sheet), {"text": "Moi"}).status_code == 403
    assert client_as(make_account()).post(_page(sheet), {"text": "Moi"}).status_code == 403
    with as_system("look"):
        assert not Comment.objects.exists()


def test_answers_are_one_level_deep_and_tell_who_they_answer(client_as: ClientAs) -> None:
    sheet, first = make_sheet(), a_member("Rose")
    comment = make_comment(sheet, first)
    second = client_as(a_member("Paul"))
    page = second.get(_page(sheet), {"repondre": str(comment.pk)})
    assert f'name="repondre" value="{comment.pk}"' in page.content.decode()
    second.post(_page(sheet), {"text": "Merci !", "repondre": str(comment.pk)})
    with acting_as(first.pk):
        reply = Comment.objects.exclude(pk=comment.pk).get()
        assert Notice.objects.get().kind == "community.reply"
    client_as(first).post(_page(sheet), {"text": "De rien.", "repondre": str(reply.pk)})
    with as_system("look"):
        assert set(Comment.objects.exclude(pk=comment.pk).values_list("parent", flat=True)) == {comment.pk}


def test_one_edits_for_fifteen_minutes_and_what_was_said_is_ones_own(client_as: ClientAs) -> None:
    sheet, author = make_sheet(), a_member()
    comment = make_comment(sheet, author, "Avant tout")
    edit = reverse("discussion:edit", args=[sheet.pk, comment.pk])
    client = client_as(author)
    assert client.post(edit, {"text": "Après"}).status_code == 302
    assert "Avant tout" in client.get(edit).content.decode()
    assert "Avant tout" not in client_as(None).get(_page(sheet)).content.decode()
    assert client_as(a_member()).get(edit).status_code == 403
    with acting_as(a_member().pk):
        assert not CommentEdit.objects.exists()
    with as_system("wait"):
        Comment.objects.update(written_at=timezone.now() - timedelta(minutes=16))
    late = client.post(edit, {"text": "Trop tard"})
    assert late.status_code == 422
    assert "Trop tard" in late.content.decode()


def test_what_one_takes_back_leaves_its_place_and_no_word(client_as: ClientAs) -> None:
    sheet, author = make_sheet(), a_member()
    comment = make_comment(sheet, author, "Un mot de trop")
    client_as(author).post(reverse("discussion:edit", args=[sheet.pk, comment.pk]), {"text": "Encore de trop"})
    make_comment(sheet, text="Je réponds", parent=comment)
    remove = reverse("discussion:remove", args=[sheet.pk, comment.pk])
    assert client_as(a_member()).post(remove).status_code == 403
    assert client_as(author).post(remove).status_code == 302
    read = client_as(None).get(_page(sheet)).content.decode()
    assert "Retiré par son auteur" in read
    assert "Je réponds" in read
    assert "de trop" not in read
    with as_system("look"):
        assert not CommentEdit.objects.exists()


def test_the_page_of_a_sheet_fills_in_how_many_there_are(client_as: ClientAs) -> None:
    sheet = make_sheet()
    part = {"HX-Request": "true"}
    assert "premier commentaire" in client_as(None).get(_page(sheet), headers=part).content.decode()
    make_comment(sheet)
    make_comment(sheet, text="Aussi")
    assert "Lire les 2 commentaires" in client_as(None).get(_page(sheet), headers=part).content.decode()


def test_many_comments_cost_what_one_costs(
    client_as: ClientAs, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    sheet = make_sheet()
    for number in range(8):
        make_comment(sheet, text=f"Commentaire {number}")
    with django_assert_max_num_queries(12):
        client_as(None).get(_page(sheet))

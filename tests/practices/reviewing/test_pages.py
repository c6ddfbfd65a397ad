"""The pages of peer review, without any script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nuserus.foundation.asking import acting_as
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Card, Review
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import answer, get_sheet, make_cover, make_draft, make_published, make_sent
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


@pytest.fixture
def reviewer() -> Account:
    return make_account(Role.REVIEWER, name="Inès")


def test_the_queue_is_for_reviewers(client_as: ClientAs, reviewer: Account) -> None:
    assert client_as(None).get("/relecture/").status_code == 302
    assert client_as(make_member(make_institution())).get("/relecture/").status_code == 403
    assert client_as(reviewer).get("/relecture/").status_code == 200


def test_the_queue_shows_the_promise_and_costs_the_same(client_as: ClientAs, reviewer: Account) -> None:
    client = client_as(reviewer)
    counts = []
    for number in (1, 2):
        for _again in range(number):
            make_sent()
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/relecture/").content.decode()
        counts.append(len(queries))
    assert "encore 71 h" in page
    assert counts[0] == counts[1]


def test_taking_what_waits_then_publishing(client_as: ClientAs) -> None:
    sheet, review = make_sent()
    reviewer = make_account(Role.REVIEWER, name="Inès")
    client = client_as(reviewer)
    page = client.get("/relecture/").content.decode()
    assert "Sans relectrice ni relecteur" in page
    assert sheet.title not in page
    taken = client.post(reverse("reviewing:take", args=[review.pk]))
    assert sheet.title in client.get(taken["Location"]).content.decode()
    client.post(reverse("reviewing:publish", args=[review.pk]), {"publish-message": "Bravo."})
    assert get_sheet(sheet).status == SheetStatus.PUBLISHED
    assert client.get(reverse("reviewing:review", args=[review.pk])).status_code == 404


def test_remarks_go_back_with_the_sheet_and_stand_beside_their_card(client_as: ClientAs, reviewer: Account) -> None:
    sheet, review = make_sent()
    client = client_as(reviewer)
    with acting_as(reviewer.pk):
        card = Card.objects.filter(sheet=sheet).last()
    assert card is not None
    address = reverse("reviewing:comment", args=[review.pk])
    client.post(address, {"about": str(card.pk), "text": "Avec quelles photos ?"})
    client.post(address, {"about": "public", "text": "De quel âge ?"})
    client.post(address, {"about": "public", "text": ""})
    assert "Avec quelles photos ?" in client.get(reverse("reviewing:review", args=[review.pk])).content.decode()
    refused = client.post(reverse("reviewing:give_back", args=[review.pk]), {"return-message": ""})
    assert refused.status_code == 422
    assert "Choisissez une raison" in refused.content.decode()
    client.post(reverse("reviewing:give_back", args=[review.pk]), {"return-reasons": ["limites-a-dire"]})
    assert get_sheet(sheet).status == SheetStatus.TO_REWORK
    author = client_as(sheet.author)
    where = author.get(reverse("telling:sheet", args=[sheet.pk])).content.decode()
    assert "Dire aussi ce qui coince" in where
    assert "De quel âge ?" in where
    did = author.get(reverse("telling:question", args=[sheet.pk, "did"]))
    assert [[said.text for said in line["comments"]] for line in did.context["cards"][:2]] == [
        [],
        ["Avec quelles photos ?"],
    ]


def test_a_reviewer_completes_and_cannot_open_the_words(client_as: ClientAs, reviewer: Account) -> None:
    sheet, review = make_sent(complete=False)
    client = client_as(reviewer)
    facets = reverse("telling:question", args=[sheet.pk, "facets"])
    reply = client.post(facets, {"revision": "0", "axes": "relation-interpersonnelle"})
    assert reply["Location"] == reverse("reviewing:review", args=[review.pk])
    assert get_sheet(sheet).axes == ["relation-interpersonnelle"]
    for question in ("intention", "did", "check", "names", "photo"):
        address = reverse("telling:question", args=[sheet.pk, question])
        assert client.get(address).status_code == 403
        assert client.post(address, {"revision": "0"}).status_code == 403


def test_passing_on_and_removing_a_remark(client_as: ClientAs, reviewer: Account) -> None:
    _, review = make_sent()
    client = client_as(reviewer)
    client.post(reverse("reviewing:comment", args=[review.pk]), {"about": "public", "text": "Trop."})
    with acting_as(reviewer.pk):
        comment = Review.objects.get(pk=review.pk).comments.get()
    client.post(reverse("reviewing:uncomment", args=[review.pk, comment.pk]))
    with acting_as(reviewer.pk):
        assert not Review.objects.get(pk=review.pk).comments.exists()
    client.post(reverse("reviewing:pass_on", args=[review.pk]), {"pass-reason": "Congés."})
    assert client.get(reverse("reviewing:review", args=[review.pk])).status_code == 404


def test_a_photo_is_served_to_who_may_read_the_sheet(client_as: ClientAs, reviewer: Account) -> None:
    sheet = make_draft()
    picture = make_cover(sheet)
    for name in ("pictures:full", "pictures:small"):
        address = reverse(name, args=[picture.pk])
        mine = client_as(sheet.author).get(address)
        assert mine.status_code == 200
        assert mine["Cache-Control"] == "private, no-cache"
        assert mine["Content-Type"] == "image/jpeg"
        assert mine["X-Content-Type-Options"] == "nosniff"
        again = client_as(sheet.author).get(address, headers={"If-None-Match": mine["ETag"]})
        assert again.status_code == 304
        for other in (None, make_member(make_institution()), reviewer):
            assert client_as(other).get(address).status_code == 404
        mine.close()


def test_the_photo_of_a_published_sheet_is_public(client_as: ClientAs, reviewer: Account) -> None:
    sheet = make_published()
    picture = make_cover(sheet)
    reply = client_as(None).get(reverse("pictures:small", args=[picture.pk]))
    assert reply.status_code == 200
    assert reply["Cache-Control"] == "public, max-age=600"
    reply.close()


def test_the_author_publishes_a_change_takes_back_and_withdraws(client_as: ClientAs, reviewer: Account) -> None:
    sheet = make_published()
    client = client_as(sheet.author)
    answer(sheet, sheet.author, "intention", {"intention": "Nouveau."})
    where = reverse("telling:sheet", args=[sheet.pk])
    assert "Des changements attendent" in client.get(where).content.decode()
    client.post(reverse("telling:publish", args=[sheet.pk]), {"what": "l’intention"})
    assert get_sheet(sheet).version == 2
    assert client.get(reverse("telling:withdraw", args=[sheet.pk])).status_code == 200
    client.post(reverse("telling:withdraw", args=[sheet.pk]), {"reason": "Fini."})
    assert get_sheet(sheet).status == SheetStatus.WITHDRAWN
    other, _ = make_sent()
    client_as(other.author).post(reverse("telling:take_back", args=[other.pk]))
    assert get_sheet(other).status == SheetStatus.DRAFT

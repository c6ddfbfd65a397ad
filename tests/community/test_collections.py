"""Collections, through the pages."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from nuserus.community.models import Collection, CollectionEntry
from nuserus.foundation.asking import acting_as
from nuserus.foundation.levels import Level
from nuserus.people.models import Account
from tests.factories.community import a_member, make_collection
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_sheet, withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def _page(collection: Collection, name: str = "collection") -> str:
    return reverse(f"collections:{name}", args=[collection.pk])


def test_from_a_sheet_to_a_printed_booklet(client_as: ClientAs) -> None:
    author = a_member()
    first, second = make_sheet(title="La première"), make_sheet(title="La seconde")
    client = client_as(author)
    made = client.post(
        reverse("collections:add", args=[first.pk]), {"title": "La nuit", "level": "public", "composed_by": "L’équipe"}
    )
    assert made.status_code == 302
    around = client.get(reverse("discussion:sheet", args=[second.pk]), headers={"HX-Request": "true"}).content.decode()
    with acting_as(author.pk):
        collection = Collection.objects.get()
    assert str(collection.pk) in around
    assert (
        client.post(reverse("collections:add", args=[second.pk]), {"selection": str(collection.pk)}).status_code == 302
    )
    with acting_as(author.pk):
        entry = CollectionEntry.objects.get(sheet=second)
    change = reverse("collections:entry", args=[collection.pk, entry.pk])
    client.post(change, {"faire": "mot", "word": "Lisez-la d’abord"})
    client.post(change, {"faire": "monter"})
    visitor = client_as(None)
    read = visitor.get(_page(collection)).content.decode()
    assert read.index("Lisez-la") < read.index("La seconde") < read.index("La première")
    printed = visitor.get(_page(collection, "booklet")).content.decode()
    assert "Nous photographions le car." in printed
    assert "L’équipe" in printed
    pdf = visitor.get(_page(collection, "pdf"))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)
    assert "La seconde" in text
    assert "Lisez-la" in text


def test_moving_by_the_program_gives_the_lines_back(client_as: ClientAs) -> None:
    author = a_member()
    collection = make_collection(author, make_sheet(title="Une"), make_sheet(title="Deux"))
    with acting_as(author.pk):
        last = CollectionEntry.objects.order_by("position").last()
    assert last is not None
    address = reverse("collections:entry", args=[collection.pk, last.pk])
    part = client_as(author).post(address, {"faire": "monter"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.index("Deux") < part.index("Une")
    client_as(author).post(address, {"faire": "retirer"})
    with acting_as(author.pk):
        assert CollectionEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("level", "readers"),
    [
        (Level.RESTRICTED, {"author"}),
        (Level.INSTITUTION, {"author", "colleague"}),
        (Level.NETWORK, {"author", "colleague", "peer"}),
        (Level.PUBLIC, {"author", "colleague", "peer", "visitor"}),
    ],
)
def test_levels(client_as: ClientAs, level: Level, readers: set[str]) -> None:
    place = make_institution()
    people = {"author": a_member(place=place), "colleague": a_member(place=place), "peer": a_member(), "visitor": None}
    composed = {"institution": place.pk} if level == Level.INSTITUTION else {}
    collection = make_collection(people["author"], make_sheet(), level=level, **composed)
    for name in ("collection", "booklet", "pdf"):
        found = {
            who for who, person in people.items() if client_as(person).get(_page(collection, name)).status_code == 200
        }
        assert found == readers, name


def test_others_do_not_change_it_even_who_manages_the_place(client_as: ClientAs) -> None:
    from tests.factories.directory import make_membership

    place = make_institution()
    collection = make_collection(a_member(place=place), level=Level.INSTITUTION, institution=place.pk)
    referent = make_account()
    make_membership(referent, place, is_referent=True)
    assert client_as(referent).get(_page(collection)).status_code == 200
    assert client_as(referent).post(_page(collection, "change"), {"title": "À moi"}).status_code == 403
    assert client_as(referent).post(_page(collection, "delete")).status_code == 403
    with acting_as(referent.pk):
        assert Collection.objects.filter(pk=collection.pk).update(title="À moi") == 0


def test_a_place_that_is_not_mine_is_refused(client_as: ClientAs) -> None:
    form = {"title": "Chez eux", "level": "institution", "institution": str(make_institution().pk)}
    assert client_as(a_member()).post(reverse("collections:new"), form).status_code == 422


def test_a_sheet_that_is_gone_is_a_gap_for_its_author_alone(client_as: ClientAs) -> None:
    author = a_member()
    gone, there = make_sheet(title="Partie"), make_sheet(title="Restée")
    collection = make_collection(author, gone, there)
    withdraw(gone)
    for person in (author, None):
        read = client_as(person).get(_page(collection)).content.decode()
        assert "Partie" not in read
        assert "Restée" in read
        assert ("n’est plus publiée" in read) is (person is not None)


def test_pages_cost_the_same_however_long(
    client_as: ClientAs, django_assert_max_num_queries: Callable[..., AbstractContextManager[object]]
) -> None:
    sheets = [make_sheet(title=f"Fiche {number}") for number in range(6)]
    collection = make_collection(None, *sheets)
    make_collection(a_member(), *sheets[:2])
    visitor = client_as(None)
    visitor.get(_page(collection))
    for page in (_page(collection), _page(collection, "booklet"), reverse("collections:list")):
        with django_assert_max_num_queries(10):
            visitor.get(page)


def test_who_is_not_verified_does_not_compose(client_as: ClientAs) -> None:
    stranger = client_as(make_account())
    assert stranger.get(reverse("collections:new")).status_code == 403
    assert stranger.get(reverse("collections:add", args=[make_sheet().pk])).status_code == 403
    assert client_as(None).get(reverse("collections:new")).status_code == 302

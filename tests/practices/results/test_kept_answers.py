"""Answers kept between visitors: what changed is seen at once, and nobody gets another's answer."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Picture, Sheet
from nuserus.search.actions.edit_synonym import delete_synonym, edit_synonym
from nuserus.search.actions.rebuild_index import rebuild_index
from nuserus.search.models import Entry, Synonym
from nuserus.search.queries.version import index_version
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_evaluation, make_member, make_sheet, make_trial, withdraw

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
ADDRESSES = ("/", "/pratiques/", "/pratiques/?q=tablette")


def _main(client: Client, address: str) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return html.unescape(page.content.decode()).partition("<main")[2]


def _picture(sheet: Sheet) -> None:
    Picture.objects.create(
        sheet=sheet, alternative="Un car", is_cover=True, file="a", small="b", width=1, height=1, sha256="0" * 64
    )


CHANGES: dict[str, Callable[[Sheet], object]] = {
    "publication": lambda sheet: make_sheet(title="Une autre tablette"),
    "trial": make_trial,
    "evaluation": make_evaluation,
    "withdrawal": withdraw,
    "title": lambda sheet: Sheet.objects.filter(pk=sheet.pk).update(title="Le car de nuit"),
    "picture": _picture,
    "deletion": lambda sheet: Sheet.objects.filter(pk=sheet.pk).delete(),
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_seen_at_once(client: Client, change: str, address: str) -> None:
    sheet = make_sheet(title="Le car et la tablette")
    before = _main(client, address)
    assert "Le car et la tablette" in before
    assert _main(client, address) == before
    with as_system("test"):
        CHANGES[change](sheet)
    assert _main(client, address) != before


def test_a_synonym_is_seen_at_once(client: Client) -> None:
    make_sheet(title="Le zorglub du vendredi")
    moderator = make_account(Role.MODERATOR)
    assert "Le zorglub" not in _main(client, "/pratiques/?q=bidulette")
    with acting_as(moderator.pk) as asking:
        line = edit_synonym(actor=asking, synonym=Synonym(), terms=["bidulette", "zorglub"], one_way=False)
    assert "Le zorglub" in _main(client, "/pratiques/?q=bidulette")
    with acting_as(moderator.pk) as asking:
        delete_synonym(actor=asking, synonym=line)
    assert "Le zorglub" not in _main(client, "/pratiques/?q=bidulette")


def test_a_rebuilt_index_is_seen_at_once(client: Client) -> None:
    sheet = make_sheet(title="Le car")
    with as_system("test"):
        Entry.objects.filter(object_id=sheet.pk).delete()
    assert "Le car" not in _main(client, "/pratiques/")
    rebuild_index()
    assert "Le car" in _main(client, "/pratiques/")


def test_drafts_change_nothing_and_are_never_shown(client: Client) -> None:
    make_sheet(title="Le car")
    version = _version()
    draft = make_sheet(title="Brouillon secret", status=SheetStatus.DRAFT)
    with as_system("test"):
        Sheet.objects.filter(pk=draft.pk).update(title="Brouillon encore secret")
    assert _version() == version
    for address in ("/", "/pratiques/", "/pratiques/?q=brouillon"):
        assert "secret" not in _main(client, address)


def test_what_is_not_committed_is_kept_for_nobody(client: Client) -> None:
    make_sheet(title="Le car")
    before = _main(client, "/pratiques/")
    version = _version()

    class Undo(Exception):
        pass

    with pytest.raises(Undo), as_system("test"):
        Entry.objects.all().delete()
        assert _main(client, "/pratiques/") == before
        raise Undo
    assert _version() == version
    assert _main(client, "/pratiques/") == before


@pytest.mark.parametrize("member_first", [True, False])
def test_members_and_visitors_never_share_an_answer(client_as: ClientAs, *, member_first: bool) -> None:
    make_sheet(title="Le car")
    member, visitor = client_as(make_member(make_institution())), client_as(None)
    for client in (member, visitor) if member_first else (visitor, member):
        for address in ("/", "/pratiques/", "/pratiques/?materiel=1"):
            page = _main(client, address)
            assert ("Raconté dans des lieux comme le vôtre" in page) == (client is member and address == "/")
            assert ("Avec le matériel que nous avons" in page) == (client is member and address == "/pratiques/")


def test_each_language_has_its_answer(client: Client) -> None:
    make_sheet(title="Le car")
    for address in ADDRESSES:
        pages = [
            client.get(address, headers={"Accept-Language": spoken}).content for spoken in ("fr", "en", "fr", "en")
        ]
        french, english, *again = [page.partition(b"<main")[2] for page in pages]
        assert french != english
        assert again == [french, english]


def test_nothing_of_one_request_is_kept(client_as: ClientAs) -> None:
    make_sheet(title="Le car")
    for address in ADDRESSES:
        one, other = (client_as(None).get(address).content.decode() for _ in range(2))
        nonces = [re.findall(r'nonce="([^"]+)"', page)[0] for page in (one, other)]
        tokens = [re.findall(r'X-CSRFToken": "([^"]+)"', page)[0] for page in (one, other)]
        assert nonces[0] != nonces[1]
        assert tokens[0] != tokens[1]
        assert nonces[0] not in other
        assert tokens[0] not in other


def test_other_pages_and_facets_are_other_answers(client: Client) -> None:
    for rank in range(21):
        make_sheet(title=f"Fiche {rank}", publics=["adolescents" if rank else "enfants-autistes"])
    addresses = ("", "?page=2", "?public=adolescents", "?q=fiche", "?q=fiche&tri=recent", "?q=fiche&inconnu=1")
    pages = {_main(client, f"/pratiques/{asked}") for asked in addresses}
    assert len(pages) == len(addresses)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_kept_answer_does_not_search(client: Client, address: str) -> None:
    make_sheet(title="Le car et la tablette")
    _main(client, address)
    with CaptureQueriesContext(connection) as queries:
        _main(client, address)
    said = " ".join(query["sql"] for query in queries)
    assert "search_indexversion" in said
    assert "nuserus_search" not in said
    assert "practices_sheet" not in said


def _version() -> int:
    with acting_as(None):
        return index_version()

"""Suggestions and the moderators' page of synonyms."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.levels import Level
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.search.models import Synonym
from nuserus.search.queries.search import search
from tests.factories.people import make_account
from tests.factories.search import make_entry

pytestmark = pytest.mark.usefixtures("database")

ClientAs = Callable[[Account | None], Client]


def suggested(client: Client, q: str) -> list[str]:
    response = client.get("/pratiques/suggestions/", {"q": q})
    assert response.status_code == 200
    return [found["value"] for found in response.json()["results"]]


def test_suggestions_complete_the_last_word(client: Client) -> None:
    make_entry("Des tablettes à l’IME", cards="La tablette, une tablette et le tableau de l’IME.")
    make_entry("Une tablette")
    assert suggested(client, "tabl") == ["tablette", "tableau"]
    assert suggested(client, "Éducatrice tabl") == ["Éducatrice tablette", "Éducatrice tableau"]
    assert suggested(client, "im") == ["IME"]
    assert suggested(client, "t") == []
    assert suggested(client, "tabl ") == []


@pytest.mark.parametrize("q", ["", "'", "\x00", "%", "tab%' OR 1=1", "x" * 10_000, "\\", "🙂"])
def test_suggestions_answer_anything(client: Client, q: str) -> None:
    make_entry("Une tablette")
    assert suggested(client, q) == []


def test_suggestions_are_kept_by_the_browser_alone(client: Client) -> None:
    response = client.get("/pratiques/suggestions/", {"q": "ta"})
    assert "private" in response["Cache-Control"]
    assert "max-age=120" in response["Cache-Control"]
    assert "Cookie" in response["Vary"]
    assert client.post("/pratiques/suggestions/").status_code == 405


def test_suggestions_do_not_show_network_words_to_a_visitor(client: Client, client_as: ClientAs) -> None:
    make_entry("Zanzibarette", level=Level.NETWORK)
    assert suggested(client, "zanz") == []
    assert suggested(client_as(make_account(Role.MEMBER)), "zanz") == ["zanzibarette"]


def test_synonyms_are_for_moderators(client: Client, client_as: ClientAs) -> None:
    address = reverse("synonyms:list")
    assert client.get(address).status_code == 302
    assert client_as(make_account(Role.MEMBER)).get(address).status_code == 403
    assert client_as(make_account(Role.MODERATOR)).get(address).status_code == 200


def test_moderator_adds_changes_and_deletes_a_line(client_as: ClientAs) -> None:
    client = client_as(make_account(Role.MODERATOR))
    sheet = make_entry("Un zinzolin du soir")
    response = client.post(reverse("synonyms:add"), {"terms": "zinzolin\n lampe   du soir \n\n"})
    assert response.status_code == 302
    with acting_as(None) as asking:
        line = Synonym.objects.get(terms=["zinzolin", "lampe du soir"])
        assert search(asking, "lampe du soir").ids == (sheet,)
    client.post(reverse("synonyms:change", args=[line.pk]), {"terms": "zinzolin\nveilleuse", "one_way": "on"})
    with acting_as(None) as asking:
        assert search(asking, "veilleuse").ids == ()
        assert search(asking, "lampe veilleuse").ids == ()
    assert client.get(reverse("synonyms:change", args=[line.pk])).status_code == 200
    client.post(reverse("synonyms:delete", args=[line.pk]))
    with as_system("look at the synonyms"):
        assert not Synonym.objects.filter(pk=line.pk).exists()


@pytest.mark.parametrize("terms", ["", "seul", "le\nla", "a" * 101 + "\nb", "\n".join(f"mot{n}" for n in range(13))])
def test_line_that_cannot_be_used_is_refused_in_words(client_as: ClientAs, terms: str) -> None:
    response = client_as(make_account(Role.MODERATOR)).post(reverse("synonyms:add"), {"terms": terms})
    assert response.status_code == 200
    assert response.context["form"].errors["terms"]


def test_member_cannot_change_a_line_even_by_its_address(client_as: ClientAs) -> None:
    client = client_as(make_account(Role.MEMBER))
    with as_system("look at the synonyms"):
        line = Synonym.objects.first()
    assert line is not None
    for name in ("change", "delete"):
        assert client.post(reverse(f"synonyms:{name}", args=[line.pk]), {"terms": "a\nb"}).status_code == 403

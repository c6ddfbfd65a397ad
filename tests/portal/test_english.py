"""The pages in English: no French is left but what people wrote and the lists that stay French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, Model, TextField
from django.test import Client

from nuserus.foundation.asking import as_system
from nuserus.learning.enums import CONCEPTS
from tests.access.examples import Example, examples
from tests.access.fixtures import built, world
from tests.access.world import World

__all__ = ["built", "world"]

# Words of French sentences that English does not have.
FRENCH = re.compile(
    r"\b(?:le|la|les|des|une|du|aux|vous|votre|vos|nous|notre|est|sont|été|pour|avec|dans|sur|sans|qui|que|pas|cette"
    r"|ces|ou|et|lieu|fiche|essai|matériel|aide|connexion)\b|\b(?:n|d|l|qu|s|j|c)[’'](?=\w{2})",
    re.IGNORECASE,
)
SPOKEN = ("aria-label", "placeholder", "title", "data-confirm")
WRITTEN = (CharField, TextField, ArrayField)
EMPTY = {"meta", "link", "input", "img", "br", "hr", "use", "path", "circle", "source", "wbr"}
# Between them they open every kind of page.
PEOPLE = ("visiteur", "auteur", "relecteur nommé", "modérateur", "administrateur du site")
# Photos; the guide, which is French; the components, shown with invented French examples; the program of the
# field, one page for everybody that is kept by devices, in French.
NOT_ENGLISH = ("pictures:", "portal:guide", "portal:components", "filling:")
MAIN = {"portal:home", "sheets:results", "sheets:detail", "devices:catalogue", "directory:institutions", "portal:help"}


class Reader(HTMLParser):
    """Collects what a page says in English: text and spoken attributes outside of `lang="fr"`."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        french = self._silent() or tag in ("script", "style", "textarea")
        if given.get("lang"):
            french = given["lang"] == "fr"
        if not french:
            self.said += [given[name] or "" for name in SPOKEN if given.get(name)]
        if tag not in EMPTY:
            self._open.append((tag, french))

    def handle_endtag(self, tag: str) -> None:
        while tag not in EMPTY and self._open:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._silent():
            self.said.append(" ".join(data.split()))


def french_in(html: str, known: re.Pattern[str] | None = None) -> list[str]:
    """The pieces of a page that read as French, without what `known` matches."""
    reader = Reader()
    reader.feed(html)
    suspect = [said for said in reader.said if FRENCH.search(said)]
    return [said for said in suspect if not known or FRENCH.search(known.sub("", said))]


def test_planted_sentence_is_seen() -> None:
    assert french_in('<html lang="en"><p>Hello</p><p lang="fr">Les mots d’une autrice</p></html>') == []
    assert french_in('<html lang="en"><p>Voir les fiches</p><a aria-label="Retirer une carte">x</a></html>') == [
        "Voir les fiches",
        "Retirer une carte",
    ]
    assert french_in('<ul lang="fr"><li><svg><use href="#a"/></svg>Une autrice et des photos</li></ul>') == []
    assert french_in("<p>Tablettes et robots</p>", re.compile("Tablettes et robots")) == []


def _texts(model: type[Model]) -> Iterator[str]:
    names = [field.name for field in model._meta.concrete_fields if isinstance(field, WRITTEN)]
    for row in model._default_manager.values_list(*names) if names else ():
        for value in row:
            yield from (str(each) for each in (value if isinstance(value, list) else [value]) if each)


@pytest.fixture
def kept_in_french(world: World) -> re.Pattern[str]:
    """What the database and the French lists hold: labels, and what people wrote."""
    with as_system("read test data", recorded=False):
        models = [model for model in apps.get_models() if model.__module__.startswith("nuserus.")]
        texts = {text for model in models for text in _texts(model)} | {each.title for each in CONCEPTS.values()}
    # A page is read with plain spaces, whatever spaces a text was written with.
    long = sorted((re.escape(" ".join(text.split())) for text in texts if len(text) > 2), key=len, reverse=True)
    return re.compile("|".join(long), re.IGNORECASE)


def _pages(world: World, name: str) -> Iterator[tuple[Example, str]]:
    client = Client(headers={"Accept-Language": "en-GB,en;q=0.9"}, raise_request_exception=False)
    if name in world.sessions:
        client.cookies["sessionid"] = world.sessions[name]
    for example in examples(world):
        if example.name.startswith(NOT_ENGLISH):
            continue
        answer = client.get(example.path)
        if answer["Content-Type"].startswith("text/html") and answer.status_code in (200, 403, 404):
            yield example, answer.content.decode()
        answer.close()


@pytest.mark.parametrize("name", PEOPLE)
def test_no_french_sentence_is_left(world: World, kept_in_french: re.Pattern[str], name: str) -> None:
    seen, left = set(), []
    for example, html in _pages(world, name):
        seen.add(example.name)
        assert "<html" not in html or '<html lang="en">' in html, example.label
        left += [f"{example.label}: {said}" for said in french_in(html, kept_in_french)]
    assert not left, "\n".join(sorted(set(left)))
    assert seen >= MAIN | ({"account_login"} if name == "visiteur" else {"telling:start", "people:account"})


def test_words_of_authors_say_their_language(world: World) -> None:
    sheet = world.rows["practices.Sheet"][0]
    html = Client(headers={"Accept-Language": "en"}).get(f"/pratiques/{sheet.pk}/").content.decode()
    reader = Reader()
    reader.feed(html)
    said = " ".join(reader.said)
    for words in (sheet.simple_version, "Chaque vendredi, l’enfant range les photos.", "Chez nous, le soir seulement."):
        assert words in html
        assert words not in said


def test_menu_changes_the_language_and_changes_it_back(world: World) -> None:
    client = Client()
    assert '<html lang="fr">' in client.get("/").content.decode()
    for language in ("en", "fr"):
        answer = client.post("/i18n/setlang/", {"language": language, "next": "/aide/"}, follow=True)
        assert f'<html lang="{language}">' in answer.content.decode()

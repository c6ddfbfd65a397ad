"""Every address, asked by every role with every method, against the signed list; and no canary anywhere.

docs/access/urls.csv has a line per address, example and method (GET, POST), a column per role, the
status in the cell. An address that is not in the list fails; so does a line about an address that is
gone. The other methods have no line of their own: they never do more.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.examples import examples
from tests.access.world import PLACE_NAME, World
from tests.cleaning import Cleaner

pytestmark = pytest.mark.usefixtures("unlogged")

LIST = Path(__file__).parents[2] / "docs" / "access" / "urls.csv"
SIGNED_METHODS = ("GET", "POST")
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS")
# Those whose answers to the rarer methods are asked: nobody, somebody unknown, the owner of the rows.
ASKED_OTHERWISE = ("visiteur", "membre d’ailleurs", "auteur")


@dataclass(frozen=True)
class Address:
    """One pattern of the resolver: its name with namespaces, and its route with converters."""

    name: str
    route: str


@cache
def addresses() -> tuple[Address, ...]:
    return tuple(sorted(_patterns(get_resolver(), (), ""), key=lambda each: (each.name, each.route)))


def _patterns(resolver: URLResolver, spaces: tuple[str, ...], before: str) -> Iterator[Address]:
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            more = (pattern.namespace,) if pattern.namespace else ()
            yield from _patterns(pattern, spaces + more, route)
        elif isinstance(pattern, URLPattern):
            yield Address(":".join((*spaces, pattern.name or "?")), route)


def _signed() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(LIST.read_text(encoding="utf-8")))) if LIST.exists() else []


@dataclass(frozen=True)
class Reply:
    """What came back: the body read to its end, the headers with the status line's number."""

    status_code: int
    content: bytes
    headers: dict[str, str]


def ask(client: Client, method: str, path: str) -> Reply:
    """One request, as a browser would make it."""
    response = client.generic(method, path, "", content_type="application/x-www-form-urlencoded")
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return Reply(response.status_code, body, dict(response.headers))


def test_every_address_has_an_example(world: World) -> None:
    known = {address.name for address in addresses()}
    given = {example.name for example in examples(world)}
    assert known - given == set(), "addresses without an example in tests/access/examples.py"
    assert given - known == set(), "examples of addresses that are gone"


def _client(world: World, name: str) -> Client:
    client = Client(raise_request_exception=False)
    if name in world.sessions:
        client.cookies["sessionid"] = world.sessions[name]
    return client


def _crawl(world: World, put_back: Cleaner, name: str) -> tuple[dict[tuple[str, str], str], list[str]]:
    """Status by (example, method) for one person, and what they met that they should not have."""
    found: dict[tuple[str, str], str] = {}
    met: list[str] = []
    for example in examples(world):
        for method in SIGNED_METHODS:
            response = ask(_client(world, name), method, example.path)
            found[example.label, method] = str(response.status_code)
            met += _canaries(world, name, example.path, response)
            if method == "POST" and response.status_code not in (403, 404, 405):
                put_back.clean()
    return found, met


def _canaries(world: World, name: str, path: str, response: Reply) -> list[str]:
    body = response.content.decode("utf-8", "replace") + str(response.headers)
    met = [
        f"{name} met {canary} at {path}"
        for canary, readers in world.readers.items()
        if canary in body and name not in readers
    ]
    shown_name = PLACE_NAME in body and path.startswith(("/pratiques/", "/?", "/materiel/tablette"))
    if shown_name and name not in {"auteur", "membre du lieu", "praticien-chercheur du lieu", "référent du lieu"}:
        met.append(f"{name} met the name of a place that hides it at {path}")
    return met


def _people() -> list[str]:
    lines = _signed()
    if lines:
        return [name for name in lines[0] if name not in ("adresse", "exemple", "méthode")]
    return []


@pytest.mark.parametrize("name", _people() or ["visiteur"])
def test_every_address_answers_as_signed_and_shows_no_canary(world: World, put_back: Cleaner, name: str) -> None:
    found, met = _crawl(world, put_back, name)
    assert met == []
    signed = {(line["exemple"], line["méthode"]): line.get(name, "") for line in _signed()}
    different = {key: (status, signed.get(key, "absent")) for key, status in found.items() if signed.get(key) != status}
    assert different == {}, "found, signed"
    assert set(signed) == set(found)
    assert not [key for key, status in found.items() if status.startswith("5") and key[0] != "healthz"]


@pytest.mark.parametrize("name", ASKED_OTHERWISE)
def test_other_methods_never_do_more_than_get_and_post(world: World, put_back: Cleaner, name: str) -> None:
    more = []
    posted = {line["exemple"]: line[name] for line in _signed() if line["méthode"] == "POST"}
    for example in examples(world):
        for method in OTHER_METHODS:
            response = ask(_client(world, name), method, example.path)
            # some forms take PUT for POST: the answer is then the signed one of POST
            as_posted = method == "PUT" and str(response.status_code) == posted[example.label]
            allowed = response.status_code in (302, 400, 401, 403, 404, 405, 429) or method == "OPTIONS" or as_posted
            if not allowed:
                more.append((example.path, method, response.status_code))
            more += [(met, method, 0) for met in _canaries(world, name, example.path, response)]
    put_back.clean()
    assert more == []


def test_head_says_what_get_says(world: World) -> None:
    for example in examples(world):
        client = _client(world, "membre d’ailleurs")
        got, head = ask(client, "GET", example.path), ask(client, "HEAD", example.path)
        assert head.status_code == got.status_code, example.path
        assert head.content == b"", example.path


@pytest.mark.parametrize("name", ["visiteur", "compte non vérifié", "membre d’ailleurs", "administrateur du site"])
def test_hidden_and_missing_are_the_same_page(world: World, name: str) -> None:
    """The hidden object and one that never was: same status, same body but for what was asked."""
    compared = 0
    for example in examples(world):
        if not example.missing:
            continue
        hidden, missing = (ask(_client(world, name), "GET", path) for path in (example.path, example.missing))
        if hidden.status_code == 404:
            assert missing.status_code == 404, example.missing
            assert _neutral(hidden, example.path) == _neutral(missing, example.missing), example.path
            compared += 1
        elif hidden.headers.get("Location", "").startswith("/compte/connexion/"):
            assert missing.headers["Location"].startswith("/compte/connexion/"), example.missing
    assert compared > 0 or name == "visiteur"


def _neutral(response: Reply, path: str) -> str:
    """The body without what changes from one request to the next: token, nonce, the address asked."""
    body = response.content.decode()
    for changing in (r'name="csrfmiddlewaretoken" value="[^"]*"', r'nonce="[^"]*"', r'"X-CSRFToken": "[^"]*"'):
        body = re.sub(changing, "", body)
    return body.replace(path, "").replace(quote(path, safe=""), "")


def test_planted_address_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    planted = (*addresses(), Address("planted", "planted/"))
    monkeypatch.setitem(globals(), "addresses", lambda: planted)
    with pytest.raises(AssertionError, match="without an example"):
        test_every_address_has_an_example(world)


def test_planted_canary_is_noticed(world: World) -> None:
    shown = Reply(200, b"... CANARI-BROUILLON ...", {})
    assert _canaries(world, "visiteur", "/", shown) == ["visiteur met CANARI-BROUILLON at /"]
    assert _canaries(world, "auteur", "/", shown) == []


def write_list(world: World, put_back: Cleaner) -> None:
    """Rewrite the list from what is found today; the difference is then read and signed by a person."""
    by_person = {name: _crawl(world, put_back, name)[0] for name in world.people}
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["adresse", "exemple", "méthode", *world.people])
        for example in examples(world):
            for method in SIGNED_METHODS:
                statuses = [by_person[name][example.label, method] for name in world.people]
                writer.writerow([example.name, example.label, method, *statuses])


@pytest.mark.skipif(not os.environ.get("NUSERUS_WRITE_MATRIX"), reason="only rewrites the list, when asked to")
def test_rewrite_the_list(world: World, put_back: Cleaner) -> None:
    write_list(world, put_back)

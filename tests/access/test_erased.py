"""Everybody of the world asks again, once people had everything erased: no answer holds what they said.

The dump, the disk and the journal are looked at by tests/consent/test_nothing_anywhere; here, the answers. The
addresses are those of the signed crawl and those that the pages of the place lead to. Each is first read by who may
read most, or by somebody whom the signed list lets in: it is noted which tables the answer was made from. An answer
can hold the words of a participant when a table that can hold them (a redactor answers for it:
tests/consent/test_nothing_left lets none be forgotten), or a function of the database that reads such a table, was
asked; or when the words are in it. Those addresses are asked by everybody. The others could only show what a cache
took from the first: each that had an answer is asked once more by the same person.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from nuserus.consent.enums import Mode
from nuserus.consent.provenance import redactors
from nuserus.foundation.asking import as_system
from nuserus.studies.models import Participant
from tests.access.examples import examples
from tests.access.test_crawl import Reply, _client, _signed
from tests.access.world import World
from tests.access.world_corpus import SOURCE_TITLE, SPOKEN
from tests.access.world_fieldwork import OWN, SEEN
from tests.access.world_fieldwork_interviews import LISTENED, NOTED
from tests.access.world_participants import DRAWN, PARTICIPANT
from tests.consent.test_nothing_anywhere import plant_words
from tests.factories.interviews import make_listened
from tests.factories.withdrawals import withdraw

MOST = "chercheur"
LEAD = "responsable d’étude"
PSEUDONYM = "CANARI-NOUR"
PLANTED = "CANARI-PAROLE de quelqu"
CANARIES = (PLANTED, PSEUDONYM, SPOKEN, SOURCE_TITLE, LISTENED, NOTED, SEEN, OWN, PARTICIPANT, DRAWN)
_LINK = re.compile(r'(?:href|hx-get|src|data-[a-z-]+)="(/[^"#]*)"')
_OF_THE_FIELD = ("/etudes/", "/terrain/", "/corpus/", "/grilles/", "/mon-espace/")
MOST_WALKED = 90


def asked(world: World, name: str, path: str, *, fragment: bool = False) -> Reply:
    """One answer as a browser gets it; `fragment`: as htmx asks."""
    client: Client = _client(world, name)
    response = client.get(path, headers={"HX-Request": "true"} if fragment else {})
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    response.close()
    return Reply(response.status_code, body, dict(response.headers))


def told(reply: Reply) -> str:
    """All that an answer says: its headers, its text; workbooks, archives and PDFs are opened."""
    body = reply.content
    said = str(reply.headers) + body.decode("utf-8", "replace")
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            said += "".join(archive.read(one).decode("utf-8", "replace") for one in archive.namelist())
    elif body[:4] == b"%PDF":
        said += "".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return said


def canaries_in(reply: Reply) -> set[str]:
    """The canaries that an answer holds; JSON may write letters as numbers, these have none to write so."""
    said = told(reply)
    return {one for one in CANARIES if one in said}


def holding_words() -> re.Pattern[str]:
    """What a statement names when it reads words: tables of redactors, functions made of them."""
    tables = {apps.get_model(label)._meta.db_table for redactor in redactors() for label in redactor.models}
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace")
        bodies = dict(cursor.fetchall())
    names = set(tables)
    while more := {name for name, body in bodies.items() if name not in names and _names(names).search(body)}:
        names |= more
    return _names(names)


def _names(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(names))})\b")


@contextmanager
def noted(statements: list[str]) -> Iterator[None]:
    """Every statement of every connection, as it goes."""

    def note(execute: Any, sql: Any, *more: Any) -> Any:
        statements.append(str(sql))
        return execute(sql, *more)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(note))
        yield


def reader_of_each(world: World) -> dict[str, str]:
    """Who reads each address before: who may read most, else the first whom the signed list lets in."""
    let_in: dict[str, list[str]] = {}
    for line in _signed():
        if line["méthode"] == "GET":
            let_in[line["exemple"]] = [name for name in (MOST, *world.people) if line.get(name) == "200"]
    return {one.path: (let_in.get(one.label) or [MOST])[0] for one in examples(world)}


def walked(world: World, starts: list[str]) -> list[str]:
    """The addresses of the field that pages lead to, from these on."""
    seen: list[str] = []
    waiting = list(starts)
    while waiting and len(seen) < MOST_WALKED:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.append(path)
        reply = asked(world, MOST, path)
        if reply.headers.get("Content-Type", "").startswith("text/html"):
            found = (link.replace("&amp;", "&") for link in _LINK.findall(reply.content.decode()))
            waiting += [link for link in found if link.startswith(_OF_THE_FIELD)]
    return seen


@pytest.fixture
def no_journal() -> Iterator[None]:
    """Refusals are what most people get here: writing each in the journal costs more than asking."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.usefixtures("no_journal")
def test_no_answer_to_anybody_holds_what_was_erased(world: World) -> None:
    researcher, lead = world.people[MOST], world.people[LEAD]
    assert researcher is not None and lead is not None
    place = world.rows["studies.StudyPlace"][0]
    plant_words(place, researcher, make_listened(place, researcher, PSEUDONYM))
    starts = [
        reverse(name, args=[place.pk])
        for name in ("fieldwork:place", "studies:participants", "consent:withdrawals", "studies:notices")
    ]
    starts += [reverse("corpus:list", args=[place.study_id]), reverse("fieldwork:home"), reverse("filling:state")]
    before = dict.fromkeys(walked(world, starts), MOST) | reader_of_each(world)

    words = holding_words()
    chosen: set[str] = set()
    answered: set[str] = set()
    shown: set[str] = set()
    kept: list[str] = []
    for path, name in before.items():
        statements: list[str] = []
        with noted(statements):
            reply = asked(world, name, path)
        found = canaries_in(reply)
        shown |= found
        if found or any(words.search(sql) for sql in statements):
            chosen.add(path)
        elif reply.status_code == 200:
            answered.add(path)
        if found and "no-store" not in reply.headers.get("Cache-Control", ""):
            kept.append(path)
    assert shown == set(CANARIES), "each canary is seen before, else the test proves nothing"
    assert kept == [], "a browser would keep these answers: its worker, the way back"
    assert 60 < len(chosen) < len(before) / 3 and answered

    with as_system("read test data", recorded=False):
        people = list(Participant.objects.filter(place=place.pk))
    for person in people:
        withdraw(lead, person, Mode.ERASE)

    asking = [(name, path, False) for path in sorted(chosen) for name in world.people]
    asking += [(MOST, path, True) for path in sorted(chosen)]
    asking += [(before[path], path, False) for path in sorted(answered)]
    met = [
        (name, path, found)
        for name, path, fragment in asking
        if (found := canaries_in(asked(world, name, path, fragment=fragment)))
    ]
    assert met == []


def test_planted_words_are_seen_in_any_kind_of_answer() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mots.txt", f"{PLANTED}’un")
    for body in (PLANTED.encode(), packed.getvalue()):
        assert canaries_in(Reply(200, body, {})) == {PLANTED}
    assert canaries_in(Reply(200, b"", {"Location": f"/?q={SPOKEN}"})) == {SPOKEN}


def test_planted_statement_is_chosen(world: World) -> None:
    words = holding_words()
    for sql in ('SELECT "corpus_turn"."id" FROM "corpus_turn"', "SELECT corpus_obstacle(%s)", "FROM fieldwork_saying"):
        assert words.search(sql), sql
    assert not words.search('SELECT "directory_institution"."name" FROM "directory_institution"')

"""Fiches with a photo: received by the action and over HTTP, beside the bare insert of the same row, all committed."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests
from django.db import connections, transaction

from bench.instance import Bench
from bench.serving import served
from bench.timing import Report, Sample, Timer, alternate_over, milliseconds

PAIRS = 200
WARM = 5
PHOTO_BYTES = 40_000
# A person sends so many fiches of one grid in a day; each of these sends fewer.
SENDERS = 4
OVER_HTTP = 100
BARE = (
    "INSERT INTO instruments_submission (id, scope_level, scope_author, scope_mission, instrument_id, version_id, "
    "instance_id, xml, sha256, content, expected_files, problems, status, reason, reason_words, origin, sent_by_id, "
    "received_at) VALUES (%(id)s, 'restricted', %(sender)s, %(grid)s, %(grid)s, %(version)s, %(instance)s, %(xml)s, "
    "%(sha256)s, %(content)s::jsonb, '[]'::jsonb, '[]'::jsonb, 'accepted', '', '', 'browser', %(sender)s, now())"
)


@dataclass(slots=True)
class Sent:
    """One fiche: its number, its answers, its photo."""

    instance: str
    xml: bytes
    photo: bytes


def measure(bench: Bench, report: Report) -> None:
    """The action and the bare insert in turn, then the site over HTTP."""
    from tests.factories.charters import make_referent
    from tests.factories.directory import make_institution
    from tests.factories.instruments import make_version
    from tests.factories.sheets import make_member

    report.title("Fiches received")
    report.say(
        f"A fiche of five answers, with a photo of {PHOTO_BYTES // 1000} kB and without; the bare side is one INSERT "
        f"of the row with values computed beforehand, as the owner. Both committed (fsync). N = {PAIRS}."
    )
    report.say("")
    place = make_institution()
    version = make_version(place, make_referent(place))
    alone, *people = [make_member(place) for _rank in range(1 + SENDERS)]
    rows = []
    with _without_daily_limit():
        for what, photo in (("with its photo", True), ("without", False)):
            product, bare = _received(alone.pk, version, photo=photo)
            rows.append(_row(f"action, {what}", product))
            rows.append(_row(f"bare insert ({what})", bare))
            rows[-2][-1] = f"{product.median / bare.median:.1f}"
    report.table(("what", "p50 ms", "p95 ms", "fiches/s", "× the bare insert"), rows)
    report.say("")
    _over_http(report, people, version)


def _row(what: str, sample: Sample) -> list[str]:
    return [what, milliseconds(sample.median), milliseconds(sample.p95), f"{1000 / sample.median:.0f}", ""]


def _received(sender: Any, version: Any, *, photo: bool) -> list[Sample]:
    from nuserus.foundation.asking import acting_as
    from nuserus.instruments.actions.receive import receive_submission
    from nuserus.instruments.enums import Origin

    def product(pair: tuple[Sent, dict[str, Any]]) -> None:
        sent = pair[0]
        with acting_as(sender) as asking:
            done = receive_submission(
                actor=asking, xml=sent.xml, files={"a.jpg": sent.photo} if photo else {}, origin=Origin.BROWSER
            )
        assert (done.code, done.quarantined) == (201, False)

    def bare(pair: tuple[Sent, dict[str, Any]]) -> None:
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            cursor.execute(BARE, pair[1])

    pairs = [
        (_fiche(version, photo=photo), _values(sender, version, _fiche(version, photo=photo)))
        for _rank in range(PAIRS + WARM)
    ]
    for pair in pairs[:WARM]:
        product(pair)
        bare(pair)
    return alternate_over(pairs[WARM:], 1, warm_up=False, product=product, bare=bare)


def _fiche(version: Any, *, photo: bool = True) -> Sent:
    from tests.factories.instruments import answer_xml

    instance = f"uuid:{uuid4()}"
    xml = answer_xml(version.instrument, instance=instance, photo="a.jpg" if photo else "")
    return Sent(instance, xml, b"\xff\xd8\xff\xe0" + os.urandom(PHOTO_BYTES))


def _values(sender: Any, version: Any, sent: Sent) -> dict[str, Any]:
    from nuserus.foundation.models.base import new_id

    return {
        "id": new_id(),
        "sender": sender,
        "grid": version.instrument_id,
        "version": version.pk,
        "instance": sent.instance,
        "xml": sent.xml,
        "sha256": hashlib.sha256(sent.xml).hexdigest(),
        "content": '{"situation": {"lieu": "la salle", "combien": 4, "aide": "oui", "geste": "Elle montre."}}',
    }


def _over_http(report: Report, people: list[Any], version: Any) -> None:
    """Each person sends theirs one after the other, as the program does, over a kept connection."""
    each = [[_fiche(version) for _rank in range(OVER_HTTP)] for _person in people]
    with served() as port:
        sessions = [_signed_in(person, port) for person in people]
        for session in sessions:
            _send(session, port, _fiche(version))
        threads = [
            threading.Thread(target=_send_all, args=(session, port, fiches))
            for session, fiches in zip(sessions, each, strict=True)
        ]
        with Timer() as timer:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    count = SENDERS * OVER_HTTP
    report.say(
        f"Over HTTP, granian with one worker, {SENDERS} people at once, {count} fiches with their photo: "
        f"{count / timer.seconds:.0f} accepted per second ({timer.seconds:.1f} s)."
    )


def _signed_in(person: Any, port: int) -> requests.Session:
    from django.test import Client

    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = requests.Session()
    session.cookies.set("sessionid", client.cookies["sessionid"].value)
    session.get(f"http://127.0.0.1:{port}/grilles/remplir/etat/", timeout=60).raise_for_status()
    return session


def _send_all(session: requests.Session, port: int, fiches: list[Sent]) -> None:
    for one in fiches:
        _send(session, port, one)


def _send(session: requests.Session, port: int, sent: Sent) -> None:
    files = {"xml_submission_file": ("x.xml", sent.xml, "text/xml"), "a.jpg": ("a.jpg", sent.photo, "image/jpeg")}
    headers = {"X-CSRFToken": session.cookies["csrftoken"]}
    reply = session.post(f"http://127.0.0.1:{port}/grilles/remplir/envoi/", files=files, headers=headers, timeout=60)
    if reply.status_code != 201 or reply.json()["quarantined"]:
        raise RuntimeError(f"a fiche was answered {reply.status_code}: {reply.text[:200]}")


@contextmanager
def _without_daily_limit() -> Iterator[None]:
    """One person sends all that is measured in this process: more than somebody may in a day."""
    from nuserus.instruments.actions import limits

    kept = limits.MOST_IN_A_DAY, limits.MOST_IN_A_DAY_OF_ALL
    limits.MOST_IN_A_DAY = limits.MOST_IN_A_DAY_OF_ALL = 10**6  # type: ignore[misc]
    try:
        yield
    finally:
        limits.MOST_IN_A_DAY, limits.MOST_IN_A_DAY_OF_ALL = kept  # type: ignore[misc]

"""What leaves in a file and names somebody is on their receipt as already left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nuserus.consent.models import LeftExport
from nuserus.fieldwork.actions.observing import finish_observation, read_fields
from nuserus.fieldwork.actions.taking_up import take_up
from nuserus.fieldwork.models import Recording
from nuserus.fieldwork.queries.fiches import fiche_to_take
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.actions.submissions import name_reader
from nuserus.instruments.actions.tablets import add_tablet
from nuserus.instruments.models import Submission
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import Participant
from tests.factories.directory import make_membership
from tests.factories.fieldwork import make_field, make_participant, make_visit
from tests.factories.instruments import send_fiche
from tests.factories.interviews import make_interview, make_listened
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, seat_in
from tests.factories.voice import voice
from tests.factories.withdrawals import withdraw
from tests.fieldwork.test_fiches import PHOTO, fiche_xml, make_grid
from tests.instruments.test_openrosa import basic

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def left(person: Participant) -> list[str]:
    with as_system("read test data", recorded=False):
        return sorted(LeftExport.objects.filter(subject=person.pk).values_list("what", flat=True))


def test_a_fiche_and_its_photo_are_on_the_receipts_of_whom_they_name_and_who_was_there(client_as: ClientAs) -> None:
    place, researcher = make_field()
    grid, visit, lead = make_grid(place), make_visit(place, researcher), lead_of(place.study)
    nour, lou = make_participant(place, researcher, "Nour"), make_participant(place, researcher, "Lou")
    seen, apart = make_participant(place, researcher, "Vue"), make_participant(place, researcher, "Ailleurs")
    named = f"<participants>{nour.pk}</participants></situation>".encode()
    xml = fiche_xml(grid, "On joue.").replace(b"</situation>", named)
    send_fiche(researcher, xml, {"a.jpg": PHOTO})
    with acting_as(researcher.pk) as asking:
        fiche = fiche_to_take(asking, Submission.objects.get().pk)
        row = take_up(actor=asking, fiche=fiche, visit=visit)
        said = {"saying_1_text": "On rentre, dit-elle.", "saying_1_who": str(lou.pk)}
        fields = {"day": "2026-11-02", "fact": "On joue.", "present": [str(nour.pk), str(seen.pk)], **said}
        finish_observation(actor=asking, observation=row, written=read_fields(fields))
        file = fiche.files.get()
    # the lead reads the fiche, and works in that place since: the people of it are not theirs to read
    reader = make_account(Role.STUDY_RESEARCHER, name="Lectrice")
    seat_in(circle_of(place.study, GroupKind.TEAM), reader, Part.RESEARCHER)
    with acting_as(lead.pk) as asking:
        name_reader(actor=asking, instrument=grid, reader=reader.pk)
    make_membership(reader, place.institution)
    client = client_as(reader)
    raw = reverse("instruments:raw", args=[grid.pk, fiche.pk])
    photo = reverse("instruments:file", args=[grid.pk, fiche.pk, file.pk])
    client.head(raw)
    assert left(nour) == []
    assert client.get(raw).status_code == 200
    got: Any = client.get(photo)
    assert b"".join(got.streaming_content) == PHOTO
    for one in (nour, lou, seen):
        assert left(one) == ["fiche remplie (XML)", "photo ou son d’une fiche"], one
    assert left(apart) == []
    done = withdraw(researcher, nour)
    page = client_as(researcher).get(reverse("consent:withdrawal", args=[done.pk])).content.decode()
    assert "fiche remplie (XML), le" in page and "photo ou son d’une fiche, le" in page


def test_a_pseudonym_that_is_typed_is_found_too_and_the_list_leaves_once_a_day(client_as: ClientAs) -> None:
    place, researcher = make_field()
    grid, nour = make_grid(place), make_participant(place, researcher, "Nour")
    named = b"<participants>lou, NOUR</participants></situation>"
    send_fiche(researcher, fiche_xml(grid, "On joue.").replace(b"</situation>", named))
    with as_system("read test data", recorded=False):
        fiche = Submission.objects.get()
    client_as(researcher).get(reverse("instruments:raw", args=[grid.pk, fiche.pk]))
    assert left(nour) == ["fiche remplie (XML)"]
    with acting_as(researcher.pk) as asking:
        _tablet, secret = add_tablet(actor=asking, label="La tablette bleue")
    for _again in range(2):
        Client().get(reverse("openrosa:participants", args=[grid.pk, 1]), **basic(secret))  # type: ignore[arg-type]
    assert left(nour) == ["fiche remplie (XML)", "pseudonyme dans une application de collecte"]


@pytest.fixture
def recorded(client_as: ClientAs) -> Iterator[tuple[Client, Recording, Participant]]:
    from django.core.files.uploadedfile import SimpleUploadedFile

    place, researcher = make_field()
    listened = make_listened(place, researcher)
    interview = make_interview(place, researcher, listened)
    client = client_as(researcher)
    sound = SimpleUploadedFile("voix.webm", voice(1.0), "audio/webm")
    client.post(reverse("fieldwork:deposit_recording", args=[interview.pk]), {"sound": sound})
    with as_system("read test data", recorded=False):
        yield client, Recording.objects.get(), listened


def taken(client: Client, name: str, recording: Recording, **headers: str) -> None:
    said = {key.replace("_", "-"): value for key, value in headers.items()}
    reply: Any = client.get(reverse(f"fieldwork:{name}", args=[recording.pk]), headers=said)
    assert b"".join(reply.streaming_content) if reply.streaming else reply.content


def test_a_recording_taken_by_pieces_leaves_as_well(recorded: tuple[Client, Recording, Participant]) -> None:
    client, recording, person = recorded
    taken(client, "recording_sound", recording, Sec_Fetch_Dest="audio", Range="bytes=0-")
    assert left(person) == [], "who listens in the page takes nothing away"
    for begin in (0, 100, 200):
        taken(client, "recording_file", recording, Range=f"bytes={begin}-")
    assert left(person) == ["enregistrement d’un entretien"]
    taken(client, "recording_file", recording)
    assert len(left(person)) == 2


def test_the_sound_asked_for_outside_of_a_player_leaves(recorded: tuple[Client, Recording, Participant]) -> None:
    client, recording, person = recorded
    taken(client, "recording_sound", recording, Sec_Fetch_Dest="document")
    assert left(person) == ["enregistrement d’un entretien"]

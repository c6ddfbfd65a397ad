"""Entrusting a recording: nobody hears it without the agreement of who spoke, and then one person alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.models import Sheet
from nuserus.voice.enums import RecordingState
from nuserus.voice.models import Recording
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.practices import get_sheet, make_draft
from tests.factories.sheets import make_member
from tests.factories.voice import get_recording, make_recording

pytestmark = pytest.mark.usefixtures("database")
As = Callable[[Account | None], Client]
QUEUE = "/voix/a-ecrire/"


def heard(client: Client, recording: Recording) -> int:
    """What the address of the sound answers, without listening to it."""
    reply = client.get(f"/voix/{recording.pk}/son/")
    reply.close()
    return reply.status_code


@pytest.fixture
def author() -> Account:
    return make_member(make_institution())


@pytest.fixture
def sheet(author: Account) -> Sheet:
    return make_draft(author)


def test_without_agreement_nobody_can_take_it(client_as: As, sheet: Sheet) -> None:
    recording = make_recording(sheet)
    client = client_as(make_account("facilitator"))
    assert "Rien à écrire" in client.get(QUEUE).content.decode()
    page = client.post(f"{QUEUE}{recording.pk}/prendre/", follow=True).content.decode()
    assert "n’est plus à écrire" in page
    assert client.get(f"{QUEUE}{recording.pk}/").status_code == 404
    assert heard(client, recording) == 404


def test_the_queue_is_for_facilitators(client_as: As, author: Account, sheet: Sheet) -> None:
    recording = make_recording(sheet)
    client_as(author).post(f"/voix/{recording.pk}/confier/", {"do": "entrust"})
    for role in ("reviewer", "moderator", "site_admin", "study_lead"):
        client = client_as(make_account(role))
        assert client.get(QUEUE).status_code == 403
        assert client.post(f"{QUEUE}{recording.pk}/prendre/").status_code == 403
        assert heard(client, recording) == 404
    assert client_as(author).get(QUEUE).status_code == 403


def test_taken_by_one_written_corrected_and_closed(client_as: As, author: Account, sheet: Sheet) -> None:
    recording = make_recording(sheet)
    speaker = client_as(author)
    speaker.post(f"/voix/{recording.pk}/confier/", {"do": "entrust"})
    first, second = make_account("facilitator"), make_account("facilitator")
    listener, other = client_as(first), client_as(second)
    page = listener.get(QUEUE).content.decode()
    assert "Je l’écris" in page
    assert author.shown_name not in page.split("<main")[1], "the queue does not say whose voice it is"
    assert heard(listener, recording) == 404, "not before it is taken"
    listener.post(f"{QUEUE}{recording.pk}/prendre/")
    other.post(f"{QUEUE}{recording.pk}/prendre/")
    assert heard(listener, recording) == 200
    assert heard(other, recording) == 404
    assert listener.get(f"/partager/{sheet.pk}/intention/").status_code == 404, "the voice, not the draft"
    assert "une personne écrit" in speaker.get(f"/partager/{sheet.pk}/intention/").content.decode()
    empty = listener.post(f"{QUEUE}{recording.pk}/", {"do": "propose", "text": " "})
    assert empty.status_code == 422
    listener.post(f"{QUEUE}{recording.pk}/", {"do": "propose", "text": "Que chacun sache ce qui vient."})
    assert heard(listener, recording) == 404, "not after the text is handed over"
    written = get_recording(recording)
    assert (written.state, written.written_by) == (RecordingState.WRITTEN, first.pk)
    page = speaker.get(f"/partager/{sheet.pk}/intention/").content.decode()
    assert "Écrit par une personne" in page
    assert "Que chacun sache ce qui vient." in page
    speaker.post(f"/voix/{recording.pk}/texte/", {"do": "place", "text": "Que chacun sache."})
    assert get_sheet(sheet).intention == "Que chacun sache."


def test_given_back_or_taken_back_nobody_hears_any_more(client_as: As, author: Account, sheet: Sheet) -> None:
    recording = make_recording(sheet)
    speaker, listener = client_as(author), client_as(make_account("facilitator"))
    speaker.post(f"/voix/{recording.pk}/confier/", {"do": "entrust"})
    listener.post(f"{QUEUE}{recording.pk}/prendre/")
    listener.post(f"{QUEUE}{recording.pk}/", {"do": "give_back", "text": ""})
    assert heard(listener, recording) == 404
    listener.post(f"{QUEUE}{recording.pk}/prendre/")
    assert heard(listener, recording) == 200
    speaker.post(f"/voix/{recording.pk}/confier/", {"do": "take_back"})
    assert heard(listener, recording) == 404
    assert "Rien à écrire" in listener.get(QUEUE).content.decode()
    assert "confier à une personne" in speaker.get(f"/partager/{sheet.pk}/intention/").content.decode()


def test_thrown_away_while_somebody_writes(client_as: As, author: Account, sheet: Sheet) -> None:
    recording = make_recording(sheet)
    speaker, listener = client_as(author), client_as(make_account("facilitator"))
    speaker.post(f"/voix/{recording.pk}/confier/", {"do": "entrust"})
    listener.post(f"{QUEUE}{recording.pk}/prendre/")
    speaker.post(f"/voix/{recording.pk}/jeter/")
    for path in (f"/voix/{recording.pk}/son/", f"{QUEUE}{recording.pk}/"):
        assert listener.get(path).status_code == 404


def test_the_floor_alone_hides_recordings(author: Account, sheet: Sheet) -> None:
    make_recording(sheet)
    facilitator = make_account("facilitator")
    with acting_as(facilitator.pk):
        assert Recording.objects.count() == 0
        with transaction.atomic():
            assert Recording.objects.update(scope_author=facilitator.pk) == 0
    with acting_as(author.pk):
        assert Recording.objects.count() == 1

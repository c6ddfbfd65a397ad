"""The field journal, for its author alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.fieldwork.models import JournalEntry
from nuserus.foundation.asking import acting_as, as_system
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.studies.models import Participant
from tests.factories.fieldwork import make_field, make_participant, make_visit
from tests.factories.people import make_account
from tests.factories.studies import lead_of

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def at(name: str, *args: object) -> str:
    return reverse(f"fieldwork:{name}", args=args)


def test_pages_are_written_found_carried_away_and_removed(client_as: ClientAs) -> None:
    place, researcher = make_field()
    visit, ronce = make_visit(place, researcher), make_participant(place, researcher)
    client = client_as(researcher)
    assert f'value="{visit.pk}" selected' in client.get(at("new_entry"), {"visite": str(visit.pk)}).content.decode()
    day = timezone.localdate().isoformat()
    given = {"day": day, "text": "Je me sens de trop, ce matin.", "tags": "Place, gêne", "visit": str(visit.pk)}
    assert client.post(at("new_entry"), given | {"text": ""}).status_code == 422
    assert client.post(at("new_entry"), given | {"people": [str(ronce.pk)]}).status_code == 302
    assert client.post(at("new_entry"), {"day": day, "text": "Rien ne va avec le robot."}).status_code == 302
    with acting_as(researcher.pk):
        entry = JournalEntry.objects.get(tags__contains=["gêne"])
    assert "robot" not in client.get(at("journal"), {"q": "matin trop"}).content.decode()
    assert "de trop" in client.get(at("journal"), {"etiquette": "place"}).content.decode()
    assert "Aucune page" in client.get(at("journal"), {"q": "tablette"}).content.decode()
    page = client.get(at("entry", entry.pk)).content.decode()
    assert "Ronce" in page and str(place) in page
    away = client.get(at("export_journal"))
    text = away.content.decode()
    assert text.index("de trop") and "Rien ne va" in text and "Ronce" in text and "place, gêne" in text
    changed = {"day": day, "text": "Je trouve ma place.", "tags": ""}
    assert client.post(at("change_entry", entry.pk), changed).status_code == 302
    told = client.get(at("entry", entry.pk)).content.decode()
    assert "Je trouve ma place." in told and "Ronce" not in told
    assert client.post(at("remove_entry", entry.pk)).status_code == 302
    assert client.get(at("entry", entry.pk)).status_code == 404


def test_who_takes_part_no_more_is_in_no_new_page(client_as: ClientAs) -> None:
    place, researcher = make_field()
    ronce, genet = make_participant(place, researcher), make_participant(place, researcher, pseudonym="Genêt")
    client = client_as(researcher)
    given = {"day": timezone.localdate().isoformat(), "text": "Un long silence.", "people": [str(ronce.pk)]}
    assert client.post(at("new_entry"), given).status_code == 302
    with as_system("test data"):
        Participant.objects.filter(pk__in=[ronce.pk, genet.pk]).update(left_at=timezone.now())
    assert str(ronce.pk) not in client.get(at("new_entry")).content.decode()
    with acting_as(researcher.pk):
        entry = JournalEntry.objects.get()
    page = client.get(at("change_entry", entry.pk)).content.decode()
    assert f'value="{ronce.pk}"' in page
    assert str(genet.pk) not in page


def test_names_are_said_before_a_page_is_kept(client_as: ClientAs) -> None:
    client = client_as(make_account(Role.STUDY_RESEARCHER))
    given = {"day": timezone.localdate().isoformat(), "text": "Vu Mme Martin en chambre 12."}
    refused = client.post(at("new_entry"), given)
    assert refused.status_code == 422
    assert "Vu Mme Martin" in refused.content.decode()
    assert client.post(at("new_entry"), given | {"reread": "on"}).status_code == 302


def test_nobody_else_reads_a_page(client_as: ClientAs) -> None:
    place, researcher = make_field()
    client_as(researcher).post(at("new_entry"), {"day": timezone.localdate().isoformat(), "text": "CANARI-CARNET"})
    with acting_as(researcher.pk):
        entry = JournalEntry.objects.get()
    for other in (lead_of(place.study), make_account(Role.SITE_ADMIN)):
        client = client_as(other)
        for name in ("entry", "change_entry"):
            assert client.get(at(name, entry.pk)).status_code == 404
        assert client.post(at("remove_entry", entry.pk)).status_code == 404
        assert "CANARI" not in client.get(at("journal")).content.decode()
        assert "CANARI" not in client.get(at("export_journal")).content.decode()

"""Calendars, as a telephone reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.studies.enums import GroupKind, Part
from nuserus.studies.models import CalendarFeed
from tests.factories.people import make_account
from tests.factories.studies import circle_of, lead_of, make_event, make_study, make_study_place, seat_in

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def address_in(page: str) -> str:
    return page.split('<p class="nu-address">')[1].split("</p>", maxsplit=1)[0].removeprefix("http://testserver")


def test_a_date_is_a_file_that_a_calendar_reads(client_as: ClientAs) -> None:
    study = make_study()
    starts = datetime(2026, 12, 3, 8, 30, tzinfo=UTC)
    event = make_event(study, title="Visite, puis ; repas\\", starts_at=starts, where="Salle d’activité")
    content = client_as(lead_of(study)).get(reverse("studies:event_file", args=[event.pk])).content
    read: Any
    (read,) = Calendar.from_ical(content).walk("VEVENT")
    assert str(read["SUMMARY"]) == "Visite, puis ; repas\\"
    assert read["DTSTART"].dt == starts
    assert str(read["LOCATION"]) == "Salle d’activité"
    assert (str(read["UID"]), str(read["STATUS"]), int(read["SEQUENCE"])) == (f"{event.pk}@nuserus", "CONFIRMED", 0)


def test_the_secret_address_follows_its_owner_and_can_be_changed(client_as: ClientAs) -> None:
    study = make_study()
    member = make_account(name="Nadia")
    place = make_study_place(study)
    circle = circle_of(study, GroupKind.WORKING, place)
    seat = seat_in(circle, member, Part.PARTICIPANT)
    make_event(study, title="Pour tout le monde")
    make_event(study, title="Pour le groupe", group=circle)
    make_event(study, title="CANARI-COMITE", group=circle_of(study, GroupKind.COMMITTEE))
    client, visitor = client_as(member), client_as(None)
    first = address_in(client.post(reverse("studies:feed"), {"do": "make"}).content.decode())
    assert address_in(client.get(reverse("studies:feed")).content.decode() + '<p class="nu-address"></p>') == ""
    with acting_as(member.pk):
        assert CalendarFeed.objects.get().secret_hash not in first
    answer = visitor.get(first)
    assert answer.headers["Cache-Control"] == "private, no-store"
    titles = {str(one["SUMMARY"]) for one in Calendar.from_ical(answer.content).walk("VEVENT")}
    assert titles == {"Pour tout le monde", "Pour le groupe"}
    second = address_in(client.post(reverse("studies:feed"), {"do": "make"}).content.decode())
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    client.post(reverse("studies:leave", args=[seat.pk]))
    assert Calendar.from_ical(visitor.get(second).content).walk("VEVENT") == []
    client.post(reverse("studies:feed"), {"do": "remove"})
    assert visitor.get(second).status_code == 404

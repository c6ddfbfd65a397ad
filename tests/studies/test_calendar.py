"""Calendars, as a telephone reads them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from nuserus.foundation.asking import acting_as
from nuserus.notifications.tasks import send_due
from nuserus.people.models import Account
from nuserus.studies.actions.scheduling import cancel_event
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


def test_the_mail_of_a_date_carries_it_for_the_calendar(mailoutbox: list[EmailMultiAlternatives]) -> None:
    study = make_study()
    place = make_study_place(study)
    member = make_account(name="Nadia", email="nadia@exemple.test")
    seat_in(circle_of(study, GroupKind.WORKING, place), member, Part.PARTICIPANT)
    event = make_event(study, title="Première visite", starts_at=datetime(2026, 12, 1, 15, tzinfo=UTC))
    with acting_as(lead_of(study).pk) as asking:
        cancel_event(actor=asking, event=event)
    send_due(timestamp=0)
    told = [mail for mail in mailoutbox if mail.to == ["nadia@exemple.test"]]
    carried = []
    for mail in told:
        for part in mail.message().walk():
            if part.get_content_type() == "text/calendar":
                assert part.get_param("method") == "PUBLISH" and part.get_filename() == "date.ics"
                carried.append(Calendar.from_ical(part.get_payload(decode=True)))
    read = [next(iter(one.walk("VEVENT"))) for one in carried]
    assert {str(one["UID"]) for one in read} == {f"{event.pk}@nuserus"}
    assert {str(one["STATUS"]) for one in read} == {"CANCELLED"}, "as it is when the mail leaves"
    assert all(str(one["METHOD"]) == "PUBLISH" for one in carried)
    said = "\n".join(str(mail.body) for mail in told).replace("\xa0", " ")
    assert "mardi 1er décembre 2026, 16 h" in said
    assert f"/etudes/dates/{event.pk}/" in said


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

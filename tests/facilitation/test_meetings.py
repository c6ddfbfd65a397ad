"""Slots, bookings, requests to be called back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.facilitation.actions.meeting import book_slot, cancel_booking, offer_slot
from nuserus.facilitation.enums import BookingState
from nuserus.facilitation.models import Booking, CallRequest, Slot
from nuserus.foundation.asking import acting_as
from nuserus.foundation.policy import Unreadable
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from tests.factories.facilitation import make_booking, make_call, make_facilitator, make_slot, quarter
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]


def notices(account: Account) -> list[str]:
    with acting_as(account.pk):
        return list(Notice.objects.filter(scope_author=account.pk).values_list("kind", flat=True))


def test_a_slot_is_offered_taken_and_cancelled_with_a_word(client_as: ClientAs) -> None:
    facilitator, teller = make_facilitator(), make_account(name="Nadia")
    writes, tells = client_as(facilitator), client_as(teller)
    day = (timezone.localdate() + timedelta(days=2)).isoformat()
    offered = {"day": day, "hour": "14:15", "how": "Je vous appelle."}
    assert writes.post(reverse("facilitation:slots"), offered).status_code == 302
    twice = writes.post(reverse("facilitation:slots"), offered)
    assert twice.status_code == 422
    assert "Vous offrez déjà ce créneau" in twice.content.decode()
    with acting_as(teller.pk):
        slot = Slot.objects.get()
    assert "Karim" in tells.get(reverse("facilitation:start")).content.decode()
    taken = tells.post(reverse("facilitation:book", args=[slot.pk]), {"how": "au standard"}, follow=True)
    assert "C’est réservé" in taken.content.decode()
    assert notices(facilitator) == ["facilitation.booked"]
    with acting_as(teller.pk):
        booking = Booking.objects.get()
    assert "au standard" in writes.get(reverse("facilitation:booking", args=[booking.pk])).content.decode()
    late = writes.post(reverse("facilitation:remove_slot", args=[slot.pk]), follow=True)
    assert "vient de réserver" in late.content.decode()
    said = {"words": "Une urgence, pardon."}
    cancelled = writes.post(reverse("facilitation:cancel", args=[booking.pk]), said, follow=True)
    assert "est annulé" in cancelled.content.decode()
    page = tells.get(reverse("facilitation:booking", args=[booking.pk])).content.decode()
    assert "Une urgence, pardon." in page
    assert notices(teller) == ["facilitation.cancelled"]


def test_two_people_who_take_a_slot_at_once_get_one_booking() -> None:
    slot = make_slot()
    tellers = [make_account() for _ in range(6)]
    said: list[str] = []
    start = threading.Barrier(len(tellers))

    def take(account: Account) -> None:
        start.wait()
        try:
            with acting_as(account.pk) as asking:
                book_slot(actor=asking, slot=slot)
            said.append("taken")
        except ValidationError as refusal:
            said.append(refusal.messages[0])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take, args=[account]) for account in tellers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said.count("taken") == 1
    assert sum("vient d’être pris" in one for one in said) == 5


def test_the_constraint_refuses_a_double_booking_even_without_the_trigger() -> None:
    slot = make_slot()
    booking = make_booking(make_account(), slot)
    other = make_account()
    with pytest.raises(IntegrityError, match="slot_booked_once"), transaction.atomic(using="owner"):
        with connections["owner"].cursor() as cursor:
            cursor.execute("ALTER TABLE facilitation_booking DISABLE TRIGGER facilitation_booking_made")
        twice = Booking(
            slot=slot, teller=other, facilitator_id=slot.facilitator_id, starts_at=slot.starts_at, scope_author=other.pk
        )
        twice.scope_mission = twice.pk
        twice.save(using="owner", force_insert=True)
    assert booking.pk


def test_a_teller_is_in_one_place_at_a_time_and_a_slot_on_the_quarter() -> None:
    teller, at = make_account(), quarter()
    make_booking(teller, make_slot(starts_at=at))
    with pytest.raises(ValidationError, match="déjà un rendez-vous"):
        make_booking(teller, make_slot(starts_at=at))
    facilitator = make_facilitator()
    with acting_as(facilitator.pk) as asking, pytest.raises(ValidationError, match="au quart"):
        offer_slot(actor=asking, starts_at=at + timedelta(minutes=5), how="ici")
    with acting_as(facilitator.pk), pytest.raises(IntegrityError), transaction.atomic():
        Slot(facilitator=facilitator, starts_at=at + timedelta(minutes=5), how="ici", scope_author=facilitator.pk).save(
            force_insert=True
        )


def test_only_facilitators_offer() -> None:
    teller = make_account()
    with acting_as(teller.pk) as asking:
        with pytest.raises((PermissionDenied, Unreadable)):
            offer_slot(actor=asking, starts_at=quarter(), how="ici")
        with pytest.raises(DatabaseError), transaction.atomic():
            Slot(facilitator=teller, starts_at=quarter(), how="ici", scope_author=teller.pk).save(force_insert=True)


def test_cancelled_by_the_teller_the_slot_is_free_again_once() -> None:
    slot, teller = make_slot(), make_account()
    booking = make_booking(teller, slot)
    with acting_as(teller.pk) as asking:
        cancel_booking(actor=asking, booking=booking)
        with pytest.raises(ValidationError):
            cancel_booking(actor=asking, booking=booking)
    again = make_booking(make_account(), slot)
    assert again.state == BookingState.BOOKED
    assert notices_count(slot.facilitator) == 3


def notices_count(account: Account) -> int:
    return len(notices(account))


def test_nobody_books_for_another_nor_reads_their_meetings(client_as: ClientAs) -> None:
    teller, stranger = make_account(), make_account()
    booking = make_booking(teller)
    client = client_as(stranger)
    assert client.get(reverse("facilitation:booking", args=[booking.pk])).status_code == 404
    assert client.post(reverse("facilitation:cancel", args=[booking.pk])).status_code == 404
    slot = make_slot()
    forged = Booking(
        slot=slot, teller=teller, facilitator=slot.facilitator, starts_at=slot.starts_at, scope_author=teller.pk
    )
    forged.scope_mission = forged.pk
    with acting_as(stranger.pk), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_no_slot_fits_then_a_facilitator_answers_with_one_kept(client_as: ClientAs) -> None:
    teller, facilitator, other = make_account(name="Nadia"), make_facilitator(), make_account()
    tells, writes = client_as(teller), client_as(facilitator)
    asked = {"when": "après 20 heures", "how": "au standard"}
    tells.post(reverse("facilitation:ask_call"), asked)
    again = tells.post(reverse("facilitation:ask_call"), asked, follow=True)
    assert "attend déjà" in again.content.decode()
    assert notices(facilitator) == ["facilitation.asked"]
    assert "après 20 heures" in writes.get(reverse("facilitation:start")).content.decode()
    with acting_as(teller.pk):
        call = teller_call()
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    answered = {"words": "Mardi, je vous appelle.", "day": day, "hour": "20:15", "how": ""}
    address = reverse("facilitation:answer_call", args=[call])
    assert client_as(other).post(address, answered).status_code == 404
    assert writes.post(address, answered).status_code == 302
    page = tells.get(reverse("facilitation:start")).content.decode()
    assert "Mardi, je vous appelle." in page
    assert "gardé pour vous" in page
    assert "gardé pour vous" not in client_as(other).get(reverse("facilitation:start")).content.decode()
    with acting_as(other.pk) as asking:
        assert not Slot.objects.exists()
    with acting_as(teller.pk) as asking:
        book_slot(actor=asking, slot=Slot.objects.get())


def teller_call() -> object:
    return CallRequest.objects.get().pk


def test_a_request_is_taken_back(client_as: ClientAs) -> None:
    teller = make_account()
    call = make_call(teller)
    client_as(teller).post(reverse("facilitation:cancel_call", args=[call.pk]))
    with acting_as(make_facilitator().pk):
        assert not CallRequest.objects.exists()


def test_a_facilitator_asks_for_nobody_else() -> None:
    facilitator, teller = make_facilitator(), make_account()
    forged = CallRequest(teller=teller, when="mardi", how="ici", scope_author=teller.pk)
    with acting_as(facilitator.pk), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_ids_of_facilitators_are_not_told_to_visitors() -> None:
    make_facilitator()
    with acting_as(None), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM facilitation_facilitators()")
        assert cursor.fetchone() == (0,)

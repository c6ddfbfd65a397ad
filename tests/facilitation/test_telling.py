"""One tells, another writes: through the pages, from the code to the published sheet, and back."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connections, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nuserus.consent.models import Consent
from nuserus.facilitation.actions.approving import approve_card
from nuserus.facilitation.actions.telling import join_telling, leave_telling
from nuserus.facilitation.enums import TellingState
from nuserus.facilitation.models import Approval, Telling
from nuserus.facilitation.queries.cards import cards_to_read
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.missions import holders
from nuserus.notifications.models import Notice
from nuserus.people.enums import Role
from nuserus.people.models import Account
from nuserus.practices.actions.review import publish_sheet
from nuserus.practices.actions.send import send_sheet
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import AnswerSave, Contributor, Review, Sheet
from tests.factories.directory import make_institution, make_membership
from tests.factories.facilitation import (
    agree_to_publish,
    approve_all,
    get_telling,
    make_booking,
    make_facilitator,
    make_slot,
    make_telling,
    make_together,
    make_without_account,
    tell_all,
)
from tests.factories.people import make_account
from tests.factories.practices import COMPLETED, answer, get_sheet
from tests.factories.sheets import make_member

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
CODE = re.compile(r"\b(\d{3}) (\d{3})\b")


def get_page(client: Client, name: str, *args: object) -> str:
    return client.get(reverse(name, args=args)).content.decode()


def test_from_the_code_to_the_published_sheet_and_back(client_as: ClientAs) -> None:
    teller, facilitator, reviewer = make_member(make_institution()), make_facilitator(), make_account(Role.REVIEWER)
    tells, writes = client_as(teller), client_as(facilitator)
    shown = tells.post(reverse("facilitation:now"), follow=True)
    found = CODE.search(shown.content.decode())
    assert found is not None
    with acting_as(teller.pk):
        telling = Telling.objects.select_related("sheet").get()
    assert writes.get(reverse("telling:question", args=[telling.sheet_id, "did"])).status_code == 404
    wrong = writes.post(reverse("facilitation:join"), {"code": "000000" if found.group(1) != "000" else "111111"})
    assert wrong.status_code == 422
    assert writes.post(reverse("facilitation:join"), {"code": f"{found.group(1)} {found.group(2)}"}).status_code == 302
    typed = writes.post(
        reverse("telling:question", args=[telling.sheet_id, "intention"]), {"intention": "Elle voulait du calme."}
    )
    assert typed.status_code == 302
    tell_all(telling.sheet, facilitator)
    # the facilitator neither approves nor sends for somebody who has a place
    assert writes.get(reverse("facilitation:read", args=[telling.pk])).status_code == 403
    with acting_as(facilitator.pk) as asking, pytest.raises(PermissionDenied):
        send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)
    with acting_as(teller.pk) as asking, pytest.raises(ValidationError, match="approuver chaque carte"):
        send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)

    for _card in range(10):
        page = get_page(tells, "facilitation:read", telling.pk)
        if "Tout est lu" in page:
            break
        hidden = dict(re.findall(r'name="(question|digest)" value="([^"]+)"', page))
        if hidden["question"] == "intention":
            assert "Elle voulait du calme." in page
            answer(telling.sheet, teller, "intention", {"intention": "Je voulais du calme."})
            stale = tells.post(reverse("facilitation:read", args=[telling.pk]), hidden)
            assert "vient de changer" in stale.content.decode()
            page = stale.content.decode()
            hidden = dict(re.findall(r'name="(question|digest)" value="([^"]+)"', page))
        tells.post(reverse("facilitation:read", args=[telling.pk]), hidden)
    assert "Tout est lu" in page

    with acting_as(teller.pk) as asking, pytest.raises(ValidationError, match="accord pour publier"):
        send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)
    assert "Êtes-vous d’accord" in get_page(tells, "facilitation:agree", telling.pk)
    agreed = tells.post(reverse("facilitation:agree", args=[telling.pk]), {"answer": "yes", "format": "falc"})
    assert agreed.status_code == 302
    for client, wanted in ((writes, "yes"), (tells, "yes")):
        client.post(reverse("facilitation:sign", args=[telling.pk]), {"wanted": wanted})
    for question, fields in COMPLETED.items():
        answer(telling.sheet, teller, question, fields)
    # the simple version is the teller's words too: written after, it is read and approved too
    approve_all(telling)
    with acting_as(teller.pk) as asking:
        review = send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)
    assert review.reviewer_id == reviewer.pk

    # sent: the facilitator reads nothing of it any more, not even what they typed
    assert get_telling(telling).state == TellingState.ENDED
    assert writes.get(reverse("facilitation:telling", args=[telling.pk])).status_code == 404
    with acting_as(facilitator.pk):
        assert not Sheet.objects.exists()
        assert not AnswerSave.objects.exists()
    with acting_as(teller.pk):
        assert AnswerSave.objects.filter(question="intention").count() == 2

    with acting_as(reviewer.pk) as asking:
        publish_sheet(actor=asking, review=Review.objects.get(pk=review.pk))
        credited = set(Contributor.objects.values_list("name", "contribution"))
    assert (facilitator.shown_name, "ecriture") in credited
    assert (teller.shown_name, "ecriture") in credited
    address = reverse("sheets:detail", args=[telling.sheet_id])
    assert client_as(None).get(address).status_code == 200

    # one tap, and the sheet leaves
    with acting_as(teller.pk):
        consent = Consent.objects.get()
    listed = get_page(tells, "consent:list")
    assert "quitte nuserus tout de suite" in listed
    tells.post(reverse("consent:withdraw", args=[consent.pk]))
    assert get_sheet(telling.sheet).status == SheetStatus.WITHDRAWN
    assert client_as(None).get(address).status_code == 410 or "retirée" in client_as(None).get(address).content.decode()


def test_what_changes_after_approval_is_read_again() -> None:
    teller, facilitator = make_member(make_institution()), make_facilitator()
    telling = make_together(teller, facilitator)
    approve_all(telling)
    agree_to_publish(telling)
    answer(telling.sheet, facilitator, "happened", {"happened": "Elle n’a jamais dit cela."})
    with acting_as(teller.pk) as asking, pytest.raises(ValidationError, match="approuver chaque carte"):
        send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)


def test_the_database_lets_no_told_sheet_leave_without_consent() -> None:
    teller = make_member(make_institution())
    telling = make_together(teller)
    with acting_as(teller.pk), pytest.raises(DatabaseError, match="has not agreed"), transaction.atomic():
        Sheet.objects.filter(pk=telling.sheet_id).update(status=SheetStatus.IN_REVIEW, sent_at=timezone.now())


def test_a_facilitator_never_approves_for_somebody_with_an_account() -> None:
    teller, facilitator = make_account(), make_facilitator()
    telling = make_together(teller, facilitator)
    with acting_as(facilitator.pk) as asking:
        card = cards_to_read(telling)[0]
        with pytest.raises(PermissionDenied):
            approve_card(actor=asking, telling=telling, question=card.question, digest=card.digest)
        forged = Approval(
            telling=telling, question="did", digest="0" * 64, scope_author=teller.pk, scope_mission=telling.sheet_id
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            forged.save(force_insert=True)


def test_nobody_admits_themselves() -> None:
    teller, facilitator = make_account(), make_facilitator()
    telling = make_telling(teller)
    with acting_as(facilitator.pk), pytest.raises(DatabaseError), transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT facilitation_admit(%s, %s, %s)", [telling.pk, facilitator.pk, telling.pk])
    with acting_as(teller.pk), pytest.raises(DatabaseError), transaction.atomic():
        Telling.objects.filter(pk=telling.pk).update(facilitator=facilitator, state=TellingState.TOGETHER)
    plain = make_account()
    with acting_as(plain.pk) as asking, pytest.raises(PermissionDenied):
        join_telling(actor=asking, code="123456")


def test_a_code_is_tried_a_dozen_times_at_most() -> None:
    facilitator = make_facilitator()
    with acting_as(facilitator.pk) as asking:
        for _attempt in range(12):
            with pytest.raises(ValidationError, match="affiché"):
                join_telling(actor=asking, code="123456")
        with pytest.raises(ValidationError, match="Trop d’essais"):
            join_telling(actor=asking, code="123456")


@pytest.mark.parametrize("who", ["teller", "facilitator"])
def test_either_ends_it_and_nothing_is_lost(who: str, client_as: ClientAs) -> None:
    teller, facilitator = make_account(name="Nadia"), make_facilitator()
    telling = make_together(teller, facilitator)
    leaver, other = (teller, facilitator) if who == "teller" else (facilitator, teller)
    client_as(leaver).post(reverse("facilitation:leave", args=[telling.pk]))
    with acting_as(other.pk):
        assert Notice.objects.filter(kind="facilitation.ended", scope_author=other.pk).exists()
    with acting_as(facilitator.pk):
        assert not Telling.objects.exists()
        assert not Sheet.objects.exists()
        assert not AnswerSave.objects.exists()
    with acting_as(teller.pk) as asking:
        assert holders(telling.sheet_id) == {teller.pk}
        assert Sheet.objects.get().cards.count() == 2
        with pytest.raises(ValidationError):
            leave_telling(actor=asking, telling=get_telling(telling))


def test_who_wrote_never_reads_it_over() -> None:
    teller = make_member(make_institution())
    facilitator = make_account(Role.FACILITATOR, Role.REVIEWER, name="Karim")
    telling = make_together(teller, facilitator)
    approve_all(telling)
    agree_to_publish(telling)
    with acting_as(teller.pk) as asking:
        review = send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)
    assert review.reviewer_id is None
    with acting_as(facilitator.pk):
        from nuserus.practices.queries.reviews import unowned_reviews

        assert not list(unowned_reviews())


def test_a_booking_opens_the_draft_to_its_facilitator_alone(client_as: ClientAs) -> None:
    teller, facilitator = make_account(), make_facilitator()
    booking = make_booking(teller, make_slot(facilitator))
    assert client_as(facilitator).post(reverse("facilitation:begin", args=[booking.pk])).status_code == 403
    begun = client_as(teller).post(reverse("facilitation:begin", args=[booking.pk]))
    assert begun.status_code == 302
    with acting_as(facilitator.pk):
        telling = Telling.objects.select_related("sheet").get()
        assert telling.state == TellingState.TOGETHER
        assert Sheet.objects.get(pk=telling.sheet_id)
    assert "écrit avec vous" in get_page(client_as(teller), "facilitation:telling", telling.pk)


def test_beginning_twice_from_one_booking_is_beginning_once(client_as: ClientAs) -> None:
    teller, facilitator = make_account(), make_facilitator()
    booking = make_booking(teller, make_slot(facilitator))
    address = reverse("facilitation:begin", args=[booking.pk])

    def post(client: Client) -> str:
        try:
            return client.post(address)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as hands:
        led_to = set(hands.map(post, [client_as(teller) for _ in range(3)]))
    assert len(led_to) == 1
    with acting_as(teller.pk):
        assert Telling.objects.count() == Sheet.objects.count() == 1


def test_without_an_account_aloud_before_a_witness(client_as: ClientAs) -> None:
    place = make_institution()
    facilitator = make_facilitator()
    make_membership(facilitator, place)
    make_account(Role.REVIEWER)
    client = client_as(facilitator)
    begun = client.post(reverse("facilitation:without_account"), {"name": "Lulu", "who": "accompanied"})
    assert begun.status_code == 302
    with acting_as(facilitator.pk):
        telling = Telling.objects.select_related("sheet").get()
    tell_all(telling.sheet, facilitator)
    for _card in range(10):
        page = get_page(client, "facilitation:read", telling.pk)
        hidden = dict(re.findall(r'name="(question|digest)" value="([^"]+)"', page))
        if not hidden:
            break
        refused = client.post(reverse("facilitation:read", args=[telling.pk]), hidden)
        assert "Dites qui était là" in refused.content.decode()
        client.post(reverse("facilitation:read", args=[telling.pk]), hidden | {"witness": "sa sœur"})
    address = reverse("facilitation:agree", args=[telling.pk])
    assert client.post(address, {"answer": "yes", "how": "oral", "witness": ""}).status_code == 422
    assert client.post(address, {"answer": "yes", "how": "oral", "witness": "sa sœur"}).status_code == 302
    sent = client.post(reverse("facilitation:send", args=[telling.pk]), follow=True)
    assert "envoyé" in sent.content.decode()
    sheet = get_sheet(telling.sheet)
    assert sheet.status == SheetStatus.IN_REVIEW
    with as_system("read test data", recorded=False):
        assert Contributor.objects.filter(sheet=sheet, name="Lulu", contribution="temoin").exists()
        consent = Consent.objects.get()
    assert consent.subject == telling.subject
    card = client.post(reverse("consent:make_card", args=[consent.pk]))
    (code,) = re.findall(r"\w{4}-\w{4}-\w{4}", pypdf.PdfReader(io.BytesIO(card.content)).pages[0].extract_text())
    visitor = client_as(None)
    page = visitor.post(reverse("consent:card"), {"code": code}).content.decode()
    assert get_sheet(telling.sheet).title in html.unescape(page)
    visitor.post(reverse("consent:card_withdraw", args=[consent.pk]), {"code": code})
    assert get_sheet(telling.sheet).status == SheetStatus.WITHDRAWN


def test_a_refusal_publishes_nothing() -> None:
    facilitator = make_facilitator()
    telling = make_without_account(facilitator)
    agree_to_publish(telling, agrees=False)
    make_membership(facilitator, make_institution())
    with acting_as(facilitator.pk) as asking, pytest.raises(ValidationError):
        send_sheet(actor=asking, sheet=telling.sheet, licence_accepted=True)
    assert get_sheet(telling.sheet).status == SheetStatus.DRAFT

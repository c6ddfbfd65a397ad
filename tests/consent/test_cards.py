"""« Ma carte »: somebody without an account sees and takes back what they agreed to."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator

import pypdf
import pytest
from django.core.cache import caches
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from nuserus.consent.actions.cards import LETTERS, as_written, digest_of
from nuserus.consent.actions.trying import MOST, MOST_WHEN_MANY
from nuserus.consent.enums import How, State, Step
from nuserus.consent.models import Consent, ConsentCard
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.base import new_id
from nuserus.people.models import Account
from tests.factories.consent import QUOTED, events_of, make_work, say, say_aloud, state_of
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")
ClientAs = Callable[[Account | None], Client]
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


def _agreed(helper: Account) -> Consent:
    work = make_work(helper)
    return say_aloud(helper, Step.GIVEN, about=work, mission=work, subject=new_id())


def _card(client: Client, consent: Consent) -> str:
    """The code printed on the card."""
    answer = client.post(reverse("consent:make_card", args=[consent.pk]))
    assert answer["Content-Type"] == "application/pdf"
    pdf = pypdf.PdfReader(io.BytesIO(answer.content))
    assert len(pdf.pages) == 1
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    found = CODE.search(pdf.pages[0].extract_text())
    assert found
    return found.group()


def test_the_person_reads_and_takes_back_without_an_account(client_as: ClientAs) -> None:
    helper = make_account()
    consent = _agreed(helper)
    detail = reverse("consent:detail", args=[consent.pk])
    assert "Faire la carte" in client_as(helper).get(detail).content.decode()
    code = _card(client_as(helper), consent)
    assert "Refaire la carte" in client_as(helper).get(detail).content.decode()
    visitor = client_as(None)
    page = visitor.post(reverse("consent:card"), {"code": f" {code.lower().replace('-', ' ')} "})
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert "Retirer mon accord" in page.content.decode()
    gone = visitor.post(reverse("consent:card_withdraw", args=[consent.pk]), {"code": code}).content.decode()
    assert "Votre accord est retiré" in gone
    assert state_of(consent) == State.WITHDRAWN
    last = events_of(consent)[-1]
    assert (last.kind, last.how, last.recorded_by) == (Step.WITHDRAWN, How.CARD, None)
    again = visitor.post(reverse("consent:card_withdraw", args=[consent.pk]), {"code": code}).content.decode()
    assert "Rien n’a changé" in again
    assert len(events_of(consent)) == 2


def test_another_card_ends_the_one_before(client_as: ClientAs) -> None:
    helper = make_account()
    consent = _agreed(helper)
    client = client_as(helper)
    first, second = _card(client, consent), _card(client, consent)
    visitor = client_as(None)
    assert visitor.post(reverse("consent:card"), {"code": first}).status_code == 422
    assert visitor.post(reverse("consent:card"), {"code": second}).status_code == 200


def test_the_code_is_nowhere(client_as: ClientAs) -> None:
    helper = make_account()
    consent = _agreed(helper)
    code = _card(client_as(helper), consent)
    plain = code.replace("-", "")
    with as_system("read test data", recorded=False):
        (card,) = ConsentCard.objects.all()
        kept = [getattr(card, field.attname) for field in ConsentCard._meta.concrete_fields]
    assert not [value for value in kept if plain in str(value) or code in str(value)]
    assert card.digest == digest_of(code)


def test_a_card_opens_what_its_maker_answers_for_and_nothing_else(client_as: ClientAs) -> None:
    helper, other = make_account(), make_account()
    consent = _agreed(helper)
    elsewhere = make_work(other)
    theirs = say_aloud(other, Step.GIVEN, about=elsewhere, mission=elsewhere, subject=consent.subject, slug=QUOTED)
    code = _card(client_as(helper), consent)
    visitor = client_as(None)
    page = visitor.post(reverse("consent:card"), {"code": code}).content.decode()
    assert str(consent.pk) in page
    assert str(theirs.pk) not in page
    refused = visitor.post(reverse("consent:card_withdraw", args=[theirs.pk]), {"code": code})
    assert "n’est pas sur votre carte" in refused.content.decode()
    assert state_of(theirs) == State.GIVEN


def test_who_may_make_a_card(client_as: ClientAs) -> None:
    helper, person = make_account(), make_account()
    consent = _agreed(helper)
    assert client_as(person).post(reverse("consent:make_card", args=[consent.pk])).status_code == 404
    assert client_as(None).post(reverse("consent:make_card", args=[consent.pk])).status_code == 302
    work = make_work(person)
    own = say(person, Step.GIVEN, about=work, mission=work)
    answer = client_as(person).post(reverse("consent:make_card", args=[own.pk]), follow=True)
    assert "Cette personne a un compte" in answer.content.decode()
    assert "Faire la carte" not in client_as(person).get(reverse("consent:detail", args=[own.pk])).content.decode()


def test_the_database_shows_cards_to_those_on_the_mission_alone() -> None:
    helper, other = make_account(), make_account()
    consent = _agreed(helper)
    with acting_as(helper.pk) as asking:
        from nuserus.consent.actions.cards import make_card

        make_card(actor=asking, consent=consent)
    with acting_as(other.pk):
        assert not ConsentCard.objects.exists()
        with pytest.raises(DatabaseError), transaction.atomic():
            ConsentCard.objects.create(
                subject=consent.subject,
                digest="0" * 64,
                scope_author=consent.scope_author,
                scope_mission=consent.scope_mission,
            )
    with acting_as(None), connection.cursor() as cursor:
        assert not ConsentCard.objects.exists()
        cursor.execute("SELECT count(*) FROM consent_by_card(%s)", ["0" * 64])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("typed", ["", "1234", "K7QD-9M2X-4TR?!", "é" * 12])
def test_a_code_that_cannot_be_one(client_as: ClientAs, typed: str) -> None:
    answer = client_as(None).post(reverse("consent:card"), {"code": typed})
    assert answer.status_code == 422
    assert "carte" in answer.content.decode()


def test_a_code_that_opens_nothing(client_as: ClientAs) -> None:
    answer = client_as(None).post(reverse("consent:card"), {"code": "0" * 12})
    assert answer.status_code == 422
    assert "n’ouvre rien" in answer.content.decode()


@pytest.fixture
def tries_forgotten() -> Iterator[None]:
    caches["throttle"].clear()
    yield
    caches["throttle"].clear()


@pytest.mark.usefixtures("tries_forgotten")
def test_who_tries_many_codes_waits_and_the_card_opens_elsewhere(
    client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    helper = make_account()
    code = _card(client_as(helper), _agreed(helper))
    address = reverse("consent:card")
    guesser, holder = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    for number in range(MOST):
        assert guesser.post(address, {"code": f"{number:012d}"}).status_code == 422
    waits = guesser.post(address, {"code": code})
    assert waits.status_code == 429
    said = waits.content.decode()
    assert "Attendez jusqu’à" in said and "Votre carte marche toujours" in said
    for other in ("card_withdraw_all",):
        assert guesser.post(reverse(f"consent:{other}"), {"code": code}).status_code == 429
    assert holder.post(address, {"code": code}).status_code == 200
    # nonsense is no guess
    for _typed in range(MOST + 1):
        assert holder.post(address, {"code": "1234"}).status_code == 422
    assert holder.post(address, {"code": code}).status_code == 200
    # many wrong codes from everywhere: fewer from each address, and a right one opens still
    monkeypatch.setattr("nuserus.consent.actions.trying.MOST_OF_ALL", MOST)
    distributed = Client(REMOTE_ADDR="2001:db8::1")
    for number in range(MOST_WHEN_MANY):
        assert distributed.post(address, {"code": f"{number:012d}"}).status_code == 422
    assert Client(REMOTE_ADDR="2001:db8::2").post(address, {"code": code}).status_code == 429
    assert holder.post(address, {"code": code}).status_code == 200
    # no address is written down
    with connections["throttle"].cursor() as cursor:
        cursor.execute("SELECT cache_key FROM foundation_throttle WHERE cache_key LIKE %s", ["%consent-card%"])
        assert not [key for (key,) in cursor.fetchall() if "192.0.2" in key]


@given(st.text(alphabet=LETTERS, min_size=12, max_size=12), st.sampled_from([" ", "-", "", " - "]))
def test_a_code_is_read_however_it_is_typed(code: str, between: str) -> None:
    digest = digest_of(code)
    assert len(digest) == 64
    assert digest_of(between.join(as_written(code).split("-")).lower()) == digest
    assert digest_of(code.replace("0", "o").replace("1", "l")) == digest

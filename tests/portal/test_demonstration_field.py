"""The field work of the demonstration: enough of everything, said to be invented, and nothing left of who withdrew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client
from django.urls import reverse

from nuserus.consent.enums import How, State, Step
from nuserus.consent.models import Consent, ConsentEvent, Withdrawal, WithdrawalTrace
from nuserus.corpus.models import Source, Turn
from nuserus.fieldwork.models import Interview, JournalEntry, Observation, RestitutionMeeting, Saying, Visit
from nuserus.foundation.asking import acting_as, as_system
from nuserus.instruments.models import Instrument, InstrumentVersion, Submission
from nuserus.people.models import Account
from nuserus.portal.demonstration.field_work import load_field_work
from nuserus.portal.demonstration.sources import DEMONSTRATION_CARD, interviews, observations, participants
from nuserus.studies.models import Participant, Study

pytestmark = pytest.mark.usefixtures("demonstration")
ClientAs = Callable[[Account | None], Client]


def _account(name: str) -> Account:
    with as_system("read test data", recorded=False):
        return Account.objects.get(email__startswith=f"{name}@")


def _words_of(pseudonym: str) -> list[str]:
    """Every sentence of the files that this person says."""
    said = [turn["text"] for told in interviews() for turn in told["turns"] if turn["by"] == pseudonym]
    seen = [one for told in observations() for each in told["observations"] for one in each["said"]]
    return said + [one["text"] for one in seen if one["by"] == pseudonym]


def test_there_is_enough_of_everything() -> None:
    with as_system("read test data", recorded=False):
        assert Observation.objects.filter(state="done").count() >= 30
        assert Submission.objects.filter(status="accepted").count() >= 20
        assert Counter(Interview.objects.values_list("kind", flat=True)) == {"individual": 5, "group": 3}
        assert 18 <= Participant.objects.count() <= 30
        assert Counter(Visit.objects.values_list("state", flat=True)) == {"done": 18, "planned": 2}
        assert JournalEntry.objects.count() >= 8 and RestitutionMeeting.objects.count() == 1
        assert Counter(Source.objects.values_list("state", flat=True)) == {"ready": 6, "masking": 1, "raw": 1}
        turns = [list(one.versions.latest("number").turns.all()) for one in Source.objects.all()]
        assert len(turns) == 8 and all(12 <= len(one) <= 30 for one in turns)
        assert all(turn.begins_ms is not None for one in turns for turn in one)
        assert Source.objects.exclude(study__is_fictitious=True).count() == 0
        assert all(
            place.place.institution.is_fictitious for place in Observation.objects.select_related("place__institution")
        )


def test_the_grid_was_tried_then_published_then_amended() -> None:
    with as_system("read test data", recorded=False):
        grid = Instrument.objects.get(study__is_fictitious=True)
        versions = InstrumentVersion.objects.filter(instrument=grid).order_by("number")
        assert [(one.number, bool(one.checked_at), bool(one.published_at)) for one in versions] == [
            (1, True, True),
            (2, True, True),
        ]
        assert grid.remarks.filter(state="taken").count() >= 2
        second = Submission.objects.filter(version__number=2).first()
        assert second is not None and "regle" in second.content["ecarts"]


def test_consents_are_in_every_state_and_said_in_every_way() -> None:
    with as_system("read test data", recorded=False):
        assert set(Consent.objects.filter(object_kind="studies.Participant").values_list("state", flat=True)) == set(
            State.values
        )
        events = ConsentEvent.objects.filter(object_kind="studies.Participant")
        assert set(events.values_list("kind", flat=True)) == set(Step.values)
        assert set(events.exclude(how="").values_list("how", flat=True)) == set(How.values)
        dissent = Participant.objects.get(pseudonym="Buvard")
        states = dict(Consent.objects.filter(subject=dissent.pk).values_list("voice", "state"))
    assert states == {"person": State.REFUSED, "representative": State.GIVEN}
    with connections["system"].cursor() as cursor:
        cursor.execute("SELECT nuserus_consent_holds(%s, 'take_part', %s)", [dissent.pk, dissent.place_id])
        assert cursor.fetchone() == (False,)


def _columns() -> list[tuple[str, str]]:
    return [
        (model._meta.db_table, one.column)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed
        for one in model._meta.concrete_fields
    ]


def _found(words: str) -> list[str]:
    """Where the database still holds these words, in any column, whatever its type."""
    found = []
    with connections["system"].cursor() as cursor:
        for table, column in _columns():
            text = f"encode(\"{column}\"::bytea, 'escape')" if _is_bytes(cursor, table, column) else f'"{column}"::text'
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {text} LIKE %s", [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return found


def _is_bytes(cursor: Any, table: str, column: str) -> bool:
    cursor.execute(
        "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s", [table, column]
    )
    row = cursor.fetchone()
    return bool(row) and row[0] == "bytea"


def test_nothing_is_left_of_who_asked_that_everything_be_erased(client_as: ClientAs) -> None:
    gone = participants()["withdrawn"][0]["pseudonym"]
    words = _words_of(gone)
    assert len(words) >= 5
    with as_system("read test data", recorded=False):
        done = Withdrawal.objects.get()
        assert done.mode == "erase" and done.done_at is not None
        assert WithdrawalTrace.objects.filter(withdrawal=done, fate="removed").exists()
        assert {one: found for one in words if (found := _found(one))} == {}
        masked = Turn.objects.filter(participant=done.subject).select_related("version").last()
        assert masked is not None and set(masked.version.text[masked.start : masked.end]) == {"█"}
    page = client_as(_account("julien.y")).get(reverse("consent:receipt", args=[done.pk]))
    assert page.status_code == 200


def test_what_others_said_is_still_there() -> None:
    with as_system("read test data", recorded=False):
        texts = " ".join(source.versions.latest("number").text for source in Source.objects.all())
        sayings = " ".join(Saying.objects.values_list("text", flat=True))
    assert "On ne va pas vivre dans un escalier" in texts and "Moi, je m’obéis" in sayings


def test_nothing_is_loaded_twice() -> None:
    def counts() -> list[int]:
        models = (Observation, Submission, Participant, Interview, Source, ConsentEvent, Withdrawal)
        with as_system("read test data", recorded=False):
            return [model.objects.count() for model in models]

    before = counts()
    load_field_work()
    assert counts() == before


def test_only_those_named_for_the_places_read_it() -> None:
    with as_system("read test data", recorded=False):
        study = Study.objects.get(is_fictitious=True)
    for name in ("helene.v", "julien.y"):
        with acting_as(_account(name).pk):
            assert not Observation.objects.filter(sayings=None).exists(), name
    for name, reads in (("helene.v", 8), ("julien.y", 8), ("mathilde.e", 6), ("sophie.k", 0), ("solene.m", 0)):
        with acting_as(_account(name).pk):
            assert Source.objects.filter(study=study).count() == reads, name


def test_the_card_of_an_invented_person_opens(client: Client) -> None:
    answer = client.post(reverse("consent:card"), {"code": DEMONSTRATION_CARD}, follow=True)
    assert answer.status_code == 200 and "participer" in answer.content.decode().lower()

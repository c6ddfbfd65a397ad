"""What people said: append-only, by whom, and the state that follows from it."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connections, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.consent.actions.expire import expire_consents, rebuild_consents
from nuserus.consent.actions.record import withdraw_consent
from nuserus.consent.enums import FOLLOWS, How, Purpose, State, Step, Voice
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.queries.consents import consent_holds
from nuserus.consent.queries.states import standing_after
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.base import new_id
from tests.factories.consent import events_of, make_work, say, say_aloud, state_of
from tests.factories.people import make_account

pytestmark = pytest.mark.usefixtures("database")


def test_what_was_said_is_never_changed_nor_removed() -> None:
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work)
    for statement in (
        "UPDATE consent_consentevent SET kind = 'refused'",
        "DELETE FROM consent_consentevent",
        "TRUNCATE consent_consentevent",
    ):
        for alias in ("owner", "system", "default"):
            with (
                pytest.raises(DatabaseError),
                transaction.atomic(using=alias),
                connections[alias].cursor() as cursor,
            ):
                cursor.execute(statement)
    assert [event.kind for event in events_of(consent)] == [Step.GIVEN]


def test_without_its_trigger_the_words_could_be_changed() -> None:
    """A planted hole: the guard is the trigger, not luck."""
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work)
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE consent_consentevent DISABLE TRIGGER consent_event_kept")
        cursor.execute("UPDATE consent_consentevent SET kind = 'refused' WHERE consent = %s", [consent.pk])
        assert cursor.rowcount == 1
        transaction.set_rollback(True, using="owner")


def test_the_program_never_writes_a_state() -> None:
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.REFUSED, about=work, mission=work)
    with acting_as(person.pk), pytest.raises(DatabaseError), transaction.atomic():
        Consent.objects.filter(pk=consent.pk).update(state=State.GIVEN)
    assert state_of(consent) == State.REFUSED


def test_nobody_speaks_for_somebody_who_has_an_account() -> None:
    teller, facilitator = make_account(), make_account()
    work = make_work(teller, facilitator)
    with pytest.raises(PermissionDenied):
        say_aloud(facilitator, Step.GIVEN, about=work, mission=work, subject=teller.pk)
    with acting_as(facilitator.pk):
        assert not consent_holds(work, Purpose.PUBLISH, mission=work)


def test_nobody_answers_about_what_they_are_not_named_on() -> None:
    person, stranger = make_account(), make_account()
    work = make_work(person)
    with pytest.raises(PermissionDenied):
        say(stranger, Step.REFUSED, about=work, mission=work)
    own = make_work(stranger)
    say(person, Step.GIVEN, about=work, mission=work)
    say(stranger, Step.REFUSED, about=work, mission=own)
    assert consent_holds(work, Purpose.PUBLISH, mission=work)


def test_events_are_signed_by_who_writes_them() -> None:
    person, other = make_account(), make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work)
    forged = events_of(consent)[0]
    forged.pk, forged.kind, forged.recorded_by = new_id(), Step.WITHDRAWN, other.pk
    with acting_as(person.pk), pytest.raises(DatabaseError), transaction.atomic():
        forged.save(force_insert=True)


def test_aloud_needs_a_witness() -> None:
    person = make_account()
    work = make_work(person)
    with pytest.raises(ValidationError):
        say(person, Step.GIVEN, about=work, mission=work, subject=new_id(), how=How.ORAL)


def test_a_representative_never_stands_for_the_person() -> None:
    helper, resident = make_account(), new_id()
    work = make_work(helper)
    for_them: dict[str, Any] = {"about": work, "mission": work, "subject": resident}
    say(helper, Step.GIVEN, voice=Voice.REPRESENTATIVE, how=How.PAPER, **for_them)
    assert not consent_holds(work, Purpose.PUBLISH, mission=work)
    say_aloud(helper, Step.GIVEN, **for_them)
    assert consent_holds(work, Purpose.PUBLISH, mission=work)
    with acting_as(helper.pk) as asking:
        own = Consent.objects.get(voice=Voice.PERSON)
        withdraw_consent(actor=asking, consent=own, how=How.ORAL, witness="un éducateur")
    assert not consent_holds(work, Purpose.PUBLISH, mission=work)


def test_term_comes_by_itself() -> None:
    person = make_account()
    work = make_work(person)
    consent = say(person, Step.GIVEN, about=work, mission=work, expires_at=timezone.now() - timedelta(minutes=1))
    assert not consent_holds(work, Purpose.PUBLISH, mission=work)
    assert expire_consents() == 1
    assert expire_consents() == 0
    assert state_of(consent) == State.EXPIRED
    say(person, Step.RENEWED, about=work, mission=work)
    assert consent_holds(work, Purpose.PUBLISH, mission=work)


def test_order_of_steps_is_the_same_in_the_database() -> None:
    person = make_account()
    work = make_work(person)
    for before, allowed in FOLLOWS.items():
        for step in Step:
            if step == Step.EXPIRED:
                continue  # the end of a term is written by the system alone
            thing = new_id()
            for earlier in {
                None: [],
                "given": ["given"],
                "refused": ["refused"],
                "withdrawn": ["given", "withdrawn"],
            }.get(before, ["given"]):
                say(person, Step(earlier), about=thing, mission=work)
            if before == "expired":
                with connections["owner"].cursor() as cursor:
                    cursor.execute("UPDATE consent_consent SET state = 'expired' WHERE object_id = %s", [thing])
            if step.value in allowed:
                assert say(person, step, about=thing, mission=work).state == allowed[step.value]
            else:
                with pytest.raises(ValidationError):
                    say(person, step, about=thing, mission=work)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    said=st.lists(
        st.tuples(
            st.sampled_from([step for step in Step if step != Step.EXPIRED]), st.integers(0, 1), st.integers(0, 1)
        ),
        max_size=14,
    )
)
def test_states_made_again_are_the_states_kept(said: list[tuple[Step, int, int]]) -> None:
    helper = make_account()
    work = make_work(helper)
    things, voices = [new_id(), new_id()], list(Voice)
    subject = new_id()
    for step, thing, voice in said:
        with contextlib.suppress(ValidationError):
            say_aloud(helper, step, about=things[thing], mission=work, subject=subject, voice=voices[voice])
    kept = _states()
    assert rebuild_consents() == len(kept)
    assert _states() == kept
    for consent_id, state, *_rest in kept:
        with as_system("read test data", recorded=False):
            events = ConsentEvent.objects.filter(consent=consent_id).order_by("position")
            standing = standing_after(events)
        assert standing is not None and standing.state == state


def _states() -> list[tuple[Any, ...]]:
    names = [field.attname for field in Consent._meta.concrete_fields]
    names.remove("id")
    names.remove("state")
    with as_system("read test data", recorded=False):
        return sorted(Consent.objects.values_list("id", "state", *names), key=str)

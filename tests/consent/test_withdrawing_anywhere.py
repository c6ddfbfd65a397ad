"""A withdrawal at any point of any story of consents leaves the same truth everywhere; placeholders keep places."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.consent.actions.withdrawing import COLLECTING
from nuserus.consent.enums import Mode, Purpose, State, Step, Voice
from nuserus.consent.models import Consent, ConsentEvent
from nuserus.consent.provenance import placeholder
from nuserus.consent.queries.consents import consent_holds
from nuserus.consent.queries.states import standing_after
from nuserus.foundation.asking import acting_as, as_system
from tests.factories.consent import say_aloud
from tests.factories.studies import make_lead, make_study, make_study_place
from tests.factories.withdrawals import make_person, withdraw

SLUGS = {Purpose.TAKE_PART: "etude-participer", Purpose.QUOTE: "etude-citer"}
said = st.tuples(
    st.sampled_from([Step.GIVEN, Step.REFUSED, Step.RENEWED]),
    st.sampled_from(list(SLUGS)),
    st.sampled_from(list(Voice)),
)


@given(st.text())
def test_placeholders_keep_the_length_and_the_lines(text: str) -> None:
    hidden = placeholder(text)
    assert len(hidden) == len(text)
    assert [len(line) for line in hidden.split("\n")] == [len(line) for line in text.split("\n")]
    assert set(hidden) <= {"█", "\n"}
    assert placeholder(hidden) == hidden


@pytest.mark.usefixtures("database")
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(said, max_size=6), after=st.lists(said, max_size=3), mode=st.sampled_from(list(Mode)))
def test_withdrawing_at_any_point_is_true_everywhere(
    before: list[tuple[Step, Purpose, Voice]], after: list[tuple[Step, Purpose, Voice]], mode: Mode
) -> None:
    lead = make_lead()
    person = make_person(make_study_place(make_study(lead, laid_out=False)), by=lead)

    def tell(story: list[tuple[Step, Purpose, Voice]]) -> None:
        told = {"about": person.pk, "mission": person.place_id, "subject": person.pk, "kind": "studies.Participant"}
        for step, purpose, voice in story:
            try:
                say_aloud(lead, step, slug=SLUGS[purpose], voice=voice, **told)
            except ValidationError:
                continue  # it cannot follow what was said before

    tell(before)
    done = withdraw(lead, person, mode)
    assert done.done_at is not None
    ended = set(SLUGS) if mode != Mode.STOP_COLLECTING else COLLECTING & set(SLUGS)
    with acting_as(lead.pk):
        assert not [purpose for purpose in ended if consent_holds(person.pk, purpose, mission=person.place_id)]
    tell(after)
    with as_system("read test data", recorded=False):
        for consent in Consent.objects.filter(subject=person.pk):
            events = ConsentEvent.objects.filter(consent=consent.pk).order_by("position")
            standing = standing_after(events)
            assert standing is not None
            assert (standing.state, standing.position) == (consent.state, consent.position)
    again = withdraw(lead, person, Mode.ERASE)
    assert again.done_at is not None
    with as_system("read test data", recorded=False):
        assert not Consent.objects.filter(subject=person.pk, state=State.GIVEN).exists()

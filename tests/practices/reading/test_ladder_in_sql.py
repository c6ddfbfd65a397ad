from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nuserus.directory.models import Institution
from nuserus.foundation.asking import as_system
from nuserus.practices.models import Evaluation, Sheet, Trial
from nuserus.practices.queries.ladder import ladder_step, tells_what_happened, with_ladder_step
from tests.factories.directory import make_institution
from tests.factories.people import make_account
from tests.factories.sheets import make_evaluation, make_sheet, make_trial

pytestmark = pytest.mark.usefixtures("database")


def test_ladder_step_is_the_same_in_sql() -> None:
    """Everything a sheet can have been through, asked of both."""
    places = [make_institution() for _ in range(4)]
    authors = [make_account() for _ in range(3)]
    sheet = make_sheet(places[0], indexed=False)

    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(
        happened=st.sampled_from(["", " \t\r\n", "Deux enfants ne pleurent plus.", "\u00a0"]),
        trials=st.sets(st.tuples(st.integers(0, 3), st.integers(0, 2)), max_size=6),
        evaluated=st.booleans(),
    )
    def same(happened: str, trials: set[tuple[int, int]], evaluated: bool) -> None:
        _set(sheet, happened, [(places[place], authors[who]) for place, who in trials], evaluated)
        with as_system("test"):
            found = with_ladder_step(Sheet.objects.filter(pk=sheet.pk)).get()
        expected = ladder_step(
            home=places[0].pk,
            tells=tells_what_happened(happened),
            tried_in=[places[place].pk for place, _ in trials],
            evaluations=int(evaluated),
        )
        assert found.step == expected  # type: ignore[attr-defined]

    same()


def _set(sheet: Sheet, happened: str, trials: list[tuple[Institution, object]], evaluated: bool) -> None:
    with as_system("test"):
        Sheet.objects.filter(pk=sheet.pk).update(happened=happened)
        Trial.objects.all().delete()
        Evaluation.objects.all().delete()
    for place, who in trials:
        make_trial(sheet, place, who)  # type: ignore[arg-type]
    if evaluated:
        make_evaluation(sheet)

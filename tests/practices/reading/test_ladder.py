"""The pure ladder; its SQL twin is in test_ladder_in_sql."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from nuserus.practices.enums import LadderStep
from nuserus.practices.queries.ladder import ladder_step

HOME, A, B, C = (uuid4() for _ in range(4))


@pytest.mark.parametrize(
    ("tells", "tried_in", "evaluations", "expected"),
    [
        (False, [], 0, LadderStep.IDEA),
        (True, [], 0, LadderStep.TRIED_HERE),
        (False, [A], 0, LadderStep.TRIED_HERE),
        (True, [A, A, A], 0, LadderStep.TRIED_HERE),
        (True, [A, B], 0, LadderStep.TRIED_IN_THREE),
        (True, [HOME, A], 0, LadderStep.TRIED_HERE),
        (False, [A, B], 0, LadderStep.TRIED_HERE),
        (False, [A, B, C], 0, LadderStep.TRIED_IN_THREE),
        (False, [], 1, LadderStep.EVALUATED),
    ],
)
def test_ladder_step(tells: bool, tried_in: list[UUID], evaluations: int, expected: LadderStep) -> None:
    assert ladder_step(home=HOME, tells=tells, tried_in=tried_in, evaluations=evaluations) == expected

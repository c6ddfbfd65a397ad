"""How far a practice has been tried: idée, essayé ici, essayé dans 3 lieux, évalué.

The step is never stored on a sheet. It is said twice, in Python for one sheet and in SQL for
lists, and a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from nuserus.practices.enums import LadderStep
from nuserus.practices.models import Evaluation, Sheet, Trial

PLACES_FOR_THREE = 3
_BLANKS = " \t\r\n"


def tells_what_happened(happened: str) -> bool:
    """Whether the place that tells the sheet also says what it gave: then it tried it itself."""
    return bool(happened.strip(_BLANKS))


def ladder_step(*, home: UUID | None, tells: bool, tried_in: Iterable[UUID], evaluations: int) -> LadderStep:
    """The step of one sheet.

    `home` is the institution that tells it, `tried_in` the institutions of its trials (repeated or
    not, failures too), `evaluations` how many evaluations are recorded.
    """
    if evaluations:
        return LadderStep.EVALUATED
    places = set(tried_in)
    if tells and home is not None:
        places.add(home)
    if len(places) >= PLACES_FOR_THREE:
        return LadderStep.TRIED_IN_THREE
    return LadderStep.TRIED_HERE if places else LadderStep.IDEA


def with_ladder_step(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """The same sheets, each with `places` (how many institutions tried it) and `step`."""
    trials = Trial.objects.filter(sheet=OuterRef("pk")).order_by()
    elsewhere = (
        trials.exclude(institution=OuterRef("institution"))
        .values("sheet")
        .annotate(places=Count("institution", distinct=True))
        .values("places")
    )
    told = Func(
        F("happened"), Value(_BLANKS), function="btrim", output_field=TextField()
    )
    return (
        sheets.alias(
            told=told,
            tried_at_home=Exists(trials.filter(institution=OuterRef("institution"))),
            evaluated=Exists(Evaluation.objects.filter(sheet=OuterRef("pk"))),
        )
        .annotate(
            places=Coalesce(Subquery(elsewhere, output_field=IntegerField()), 0)
            + Case(When(~Q(told="") | Q(tried_at_home=True), then=1), default=0)
        )
        .annotate(
            step=Case(
                When(evaluated=True, then=Value(LadderStep.EVALUATED)),
                When(places__gte=PLACES_FOR_THREE, then=Value(LadderStep.TRIED_IN_THREE)),
                When(places__gte=1, then=Value(LadderStep.TRIED_HERE)),
                default=Value(LadderStep.IDEA),
                output_field=CharField(),
            )
        )
    )

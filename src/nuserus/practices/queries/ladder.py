"""How far a practice has been tried: idée, essayé ici, essayé dans 3 lieux, évalué.

The step is never stored on a sheet. It is said twice, in Python for one sheet and in SQL for
lists, and a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, F, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from nuserus.practices.enums import LadderStep
from nuserus.practices.models import Sheet

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


class _Step(Func):
    """The step in SQL, of (id, institution, happened). One expression: the ORM builds lists often."""

    output_field = CharField()
    template = (
        "CASE WHEN EXISTS (SELECT 1 FROM practices_evaluation e WHERE e.sheet_id = {sheet}) THEN '{evaluated}' "
        "ELSE (SELECT CASE WHEN count(*) >= {three} THEN '{in_three}' "
        "WHEN count(*) >= 1 THEN '{here}' ELSE '{idea}' END "
        "FROM (SELECT t.institution_id FROM practices_trial t WHERE t.sheet_id = {sheet} "
        "UNION SELECT {home} WHERE {home} IS NOT NULL AND btrim({happened}, E' \\t\\r\\n') <> '') AS places) END"
    )

    def as_sql(  # type: ignore[override]  # no argument of ours reaches the template
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        sheet, home, happened = (compiler.compile(part)[0] for part in self.get_source_expressions())
        sql = self.template.format(
            sheet=sheet,
            home=home,
            happened=happened,
            three=PLACES_FOR_THREE,
            evaluated=LadderStep.EVALUATED.value,
            in_three=LadderStep.TRIED_IN_THREE.value,
            here=LadderStep.TRIED_HERE.value,
            idea=LadderStep.IDEA.value,
        )
        return sql, []


def with_ladder_step(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """The same sheets, each with its `step`, counted from the trials and evaluations one may read."""
    return sheets.annotate(step=_Step(F("pk"), F("institution"), F("happened")))

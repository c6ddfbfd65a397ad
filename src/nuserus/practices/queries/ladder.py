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


def step_sql(*, sheet: str, home: str, happened: str) -> str:
    """SQL of the step of one sheet, from the SQL of its id, its institution and what happened."""
    places = (
        f"SELECT t.institution_id FROM practices_trial t WHERE t.sheet_id = {sheet} "  # noqa: S608 (names of columns)
        f"UNION SELECT {home} WHERE {home} IS NOT NULL AND btrim({happened}, E' \\t\\r\\n') <> ''"
    )
    # a scalar, not EXISTS: the planner would read every evaluation into a hash for a list of twenty
    evaluated = f"SELECT true FROM practices_evaluation e WHERE e.sheet_id = {sheet} LIMIT 1"  # noqa: S608
    return (
        f"CASE WHEN ({evaluated}) "  # noqa: S608
        f"THEN '{LadderStep.EVALUATED.value}' "
        f"ELSE (SELECT CASE WHEN count(*) >= {PLACES_FOR_THREE} THEN '{LadderStep.TRIED_IN_THREE.value}' "
        f"WHEN count(*) >= 1 THEN '{LadderStep.TRIED_HERE.value}' ELSE '{LadderStep.IDEA.value}' END "
        f"FROM ({places}) AS places) END"
    )


class _Step(Func):
    """The step of (id, institution, happened), as one expression: the ORM builds lists often."""

    output_field = CharField()

    def as_sql(  # type: ignore[override]  # no argument of ours reaches a template
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        sheet, home, happened = (compiler.compile(part)[0] for part in self.get_source_expressions())
        return step_sql(sheet=sheet, home=home, happened=happened), []


def with_ladder_step(sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """The same sheets, each with its `step`, counted from the trials and evaluations one may read."""
    return sheets.annotate(step=_Step(F("pk"), F("institution"), F("happened")))

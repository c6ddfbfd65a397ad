"""Reports of other places, as they are shown: never by the name of the place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from nuserus.directory.models import Institution
from nuserus.foundation.asking import Asking
from nuserus.practices.enums import Outcome
from nuserus.practices.models import Sheet, Trial
from nuserus.practices.queries.facets import worded
from nuserus.practices.queries.labels import Labels
from nuserus.practices.queries.places import said_place

_TAGS = {Outcome.WORKED: "ok", Outcome.PARTLY: "care", Outcome.NOT_HERE: "stop"}


def outcome_counts(trials: Iterable[Trial]) -> dict[str, int]:
    """How many reports of each outcome, by its name; 0 for those that nobody reported."""
    counts = Counter(trial.outcome for trial in trials)
    return {outcome.value: counts[outcome.value] for outcome in Outcome}


@dataclass(frozen=True, slots=True)
class ToldTrial:
    """One report: `kind` and `word` say the outcome, `place` the kind of place and its department."""

    id: UUID
    kind: str
    word: str
    place: str
    publics: str
    comment: str
    at: datetime
    fictitious: bool
    mine: bool


def told_trials(asking: Asking, trials: Iterable[Trial], lists: Labels) -> list[ToldTrial]:
    """Reports of `trials_of`, in the same order, without the names of the places."""
    return [
        ToldTrial(
            id=trial.pk,
            kind=_TAGS[Outcome(trial.outcome)],
            word=str(Outcome(trial.outcome).label),
            place=said_place(trial.institution),
            publics=", ".join(worded(trial.publics, lists.publics)),
            comment=trial.comment,
            at=trial.reported_at,
            fictitious=trial.institution.is_fictitious,
            mine=trial.author_id == asking.user_id,
        )
        for trial in trials
    ]


def own_trials(asking: Asking, sheet: Sheet) -> QuerySet[Trial]:
    """The person's own reports about a sheet, one for each of their places."""
    mine = Trial.objects.filter(sheet=sheet, author=asking.user_id)
    return mine.select_related("sheet", "institution").order_by("-reported_at")


def places_to_report_from(sheet: Sheet, institutions: Collection[UUID]) -> list[Institution]:
    """The person's places, given by their ids, except the one that tells the sheet."""
    elsewhere = set(institutions) - {sheet.institution_id}
    return list(Institution.objects.filter(pk__in=elsewhere).prefetch_related("publics").order_by("name"))

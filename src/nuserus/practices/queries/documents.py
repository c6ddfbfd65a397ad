"""How a sheet is said to the search index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nuserus.practices.enums import LadderStep, SheetStatus
from nuserus.practices.models import Sheet, Trial
from nuserus.practices.queries.facets import facet_values, facet_words, worded
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.ladder import with_ladder_step
from nuserus.search.registry import Document

KIND = "sheet"
# Slugs become words of the text too: who types "éducatrice tablette autisme" names facets.
_SPOKEN = ("famille", "dispositif", "public", "categorie", "theme", "metier", "modalite")
_STEPS = {step.value: rank for rank, step in enumerate(LadderStep)}


def sheets_to_index() -> QuerySet[Sheet]:
    """Every sheet that the asker may see, with what `sheet_document` reads."""
    trials = Trial.objects.filter(sheet=OuterRef("pk")).order_by().values("sheet").annotate(n=Count("pk")).values("n")
    return (
        with_ladder_step(Sheet.objects.select_related("institution__category"))
        .annotate(trial_count=Coalesce(Subquery(trials, output_field=IntegerField()), 0))
        .prefetch_related("cards")
    )


def sheet_document(sheet: Sheet) -> Document | None:
    """A sheet of `sheets_to_index` as the index sees it; None unless it is published."""
    if sheet.status != SheetStatus.PUBLISHED:
        return None
    step: str = sheet.step  # type: ignore[attr-defined]
    facets = facet_values(sheet, labels(), step=step)
    return Document(
        scope=sheet,
        title=sheet.title,
        simple=sheet.simple_version,
        cards="\n".join(card.text for card in sheet.cards.all()),
        rest="\n".join([*_told(sheet), *_facet_words(facets), sheet.own_devices]),
        facets=[f"{name}:{slug}" for name, slugs in facets.items() for slug in slugs],
        published_at=sheet.published_at,
        step=_STEPS[step],
        trials=sheet.trial_count,  # type: ignore[attr-defined]
        stale=sheet.is_stale,
    )


def sheets_at(institutions: Sequence[UUID]) -> Iterator[tuple[str, UUID]]:
    """The published sheets of these institutions, as the index names them: it tells their category and department."""
    rows = Sheet.objects.filter(institution__in=institutions, status=SheetStatus.PUBLISHED).order_by()
    for pk in rows.values_list("pk", flat=True):
        yield KIND, pk


def _told(sheet: Sheet) -> list[str]:
    return [
        sheet.problem,
        sheet.intention,
        sheet.happened,
        sheet.watch_for,
        sheet.limits,
        sheet.means,
        sheet.role_of_person,
        sheet.when_to_stop,
        sheet.elsewhere,
        sheet.why_changed,
    ]


def _facet_words(facets: dict[str, list[str]]) -> list[str]:
    lists = labels()
    return [word for name in _SPOKEN for word in worded(facets[name], facet_words(name, lists))]

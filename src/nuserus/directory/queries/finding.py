"""One search for institutions and places of help, the same for lists and maps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from nuserus.directory.enums import SpotKind
from nuserus.directory.models import Category, Department, Institution, Place, Public, Spot
from nuserus.directory.queries.needs import answers_for_public, needs
from nuserus.directory.queries.squares import Box
from nuserus_analysis.text import fold

# More words than a name and a town can have add nothing but work.
MAX_WORDS = 8
PER_PAGE = 20
_WORD = re.compile(r"[a-z0-9]+")
# small words of French, which nearly every name has
_SMALL = frozenset({"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "par", "pour", "sur"})
_APART = str.maketrans(dict.fromkeys("’'ʼ-–—/.,;:()«»\"", " "))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for. Nothing said: everything that is open."""

    text: str = ""
    kind: str = ""
    department: Department | None = None
    category: Category | None = None
    need: str = ""
    public: Public | None = None
    box: Box | None = None
    with_closed: bool = False


def words_of(text: str) -> list[str]:
    """The words to look for, without capitals nor accents; small words of French only when alone."""
    folded = " ".join(fold(word) for word in text.translate(_APART).split())
    found = _WORD.findall(folded)
    return [word for word in found if word not in _SMALL][:MAX_WORDS] or found[:MAX_WORDS]


def spots_matching(wanted: Wanted) -> QuerySet[Spot]:
    """What is wanted, by name. Each word of the text begins a word of the name, town, kind, operator or services."""
    found = Spot.objects.all() if wanted.with_closed else Spot.objects.filter(is_open=True)
    if wanted.text:
        words = words_of(wanted.text)
        if not words:
            return found.none()
        query = " & ".join(f"{word}:*" for word in words)
        found = found.filter(words=SearchQuery(query, search_type="raw", config="simple"))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.department is not None:
        found = found.filter(department=wanted.department)
    if wanted.category is not None:
        found = found.filter(category=wanted.category)
    if answers := needs().get(wanted.need):
        found = found.filter(_one_of(themes=answers.themes, categories=answers.categories))
    if wanted.public is not None:
        answers = answers_for_public(wanted.public.slug)
        publics = (wanted.public.slug, *answers.publics)
        found = found.filter(_one_of(publics=publics, categories=answers.categories))
    if box := wanted.box:
        found = found.filter(east__range=(box.west, box.east), south__range=(box.north, box.south))
    return found


def _one_of(*, themes: tuple[str, ...] = (), publics: tuple[str, ...] = (), categories: tuple[str, ...] = ()) -> Q:
    any_of = ~Q(pk__in=[])
    met = Q(pk__in=[])
    if themes:
        met |= Q(themes__overlap=list(themes))
    if publics:
        met |= Q(publics__overlap=list(publics))
    if categories:
        ids = list(Category.objects.filter(code__in=categories).values_list("pk", flat=True))
        met |= Q(category__in=ids)
    return any_of & met


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, in the order of names; `before` and `after` are where the others begin."""

    spots: list[Spot]
    count: int
    before: UUID | None
    after: UUID | None


def one_page(wanted: Wanted, *, after: UUID | None = None, before: UUID | None = None, size: int = PER_PAGE) -> Found:
    """The page after a spot, or before one; the first page when that spot is gone. Any page costs the same."""
    matching = spots_matching(wanted)
    at = after or before
    edge = Spot.objects.filter(pk=at).only("folded").first() if at else None
    if edge is None:
        rows = list(matching.order_by("folded", "id")[: size + 1])
        more = len(rows) > size
        rows = rows[:size]
        return Found(rows, matching.count() if more else len(rows), None, rows[-1].pk if more else None)
    count = matching.count()
    if after:
        beyond = matching.filter(folded__gte=edge.folded).filter(Q(folded__gt=edge.folded) | Q(pk__gt=edge.pk))
        rows = list(beyond.order_by("folded", "id")[: size + 1])
        more = len(rows) > size
        rows = rows[:size]
        return Found(rows, count, rows[0].pk if rows else None, rows[-1].pk if more else None)
    ahead = matching.filter(folded__lte=edge.folded).filter(Q(folded__lt=edge.folded) | Q(pk__lt=edge.pk))
    rows = list(ahead.order_by("-folded", "-id")[: size + 1])
    more = len(rows) > size
    rows = rows[:size][::-1]
    if not more:
        return one_page(wanted, size=size)
    return Found(rows, count, rows[0].pk, rows[-1].pk)


def things_of(spots: list[Spot]) -> list[Institution | Place]:
    """The institutions and places that the spots stand for, in their order, ready to be named."""
    by_kind: dict[str, list[UUID]] = {SpotKind.INSTITUTION: [], SpotKind.PLACE: []}
    for spot in spots:
        by_kind[spot.kind].append(spot.pk)
    things: dict[UUID, Institution | Place] = {}
    if ids := by_kind[SpotKind.INSTITUTION]:
        things.update(Institution.objects.select_related("category", "department").in_bulk(ids))
    if ids := by_kind[SpotKind.PLACE]:
        things.update(Place.objects.select_related("department").in_bulk(ids))
    return [things[spot.pk] for spot in spots if spot.pk in things]

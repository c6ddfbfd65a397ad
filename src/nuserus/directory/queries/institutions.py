"""Institutions, as the directory shows them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from nuserus.directory.models import Category, Department, Institution
from nuserus_analysis.text import fold

# More words than a name and a town can have add nothing but work.
MAX_WORDS = 8


def institutions_in_brief() -> QuerySet[Institution]:
    """Institutions with what it takes to name them: kind and department."""
    return Institution.objects.select_related("category", "department")


def institutions_matching(
    text: str = "", *, department: Department | None = None, category: Category | None = None
) -> QuerySet[Institution]:
    """Institutions whose name, town or kind has every word of the text, whatever its accents."""
    found = institutions_in_brief()
    for word in text.split()[:MAX_WORDS]:
        folded = fold(word)
        found = found.filter(
            Q(folded__contains=folded)
            | Q(town_folded__contains=folded)
            | Q(category__short__icontains=word)
            | Q(kind_label__icontains=word)
        )
    if department is not None:
        found = found.filter(department=department)
    if category is not None:
        found = found.filter(category=category)
    return found


def institutions_by_id(ids: set[UUID] | frozenset[UUID]) -> QuerySet[Institution]:
    """The institutions of these ids, with their kind and department."""
    return institutions_in_brief().filter(pk__in=ids)


def institution_for_page() -> QuerySet[Institution]:
    """Institutions with everything that a page about one of them says."""
    return Institution.objects.select_related("category", "department", "operator", "town").prefetch_related(
        "publics", "trades"
    )

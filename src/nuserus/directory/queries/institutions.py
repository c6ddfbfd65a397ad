"""Institutions, as the directory shows them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nuserus.directory.models import Institution


def institutions_in_brief() -> QuerySet[Institution]:
    """Institutions with what it takes to name them: kind and department."""
    return Institution.objects.select_related("category", "department")


def institutions_by_id(ids: set[UUID] | frozenset[UUID]) -> QuerySet[Institution]:
    """The institutions of these ids, with their kind and department."""
    return institutions_in_brief().filter(pk__in=ids)


def institution_for_page() -> QuerySet[Institution]:
    """Institutions with everything that a page about one of them says."""
    return Institution.objects.select_related("category", "department", "operator", "town").prefetch_related(
        "publics", "trades"
    )

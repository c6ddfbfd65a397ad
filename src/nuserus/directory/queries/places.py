"""Where things are, and how it is said."""

from __future__ import annotations

from django.db.models import QuerySet

from nuserus.directory.models import Category, Department, Institution, Town
from nuserus_analysis.text import fold


def place_label(institution: Institution, *, detailed: bool = False) -> str:
    """The place as a reader may be told it: "Vaucluse (84)", or "Avignon (84)" when `detailed`.

    A sheet says the department only, unless its authors chose otherwise: a town and a trade are
    enough to point at someone.
    """
    if detailed:
        return f"{institution.town_name} ({institution.department.code})"
    return str(institution.department)


def locate_town(name: str, department: Department) -> Town | None:
    """The town of that name in the region of the department; None when there is none, or several."""
    found = list(Town.objects.filter(folded=fold(name.strip()), region=department.region)[:2])
    return found[0] if len(found) == 1 else None


def departments_with_institutions() -> QuerySet[Department]:
    """The departments where there is at least one institution."""
    return Department.objects.filter(pk__in=Institution.objects.order_by().values("department"))


def categories_with_institutions() -> QuerySet[Category]:
    """The FINESS categories of which there is at least one institution."""
    used = Institution.objects.order_by().filter(category__isnull=False).values("category")
    return Category.objects.filter(pk__in=used).order_by("short", "label")

"""Where things are, and how it is said."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from nuserus.directory.models import Category, Department, Institution, Place, Service, Spot, Town
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


def all_departments() -> QuerySet[Department]:
    """The departments, by code."""
    return Department.objects.order_by("code")


def categories_with_institutions() -> QuerySet[Category]:
    """The FINESS categories of which there is at least one institution that may be found."""
    used = Spot.objects.filter(category=OuterRef("pk"))
    return Category.objects.filter(Exists(used)).order_by("short", "label")


def place_for_page() -> QuerySet[Place]:
    """Places of help with everything that their page says."""
    offered = Prefetch("services", queryset=Service.objects.filter(closed_on=None), to_attr="offered")
    return Place.objects.select_related("department", "institution").prefetch_related(offered)

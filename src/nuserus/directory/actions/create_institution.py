"""Adding an institution to the directory: importers and the demonstration, as the system."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.text import slugify

from nuserus.directory.models import Institution, Public
from nuserus.directory.queries import locate_town
from nuserus.people.models import Trade


def create_institution(
    *, institution: Institution, publics: Iterable[Public] = (), trades: Iterable[Trade] = ()
) -> Institution:
    """Save a new institution, with an address of its own, located if its town can be without doubt.

    To be called inside `as_system`: the application role may not write the directory. Raises
    IntegrityError when it has neither category nor kind, or when its FINESS number is known.
    """
    institution.slug = institution.slug or _free_slug(f"{institution.name} {institution.town_name}")
    institution.town = institution.town or locate_town(institution.town_name, institution.department)
    institution.save(force_insert=True)
    institution.publics.set(publics)
    institution.trades.set(trades)
    return institution


def _free_slug(text: str) -> str:
    wanted = slugify(text)[:110] or "lieu"
    taken = set(Institution.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, 1_000))
    return next(slug for slug in candidates if slug not in taken)

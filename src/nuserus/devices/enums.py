"""Fixed choices of the catalogue and of the inventories."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level


class AppropriationStage(TextChoices):
    """How far a place has made a device its own, in order."""

    CONSIDERED = "envisage", _("envisagé")
    TRIED = "essai", _("essai")
    SETTLED = "installe", _("usage installé")
    REINVENTED = "reinvente", _("usage réinventé")
    ABANDONED = "abandonne", _("abandonné")


class DeviceStatus(TextChoices):
    """Whether a device is in the catalogue."""

    ACCEPTED = "accepted", _("au catalogue")
    PROPOSED = "proposed", _("proposé")
    REFUSED = "refused", _("refusé")


# An inventory is at the level of the place or more open; never of a group or of named people.
INVENTORY_LEVELS = (Level.PUBLIC, Level.NETWORK, Level.INSTITUTION)

# Stages from the least to the most: of two lines of one place about one device, the figures keep the furthest.
STAGE_ORDER = (
    "",
    AppropriationStage.CONSIDERED,
    AppropriationStage.ABANDONED,
    AppropriationStage.TRIED,
    AppropriationStage.SETTLED,
    AppropriationStage.REINVENTED,
)


class OperatorSize(TextChoices):
    """How many places an operator runs, as far as the directory knows."""

    ALONE = "seul", _("un seul lieu")
    FEW = "petit", _("de 2 à 9 lieux")
    MANY = "moyen", _("de 10 à 49 lieux")
    GREAT = "grand", _("50 lieux et plus")


def size_of(places: int) -> OperatorSize:
    """The size of an operator that runs so many places.

    >>> size_of(1).value, size_of(9).value, size_of(10).value, size_of(50).value
    ('seul', 'petit', 'moyen', 'grand')
    """
    if places <= 1:
        return OperatorSize.ALONE
    if places < 10:
        return OperatorSize.FEW
    return OperatorSize.MANY if places < 50 else OperatorSize.GREAT


# A line that nobody confirmed for this long is to be confirmed; a workbook is kept this long at most.
FRESH_DAYS = 365
UPLOAD_DAYS = 60

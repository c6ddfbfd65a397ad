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

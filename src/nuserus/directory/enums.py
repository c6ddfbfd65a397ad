"""Fixed choices of the directory."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LegalStatus(TextChoices):
    """Who an institution or an operator belongs to."""

    ASSOCIATION = "associatif", _("associatif")
    PUBLIC = "public", _("public")
    PRIVATE = "prive", _("privé")


class MembershipStatus(TextChoices):
    """Where a membership stands."""

    PENDING = "pending", _("demande en attente")
    CONFIRMED = "confirmed", _("membre")
    REFUSED = "refused", _("demande refusée")
    ENDED = "ended", _("terminé")


class Precision(TextChoices):
    """How well a place is located."""

    DOOR = "door", _("à l’adresse")
    STREET = "street", _("dans la rue")
    TOWN = "town", _("dans la commune")


class PlaceSource(TextChoices):
    """Which open register a place of help comes from."""

    DATA_INCLUSION = "data-inclusion", _("data·inclusion")
    DIGITAL_MEDIATION = "mediation-numerique", _("cartographie de la médiation numérique")
    HAND = "hand", _("ajouté à la main")

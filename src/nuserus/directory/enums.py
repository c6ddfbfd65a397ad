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

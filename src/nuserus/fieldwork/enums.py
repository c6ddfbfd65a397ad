"""Words of the field that never change without a migration."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VisitState(TextChoices):
    """Where a visit is."""

    PLANNED = "planned", _("prévue")
    DONE = "done", _("faite")
    CANCELLED = "cancelled", _("annulée")


class ObservationState(TextChoices):
    """Whether an observation is still its author's alone."""

    DRAFT = "draft", _("en cours d’écriture")
    DONE = "done", _("terminée")


class Stance(TextChoices):
    """What the people it speaks of say of a theme."""

    CONFIRMED = "confirmed", _("confirmé")
    NUANCED = "nuanced", _("nuancé")
    CONTESTED = "contested", _("contesté")

"""Fixed choices of resources."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResourceKind(TextChoices):
    """What one finds behind the address."""

    READING = "reading", _("à lire")
    LISTENING = "listening", _("à écouter")
    WATCHING = "watching", _("à regarder")
    COURSE = "course", _("à suivre")
    PLAYING = "playing", _("à jouer en équipe")
    TOOL = "tool", _("à prendre pour travailler")


class ResourceStatus(TextChoices):
    """Where a proposal stands."""

    PROPOSED = "proposed", _("proposée")
    ACCEPTED = "accepted", _("acceptée")
    REFUSED = "refused", _("refusée")

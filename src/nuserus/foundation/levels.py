"""The five levels of information, from the most open to the most closed."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Who may read, by default, something of this level."""

    PUBLIC = "public", _("tout le monde")
    NETWORK = "network", _("les professionnels vérifiés")
    INSTITUTION = "institution", _("l’établissement")
    GROUP = "group", _("le groupe de travail")
    RESTRICTED = "restricted", _("les personnes nommées")

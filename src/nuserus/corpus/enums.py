"""Words of the corpus that never change without a migration."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SourceKind(TextChoices):
    """What a source is."""

    INTERVIEW = "interview", _("entretien")
    GROUP_INTERVIEW = "group", _("entretien de groupe")
    OBSERVATION = "observation", _("observation")
    WRITING = "writing", _("écrit professionnel")
    FILM = "film", _("film")
    OTHER = "other", _("autre matériau")


class SourceState(TextChoices):
    """How far a source is: nobody codes it before it is ready."""

    RAW = "raw", _("brut")
    MASKING = "masking", _("à pseudonymiser")
    READY = "ready", _("prêt à coder")

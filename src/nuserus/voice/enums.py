"""What becomes of a recording."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

# A recording is never kept longer, whatever was done with it; a week before, the person is told.
KEPT_DAYS = 30
WARNED_DAYS_BEFORE = 7
# What one person may have here at a time.
MOST_HELD = 20
HELD_MEGABYTES = 100
# A machine that could not write it three times will not the fourth: a person does.
MOST_ATTEMPTS = 3
LONGEST_TRANSCRIPT = 20_000


class RecordingState(models.TextChoices):
    """The way of a recording, from the deposit to the end."""

    WAITING = "waiting", _("la machine l’écrit")
    TO_WRITE = "to_write", _("à écrire par une personne")
    WRITTEN = "written", _("à relire")
    PLACED = "placed", _("mis dans la réponse")
    GONE = "gone", _("effacé")


class Ending(models.TextChoices):
    """Why the sound of a recording is gone."""

    PLACED = "placed", _("son texte est dans la réponse")
    THROWN = "thrown", _("la personne l’a effacé")
    WITH_ITS_PLACE = "place", _("le brouillon a été jeté")
    TOO_OLD = "too_old", _("gardé trop longtemps")


HELD = (RecordingState.WAITING, RecordingState.TO_WRITE, RecordingState.WRITTEN)

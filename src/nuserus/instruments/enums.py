"""Words of the questionnaires: what they are for, how a fiche stands, what a remark became."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level


class InstrumentKind(TextChoices):
    """What it serves for."""

    GRID = "grid", _("grille d’observation")
    QUESTIONNAIRE = "questionnaire", _("questionnaire")
    GUIDE = "guide", _("guide d’entretien")


class RemarkState(TextChoices):
    """What became of what somebody said of a question."""

    WAITING = "waiting", _("en discussion")
    TAKEN = "taken", _("reprise")
    DECLINED = "declined", _("pas retenue")


class SubmissionStatus(TextChoices):
    """How a fiche that was received stands."""

    ACCEPTED = "accepted", _("reçue")
    QUARANTINED = "quarantined", _("mise de côté")


class QuarantineReason(TextChoices):
    """Why a fiche was put aside; other apps add theirs by a gate, with a word of their own."""

    CONFLICT = "conflict", _("une autre fiche, différente, porte le même numéro")
    INVALID = "invalid", _("elle ne répond pas à la grille comme prévu")
    GATE = "gate", _("une règle du site l’a retenue")


class Origin(TextChoices):
    """Which program sent a fiche."""

    BROWSER = "browser", _("ce site")
    OPENROSA = "openrosa", _("une application de collecte")


# An instrument belongs to an institution or to the group of a study, never to everybody.
INSTRUMENT_LEVELS: Final = (Level.INSTITUTION, Level.GROUP)

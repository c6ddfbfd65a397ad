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


class InterviewKind(TextChoices):
    """With how many people."""

    INDIVIDUAL = "individual", _("une personne")
    GROUP = "group", _("un groupe")


class InterviewMode(TextChoices):
    """Where the people are."""

    IN_PERSON = "in_person", _("en coprésence")
    REMOTE = "remote", _("à distance")


class InterviewState(TextChoices):
    """Where an interview is."""

    PLANNED = "planned", _("prévu")
    HELD = "held", _("fait")
    TRANSCRIBED = "transcribed", _("transcrit")


class RecordingState(TextChoices):
    """Where a recording is."""

    ARRIVING = "arriving", _("en cours d’envoi")
    STORED = "stored", _("reçu en entier")
    ENDED = "ended", _("effacé")


class RecordingOrigin(TextChoices):
    """How it was made."""

    FILE = "file", _("fichier")
    MICROPHONE = "microphone", _("micro du navigateur")


class RecordingEnding(TextChoices):
    """Why a recording is gone."""

    REMOVED = "removed", _("effacé à la main")
    WITHDRAWN = "withdrawn", _("une personne a retiré son accord")
    KEPT = "kept", _("la durée de conservation est finie")
    ABANDONED = "abandoned", _("l’envoi n’a pas été fini")


class Hearing(TextChoices):
    """Where the writing of a recording by the machine is."""

    NONE = "none", _("pas demandée")
    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("terminée")
    FAILED = "failed", _("arrêtée")

"""Words of a practice sheet that never change without a migration."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SheetStatus(TextChoices):
    """Where a sheet is on its way to the others."""

    DRAFT = "draft", _("brouillon")
    IN_REVIEW = "in_review", _("en relecture")
    TO_REWORK = "to_rework", _("à reprendre")
    PUBLISHED = "published", _("publiée")
    WITHDRAWN = "withdrawn", _("retirée")
    # by a moderator: its author reads it and answers, nobody else knows of it
    HIDDEN = "hidden", _("masquée par la modération")


class Contribution(TextChoices):
    """What somebody did for a sheet."""

    WITNESS = "temoin", _("témoin")
    WRITING = "ecriture", _("écriture")
    REVIEW = "relecture", _("relecture")
    LAYOUT = "mise_en_forme", _("mise en forme")
    PHOTO = "photo", _("photo")


class Evidence(TextChoices):
    """What the observed effects rest on."""

    ACCOUNT = "recit", _("récit")
    ACCOUNTS = "plusieurs_recits", _("plusieurs récits")
    OBSERVED = "observe", _("observé")
    MEASURED = "mesure", _("mesuré")


class Outcome(TextChoices):
    """What a trial gave."""

    WORKED = "worked", _("a marché")
    PARTLY = "partly", _("en partie")
    NOT_HERE = "not_here", _("n’a pas marché chez nous")


class LadderStep(TextChoices):
    """How far a practice has been tried; always computed, never typed."""

    IDEA = "idee", _("idée")
    TRIED_HERE = "essaye", _("essayé ici")
    TRIED_IN_THREE = "essaye3", _("essayé dans 3 lieux")
    EVALUATED = "evalue", _("évalué")


class Decision(TextChoices):
    """How a review ends: a peer decides, or the author takes the sheet back."""

    PUBLISH = "publish", _("publier")
    REWORK = "rework", _("à reprendre")
    TAKEN_BACK = "taken_back", _("reprise par son auteur ou son autrice")


class SheetEventKind(TextChoices):
    """Steps of a sheet's history."""

    STARTED = "started", _("commencée")
    SENT = "sent", _("envoyée en relecture")
    ASSIGNED = "assigned", _("confiée à une relectrice ou un relecteur")
    PASSED_ON = "passed_on", _("passée à quelqu’un d’autre")
    RETURNED = "returned", _("à reprendre")
    PUBLISHED = "published", _("publiée")
    CHANGED = "changed", _("modifiée après publication")
    TAKEN_BACK = "taken_back", _("reprise par son auteur ou son autrice")
    COMPLETED = "completed", _("complétée à la relecture")
    CONFIRMED = "confirmed", _("relue après publication")
    WITHDRAWN = "withdrawn", _("retirée par son auteur ou son autrice")
    RENEWED = "renewed", _("dite toujours valable")
    TO_FIX = "to_fix", _("dite à corriger")
    STOPPED = "stopped", _("dite terminée : ne se fait plus")
    CLOSED = "closed", _("une version fermée à la lecture")
    READ_PLAIN = "read_plain", _("version simple relue par des personnes concernées")


class Absence(TextChoices):
    """Why a sheet that was published cannot be read any more."""

    WITHDRAWN = "withdrawn", _("retirée par son auteur ou son autrice")
    REWORKED = "reworked", _("reprise après relecture")

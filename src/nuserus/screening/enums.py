"""What a detail is, how far its writer is with it, why it stays."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DetailKind(TextChoices):
    """The kinds of `nuserus_analysis.screening`, in words."""

    NAME = "name", _("nom ou prénom")
    INITIALS = "initials", _("initiales")
    DATE = "date", _("date précise")
    AGE = "age", _("âge exact")
    ROOM = "room", _("numéro de chambre")
    TELEPHONE = "telephone", _("numéro de téléphone")
    EMAIL = "email", _("adresse électronique")
    NIR = "nir", _("numéro de sécurité sociale")
    ADDRESS = "address", _("adresse postale")


class FlagState(TextChoices):
    """`stale`: the words left the text; a decision to keep them is remembered, in case they come back."""

    OPEN = "open", _("à décider")
    KEPT = "kept", _("gardé")
    REPLACED = "replaced", _("remplacé")
    STALE = "stale", _("plus dans le texte")


class KeepReason(TextChoices):
    """Why a detail stays: what the reviewer reads beside it."""

    PROFESSIONAL = "professional", _("professionnel d’accord")
    AGREED = "agreed", _("la personne est d’accord")
    INVENTED = "invented", _("nom inventé")
    NOT_A_PERSON = "not_a_person", _("ce n’est pas une personne")
    HARMLESS = "harmless", _("ne désigne personne")


class FoundBy(TextChoices):
    """Who found a detail."""

    RULES = "rules", _("règles")
    MODEL = "model", _("modèle de noms")

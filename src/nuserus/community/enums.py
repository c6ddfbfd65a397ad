"""Fixed choices of the exchanges between peers."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level

QUESTION_LEVELS = (Level.NETWORK, Level.PUBLIC)
COLLECTION_LEVELS = (Level.RESTRICTED, Level.INSTITUTION, Level.NETWORK, Level.PUBLIC)


class Content(TextChoices):
    """What may be reported and hidden."""

    SHEET = "sheet", _("une fiche")
    QUESTION = "question", _("une question")
    ANSWER = "answer", _("une réponse")
    COMMENT = "comment", _("un commentaire")
    TRIAL = "trial", _("un essai")


class Reason(TextChoices):
    """Why somebody asks the moderators to look, in words that accuse nobody."""

    PERSON = "person", _("Une personne est reconnaissable")
    DANGER = "danger", _("Cela pourrait faire du mal à quelqu’un")
    HURTFUL = "hurtful", _("Ces mots sont blessants")
    WRONG = "wrong", _("C’est faux, ou la loi dit autre chose")
    ADVERT = "advert", _("C’est de la publicité")
    OTHER = "other", _("Autre chose")


URGENT = frozenset({Reason.PERSON})


class Step(TextChoices):
    """What happened to something that was reported."""

    HIDDEN = "hidden", _("masqué")
    ANSWERED = "answered", _("réponse de l’auteur ou l’autrice")
    KEPT = "kept", _("laissé masqué")
    SHOWN = "shown", _("montré de nouveau")
    LEFT = "left", _("laissé visible")


DECISIONS = frozenset({Step.HIDDEN, Step.KEPT, Step.SHOWN, Step.LEFT})

"""Words of « Je raconte, quelqu’un écrit » that never change without a migration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SLOT = timedelta(minutes=15)
CODE_LASTS = timedelta(minutes=15)
MAX_WORDS = 5
MAX_SLOTS_AHEAD = 60
BOOKINGS_A_DAY = 8
CALLS_A_DAY = 5


class BookingState(TextChoices):
    """What became of a booked slot."""

    BOOKED = "booked", _("réservé")
    CANCELLED = "cancelled", _("annulé")


class CallState(TextChoices):
    """What became of a request to be called back."""

    WAITING = "waiting", _("en attente d’une réponse")
    ANSWERED = "answered", _("répondu")
    CANCELLED = "cancelled", _("annulée")


class TellingState(TextChoices):
    """Whether somebody writes with the teller now."""

    ALONE = "alone", _("personne n’écrit avec vous pour le moment")
    TOGETHER = "together", _("à deux")
    ENDED = "ended", _("terminé")


class Teller(TextChoices):
    """Who tells."""

    PROFESSIONAL = "professional", _("une personne qui travaille ici")
    ACCOMPANIED = "accompanied", _("une personne accompagnée")
    RELATIVE = "relative", _("un proche")


class Speaker(TextChoices):
    """Whose words they are."""

    ACCOMPANIED = "accompanied", _("une personne accompagnée")
    RELATIVE = "relative", _("un proche")


@dataclass(frozen=True, slots=True)
class PlainStep:
    """One short question of the plain-words flow, and the field of the sheet that its answer goes to."""

    slug: str
    question: str
    field: str
    words: str | Promise
    help: str | Promise
    pictogram: str


PLAIN_STEPS: dict[str, PlainStep] = {
    step.slug: step
    for step in (
        PlainStep(
            "avec-quoi",
            "device",
            "own_devices",
            _("Avec quoi ?"),
            _("Par exemple : une tablette, un téléphone, une télévision."),
            "tablet",
        ),
        PlainStep(
            "quoi",
            "did",
            "text_1",
            _("Qu’est-ce que vous faites avec ?"),
            _("Racontez comme à un ami."),
            "etapes",
        ),
        PlainStep(
            "change",
            "happened",
            "happened",
            _("Qu’est-ce que ça change pour vous ?"),
            _("C’est bien ? C’est difficile ? Vous pouvez dire les deux."),
            "idee",
        ),
        PlainStep(
            "attention",
            "watch_for",
            "watch_for",
            _("À quoi faut-il faire attention ?"),
            _("Quelque chose qui gêne, qui fait peur, qui ne marche pas."),
            "attention",
        ),
        PlainStep(
            "mots",
            "",
            "words",
            _("Voulez-vous dire un mot aux autres ?"),
            _("Une phrase à vous. On la montrera seulement si vous dites oui."),
            "citation",
        ),
        PlainStep(
            "nom",
            "",
            "name",
            _("Quel nom voulez-vous montrer ?"),
            _("Inventez un nom. Ne mettez pas votre vrai nom."),
            "mon-espace",
        ),
    )
}

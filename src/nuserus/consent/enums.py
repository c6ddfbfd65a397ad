"""Words of consent that never change without a migration, and which step may follow which."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What is agreed to: one purpose per consent."""

    TAKE_PART = "take_part", _("participer")
    RECORD_AUDIO = "record_audio", _("enregistrer la voix")
    IMAGE = "image", _("montrer une image")
    INTERNAL_USE = "internal_use", _("utiliser à l’intérieur du lieu")
    SHARE = "share", _("partager avec d’autres établissements")
    QUOTE = "quote", _("citer des paroles")
    PUBLISH = "publish", _("publier une pratique")
    REUSE = "reuse", _("réutiliser plus tard")
    RECONTACT = "recontact", _("être recontacté·e")


class NoticeFormat(TextChoices):
    """How a notice is given. The easy-to-read one is called FALC only once people concerned reviewed it."""

    WRITTEN = "written", _("texte")
    FALC = "falc", _("version simple")
    PICTOGRAMS = "pictograms", _("pictogrammes")
    ORAL = "oral", _("à dire à voix haute")


class Step(TextChoices):
    """What happened to a consent."""

    GIVEN = "given", _("accord donné")
    REFUSED = "refused", _("refus")
    WITHDRAWN = "withdrawn", _("accord retiré")
    RENEWED = "renewed", _("accord renouvelé")
    EXPIRED = "expired", _("accord arrivé à son terme")


class State(TextChoices):
    """Where a consent stands: the sum of its steps."""

    GIVEN = "given", _("d’accord")
    REFUSED = "refused", _("pas d’accord")
    WITHDRAWN = "withdrawn", _("retiré")
    EXPIRED = "expired", _("terminé")


class How(TextChoices):
    """How it was said."""

    ON_SCREEN = "on_screen", _("sur l’écran")
    PAPER = "paper", _("sur papier, signé")
    ORAL = "oral", _("à voix haute, devant un témoin")
    CARD = "card", _("par la personne, avec sa carte")


class Voice(TextChoices):
    """Who says it: a representative's consent never stands for what the person says."""

    PERSON = "person", _("la personne")
    REPRESENTATIVE = "representative", _("sa représentante ou son représentant")


class Mode(TextChoices):
    """How far somebody takes back their part."""

    STOP_COLLECTING = "stop_collecting", _("ne plus rien recueillir")
    STOP_USING = "stop_using", _("ne plus rien utiliser")
    ERASE = "erase", _("tout effacer")


class Fate(TextChoices):
    """What became of what was kept of somebody who withdrew."""

    REMOVED = "removed", _("effacé")
    WITHHELD = "withheld", _("mis de côté")
    FLAGGED = "flagged", _("à relire par une personne")
    LEFT = "left", _("déjà sorti")
    PENDING = "pending", _("en cours")


class Outcome(TextChoices):
    """What somebody did with what they were asked to look at."""

    MASKED = "masked", _("ce qui venait de la personne a été enlevé")
    REMOVED = "removed", _("tout a été enlevé")
    NOTHING = "nothing", _("rien ne venait de la personne")


# What each mode does, before it is chosen and on the receipt.
MODE_DOES: dict[str, tuple[Promise, ...]] = {
    Mode.STOP_COLLECTING: (
        _("À partir de maintenant, on ne note plus rien et on n’enregistre plus rien de la personne."),
        _("Ce qu’elle a déjà dit reste. On peut encore s’en servir, comme c’était convenu."),
    ),
    Mode.STOP_USING: (
        _("À partir de maintenant, on ne note plus rien et on n’enregistre plus rien de la personne."),
        _("Ce qu’elle a déjà dit est mis de côté, fermé. On ne s’en sert plus : ni citation, ni calcul, ni copie."),
    ),
    Mode.ERASE: (
        _("À partir de maintenant, on ne note plus rien et on n’enregistre plus rien de la personne."),
        _("Ce qu’elle a déjà dit est effacé : les textes, les enregistrements, les photos."),
        _("On ne peut pas revenir en arrière."),
    ),
}

# The same, said to the person: with their card, and on the paper that they take home.
MODE_DOES_TO_YOU: dict[str, tuple[Promise, ...]] = {
    Mode.STOP_COLLECTING: (
        _("À partir de maintenant, on ne note plus rien et on n’enregistre plus rien de vous."),
        _("Ce que vous avez déjà dit reste. On peut encore s’en servir, comme c’était convenu."),
    ),
    Mode.STOP_USING: (
        _("À partir de maintenant, on ne note plus rien et on n’enregistre plus rien de vous."),
        _("Ce que vous avez déjà dit est mis de côté, fermé. On ne s’en sert plus : ni citation, ni calcul, ni copie."),
    ),
    Mode.ERASE: (
        _("À partir de maintenant, on ne note plus rien et on n’enregistre plus rien de vous."),
        _("Ce que vous avez déjà dit est effacé : les textes, les enregistrements, les photos."),
        _("On ne peut pas revenir en arrière."),
    ),
}
OUTCOME_TO_YOU: dict[str, Promise] = {
    Outcome.MASKED: _("ce qui venait de vous a été enlevé"),
    Outcome.REMOVED: _("tout a été enlevé"),
    Outcome.NOTHING: _("rien ne venait de vous"),
}


# State before (None: nothing said yet) → what may follow, and the state it leads to. The trigger of
# the first migration says the same in SQL; a property test compares the two.
FOLLOWS: dict[str | None, dict[str, str]] = {
    None: {"given": "given", "refused": "refused"},
    "given": {"renewed": "given", "withdrawn": "withdrawn", "expired": "expired"},
    "refused": {"given": "given"},
    "withdrawn": {"given": "given"},
    "expired": {"given": "given", "renewed": "given", "refused": "refused"},
}

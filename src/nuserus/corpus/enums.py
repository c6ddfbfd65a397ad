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


class ExcerptState(TextChoices):
    """Whether a passage is where it is said to be, since the text changed."""

    PLACED = "placed", _("à sa place")
    DOUBTFUL = "doubtful", _("à vérifier")
    LOST = "lost", _("perdu")


# What is heard and written down turn by turn: somebody is bound to each speaker before it is masked.
INTERVIEWS = frozenset({SourceKind.INTERVIEW, SourceKind.GROUP_INTERVIEW})


class Obstacle(TextChoices):
    """What stands between a source and coding; `corpus_obstacle` of the database says which."""

    EMPTY = "empty", _("Il n’y a pas encore de texte.")
    WITHHELD = "withheld", _("Ce matériau est mis de côté : une personne ne veut plus qu’on l’utilise.")
    UNBOUND = "unbound", _("On ne sait pas encore qui parle à chaque tour.")
    CONSENT = (
        "consent",
        _("Une personne qui parle n’a pas donné son accord pour participer, l’a repris, ou il est arrivé à son terme."),
    )
    MASKING = "masking", _("Le texte n’est pas encore pseudonymisé.")


class DetailKind(TextChoices):
    """What a passage that may point at somebody is. The first nine are those of `nuserus_analysis.screening`."""

    NAME = "name", _("nom ou prénom")
    INITIALS = "initials", _("initiales")
    DATE = "date", _("date précise")
    AGE = "age", _("âge exact")
    ROOM = "room", _("numéro de chambre")
    TELEPHONE = "telephone", _("numéro de téléphone")
    EMAIL = "email", _("adresse électronique")
    NIR = "nir", _("numéro de sécurité sociale")
    ADDRESS = "address", _("adresse postale")
    INSTITUTION = "institution", _("nom d’un lieu")
    TOWN = "town", _("ville")
    WORDS = "words", _("autres mots")


# What a pseudonym stands for: it is written in the table of names. The others are gone for good.
NAMED = frozenset({DetailKind.NAME, DetailKind.INITIALS, DetailKind.INSTITUTION, DetailKind.TOWN, DetailKind.WORDS})


class DetailState(TextChoices):
    """What was decided of a detail."""

    OPEN = "open", _("à décider")
    LEFT = "left", _("laissé")
    MASKED = "masked", _("remplacé")


class DetailFoundBy(TextChoices):
    """Who found a detail."""

    RULES = "rules", _("règles")
    MODEL = "model", _("modèle de noms")
    PERSON = "person", _("une personne")

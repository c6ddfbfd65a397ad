"""Words of the rules of use of a place, and the templates they may start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from nuserus.foundation.levels import Level

# Who may read what a place adopted.
CHARTER_LEVELS = (Level.INSTITUTION, Level.NETWORK, Level.PUBLIC)
MOST_RULES = 14
MOST_PEOPLE = 500


class Gathering(TextChoices):
    """How the people of a place were asked."""

    MEETING = "meeting", _("une réunion avec tout le monde")
    COUNCIL = "council", _("le conseil de la vie sociale")
    WORKSHOP = "workshop", _("un atelier, en petit groupe")
    ONE_BY_ONE = "one_by_one", _("chacun à son tour")
    WALL = "wall", _("un tableau ou une boîte à idées")
    OTHER = "other", _("autrement")


class Reading(TextChoices):
    """How people concerned read the simple version over."""

    WORKSHOP = "workshop", _("en atelier, à plusieurs")
    PAIR = "pair", _("en lecture à deux")
    ALONE = "alone", _("chacun de son côté, puis ensemble")
    OTHER = "other", _("autrement")


class ProposalKind(TextChoices):
    """What somebody proposes to do with the rules."""

    ADD = "add", _("ajouter une règle")
    CHANGE = "change", _("changer une règle")
    REMOVE = "remove", _("retirer une règle")


class ProposalState(TextChoices):
    """What became of a proposal."""

    WAITING = "waiting", _("en attente")
    TAKEN = "taken", _("reprise")
    DECLINED = "declined", _("pas retenue")


class Drawing(TextChoices):
    """The pictogram of a rule; names of the sprite."""

    CLOCK = "horloge", _("une horloge")
    PHONE = "phone", _("un téléphone")
    TABLET = "tablet", _("une tablette")
    SCREEN = "materiel", _("des écrans")
    PHOTO = "photo", _("un appareil photo")
    PEOPLE = "public", _("des personnes")
    SPEECH = "speech", _("une parole")
    EYE = "oeil", _("un œil")
    LOCK = "cadenas", _("un cadenas")
    HOUSE = "house", _("une maison")
    MUSIC = "note", _("de la musique")
    HANDS = "handshake", _("des mains qui se serrent")
    THANKS = "merci", _("un merci")
    CARE = "attention", _("attention")
    STOP = "stop", _("un arrêt")
    YES = "ok", _("un oui")


@dataclass(frozen=True, slots=True)
class TemplateRule:
    """One rule that a template proposes."""

    sentence: str
    why: str
    otherwise: str
    pictogram: str


@dataclass(frozen=True, slots=True)
class CharterTemplate:
    """Rules to start from, on one subject; in French, as they become the words of a place."""

    slug: str
    title: str
    about: str
    pictogram: str
    rules: tuple[TemplateRule, ...]
    simple: str
    questions: tuple[str, ...]


@cache
def charter_templates() -> dict[str, CharterTemplate]:
    """The templates by slug, in the order of their list."""
    text = files("nuserus.charters").joinpath("data", "templates.yaml").read_text(encoding="utf-8")
    return {
        entry["slug"]: CharterTemplate(
            slug=entry["slug"],
            title=entry["title"],
            about=entry["about"],
            pictogram=entry["pictogram"],
            rules=tuple(TemplateRule(**rule) for rule in entry["rules"]),
            simple="\n".join(entry["simple"]),
            questions=tuple(entry["questions"]),
        )
        for entry in yaml.safe_load(text)["templates"]
    }

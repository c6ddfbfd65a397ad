"""Bring feminine and plural French words back to one form before they are stemmed.

The Snowball stemmer parts *directeur* from *directrice*, *jeu* from *jeux* and
*autisme* from *autiste*. The rules below work on folded words (no accent), so a
query typed without accents meets a text written with them.
"""

import re
from collections.abc import Callable
from typing import Final

IRREGULAR: Final[dict[str, str]] = {
    "travaux": "travail",
    "vitraux": "vitrail",
    "yeux": "oeil",
    "tuyaux": "tuyau",
    "noyaux": "noyau",
    "boyaux": "boyau",
    "materiaux": "materiau",
    "lieux": "lieu",
    "milieux": "milieu",
    "cheveux": "cheveu",
    "neveux": "neveu",
    "aveux": "aveu",
    "adieux": "adieu",
    "enjeux": "enjeu",
    "voeux": "voeu",
    "autrice": "auteur",
    "autrices": "auteur",
    "vieille": "vieux",
    "vieilles": "vieux",
    "vieil": "vieux",
    "belle": "beau",
    "belles": "beau",
    "bel": "beau",
    "nouvelle": "nouveau",
    "nouvelles": "nouveau",
    "nouvel": "nouveau",
    "folle": "fou",
    "folles": "fou",
    "neuve": "neuf",
    "neuves": "neuf",
    "veuve": "veuf",
    "veuves": "veuf",
    "blanche": "blanc",
    "blanches": "blanc",
    "fraiche": "frais",
    "fraiches": "frais",
    "seche": "sec",
    "seches": "sec",
    "longue": "long",
    "longues": "long",
    "publique": "public",
    "publiques": "public",
    "turque": "turc",
    "grecque": "grec",
    "copine": "copain",
    "copines": "copain",
    "douce": "doux",
    "douces": "doux",
    "grosse": "gros",
    "grosses": "gros",
    "basse": "bas",
    "basses": "bas",
    "grasse": "gras",
    "grasses": "gras",
    "epaisse": "epais",
    "epaisses": "epais",
    "gentille": "gentil",
    "gentilles": "gentil",
    "breve": "bref",
    "breves": "bref",
    "cheffe": "chef",
    "cheffes": "chef",
    "rendez": "rendezvous",  # the two halves of "rendez-vous" when the hyphen is forgotten
}
"""Folded words that no rule reaches → the form that the rules then see."""

_KEEP_RICE = frozenset(["cicatrice", "matrice", "nourrice", "caprice", "dentifrice", "avarice", "rice"])
_KEEP_EURE = frozenset(["heure", "demeure", "leurre"])

Repair = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _unless(kept: frozenset[str], ending: str) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        word = match.group(0).rstrip("s")
        return word if word in kept else f"{match.group(1)}{ending}"

    return replace


# The first rule that matches is applied, then no other. Longer endings come first.
_REPAIRS: Final[tuple[Repair, ...]] = (
    (re.compile(r"^(.{2,})(?:isme|iste|istique)s?$"), r"\1iste"),  # autisme, autistes, autistique
    (re.compile(r"^(.{2,})rices?$"), _unless(_KEEP_RICE, "eur")),  # directrices
    (re.compile(r"^(.{3,})eures?$"), _unless(_KEEP_EURE, "eur")),  # auteures
    (re.compile(r"^(.{2,})(?:eurs?|eux|euses?)$"), r"\1eur"),  # travailleuses, heureuse
    (re.compile(r"^(.+)eaux$"), r"\1eau"),  # tableaux
    (re.compile(r"^(.{2,})aux$"), r"\1al"),  # journaux, sociaux
    (re.compile(r"^(.{1,})(eu|ou|oeu)x$"), r"\1\2"),  # jeux, genoux
    (re.compile(r"^(.{2,})ieres?$"), r"\1ier"),  # infirmières
    (re.compile(r"^(.{4,})eres?$"), r"\1er"),  # conseillère, étrangère
    (re.compile(r"^(.{3,})elles?$"), r"\1el"),  # professionnelles
    (re.compile(r"^(.{3,})(e|o)nnes?$"), r"\1\2n"),  # technicienne, bonne
    (re.compile(r"^(.+)(?:ifs?|ives)$"), r"\1ive"),  # éducatif, vifs
    (re.compile(r"^(.{2,})ifications?$"), r"\1ifier"),  # vérification
    (re.compile(r"^(.{2,})ications?$"), r"\1iquer"),  # communication
    (re.compile(r"^(.*(?:pr|m|ass|qu))ise?s?$"), r"\1is"),  # comprise, mises, assise
    (re.compile(r"^(.{3,})aises?$"), r"\1ai"),  # françaises
    (re.compile(r"^(.{2,}cl)uses?$"), r"\1u"),  # incluse
    (re.compile(r"^(.{2,})([ai])bilites?$"), r"\1\2ble"),  # accessibilité
    (re.compile(r"^(.{2,})ites?$"), r"\1ité"),  # Snowball knows "ité" with its accent only
    (re.compile(r"^(.{3,})ees?$"), r"\1e"),  # spécialisées
    (re.compile(r"^(.{3,})ies?$"), r"\1ie"),
    (re.compile(r"^(.{3,})ues$"), r"\1ue"),
)
_PLURAL = re.compile(r"^(.{2,}[^s])s$")


def repair(word: str) -> str:
    """Return the form under which a folded word is stemmed.

    >>> [repair(word) for word in ("educatrices", "autisme", "tableaux", "infirmieres")]
    ['educateur', 'autiste', 'tableau', 'infirmier']
    """
    word = IRREGULAR.get(word, word)
    for pattern, replacement in _REPAIRS:
        repaired, count = pattern.subn(replacement, word)
        if count:
            return repaired
    return _PLURAL.sub(r"\1", word)


_SPOKEN: Final = (
    (re.compile(r"^(.{2,})iss(?:ons|ent)$"), r"\1ir"),  # choisissons
    (re.compile(r"^(.{2,}g)eons$"), r"\1er"),  # mangeons
    (re.compile(r"^(.{3,}[^i])ons$"), r"\1er"),  # accompagnons
    (re.compile(r"^(.{3,})ent$"), r"\1er"),  # aident
)


def infinitive(word: str) -> str:
    """Return the infinitive of which a folded word may be a plural present, else an empty string.

    Snowball leaves these endings, which nouns have too: "ils aident" but "un moment",
    "nous montrons" but "des boutons". So this is a second reading beside the first.

    >>> [infinitive(word) for word in ("accompagnons", "aident", "tablette")]
    ['accompagner', 'aider', '']
    """
    for pattern, replacement in _SPOKEN:
        spoken, count = pattern.subn(replacement, word)
        if count:
            return spoken
    return ""

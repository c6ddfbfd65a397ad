"""What words say about the word beside them; whether a word is of the language or a name."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import simplemma

from nuserus_analysis.text import STOP_WORDS, fold

_ACCENTS = {"a": "àâ", "e": "éêè", "i": "î", "o": "ô", "c": "ç"}


@cache
def _listed(name: str) -> frozenset[str]:
    text = files("nuserus_analysis.screening").joinpath("data", f"{name}.txt").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_first_name(word: str) -> bool:
    """Whether a word is borne as a first name in France; a composed one is known by its first part.

    >>> is_first_name("Maëlys"), is_first_name("Marie-Lou"), is_first_name("Tablette")
    (True, True, False)
    """
    names = _listed("first_names")
    return fold(word) in names or fold(word.replace("‐", "-").replace("‑", "-").split("-")[0]) in names


def is_thing(word: str) -> bool:
    """Whether a capitalised word names a thing, an illness, a service, somebody known to all."""
    return fold(word) in _listed("things")


@cache
def is_common(word: str) -> bool:
    """Whether the word, in small letters, is of the French language (inflected forms too).

    >>> is_common("Résidents"), is_common("Kerdoncuff")
    (True, False)
    """
    lowered = word.lower()
    if len(lowered) < 2 or fold(word) in STOP_WORDS or simplemma.is_known(lowered, lang="fr"):
        return True
    # capitals are often typed without their accent
    if any(simplemma.is_known(accent + lowered[1:], lang="fr") for accent in _ACCENTS.get(lowered[0], "")):
        return True
    parts = [part for part in lowered.replace("’", "'").replace("'", "-").split("-") if part]
    return len(parts) > 1 and all(len(part) < 3 or simplemma.is_known(part, lang="fr") for part in parts)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES = _words(
    "m mr mme mlle mmes mlles mm madame monsieur mademoiselle mesdames messieurs dr docteur pr professeur me maitre"
)
"""Folded, without a full stop. « me » and « pr » count with a capital only."""

PARTICLES = _words("de du des la le les d l van von der den ter da do dos el al ben bin ait abd ibn")

# « le jeune T. », « la résidente Odette »
PEOPLE = _words(
    "jeune jeunes enfant petit petite resident residente eleve adolescent adolescente garcon fille fils frere "
    "soeur pere mere maman papa mamie papi tante oncle cousin cousine neveu niece mari femme epoux epouse "
    "conjoint compagne educateur educatrice infirmier infirmiere aide-soignant aide-soignante soignant soignante "
    "psychologue animateur animatrice ergotherapeute psychomotricien psychomotricienne orthophoniste "
    "kinesitherapeute kine medecin directeur directrice chef cheffe collegue stagiaire veilleur veilleuse "
    "moniteur monitrice referent referente tuteur tutrice curateur curatrice benevole ami amie copain copine "
    "voisin voisine service-civique apprenti apprentie surveillant surveillante maitresse cuisinier cuisiniere "
    "secretaire assistant assistante auxiliaire dame prenomme prenommee nomme nommee appele appelee surnomme "
    "patient patiente travailleur travailleuse usager"
)

# What stands before the name of a place or a thing.
PLACES_AND_THINGS = _words(
    "ehpad ime impro itep ditep mas fam eam foyer foyers residence lva chrs cada esat ssiad sessad savs samsah "
    "mecs usld pasa gem association fondation federation mutuelle etablissement institut institution centre unite "
    "pole service groupe salle maison villa pavillon atelier ecole college lycee creche hopital clinique chu "
    "mediatheque bibliotheque musee theatre cinema parc jardin plage pont quartier place rue avenue boulevard "
    "route quai chemin allee square ville village commune bourg departement region ile lac foret gare aeroport "
    "stade piscine gymnase robot robots logiciel logiciels application applications appli tablette tablettes "
    "ordinateur console borne borne casque enceinte assistant marque site plateforme outil outils jeu jeux film "
    "serie livre conte chanson album emission journal methode methodes grille echelle test approche type maladie "
    "syndrome trouble troubles syndromes loi programme projet plan dispositif dispositifs systeme reseau version "
    "modele dictaphone lecteur tableau clavier logo pyramide ars mdph caisse conseil mairie prefecture ministere "
    "universite laboratoire fete jour promotion equipe club chorale cabinet societe entreprise magasin bar cafe "
    "restaurant hotel camping ferme chateau eglise chapelle abbaye couvent clos domaine pays chat chien cheval "
    "poney lapin"
)

DETERMINERS = _words(
    "le la les l un une des du au aux ce cet cette ces mon ma mes ton ta tes son sa ses notre nos votre vos leur "
    "leurs chaque quelque quelques plusieurs aucun aucune tout toute tous toutes"
)

# Words after which a person is named rather than a thing.
BEFORE_PEOPLE = _words(
    "avec pour chez par a de d que qu et sans selon comme appelle appelons appelait remercions remercie merci "
    "aide accompagne accompagnons demande voit regarde laisse laisse fait filme rejoint ou ni quand si lorsque "
    "lorsqu puis mais car donc alors depuis pendant parce suis"
)

# What a person named at the head of a sentence does: the verb that follows.
AFTER_PEOPLE = _words(
    "a est n ne s se m avait etait aura sera va veut peut sait dit aime vient fait prend met tient joue chante "
    "rit pleure regarde demande montre pointe refuse accepte prefere attend parle ecoute appelle repete choisit "
    "utilise arrive entre sort passe pose donne reste dort mange boit ecrit lit crie tape touche cherche trouve "
    "connait embrasse apprend commence continue finit retourne rentre reve raconte explique propose utilisait "
    "voulait pouvait disait aimait venait faisait regardait demandait qui"
)


def follows_like_a_verb(word: str) -> bool:
    """Whether a word may be what somebody just named does."""
    return fold(word) in AFTER_PEOPLE

"""Names of the drawings in the sprite that the front-end build makes from ``frontend/pictograms``."""

from typing import Final

#: One drawing for each family of devices.
FAMILIES: Final = frozenset(
    """
        tablette smartphone robotique-mediation communication-alternative atelier reseau-social musique-
        assistee aide-cognitive infrastructure dossier-usager dossier-soins telemedecine equipement-
        pedagogique lien-entourage mediation-numerique pilotage communication domotique securite jeu-video
        realite-virtuelle autre
    """.split()
)

#: Drawings for verbs, states and places.
SIGNS: Final = frozenset(
    """
        chercher partager mon-espace menu fermer materiel annuaire relecture aide langue theme connexion
        deconnexion lien imprimer photo fichier modifier adapter essai suivant precedent plus retirer oeil
        cadenas horloge idee lieu etablissement public etapes citation filtre alerte historique ok attention
        stop info en-partie vide merci parcours externe telecharger
    """.split()
)

NEUTRAL: Final = "autre"


def drawing_for(name: str) -> str:
    """Give the drawing for a name, or the neutral one.

    >>> drawing_for("tablette"), drawing_for("une famille inconnue")
    ('tablette', 'autre')
    """
    return name if name in FAMILIES or name in SIGNS else NEUTRAL

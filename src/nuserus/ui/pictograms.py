"""Names of the drawings in the sprite that the front-end build makes from ``frontend/pictograms``."""

from typing import Final

#: The drawing of each family of devices, by the family's slug.
FAMILIES: Final[dict[str, str]] = {
    "infrastructure": "network",
    "dossier-usager-informatise": "folder",
    "dossier-de-soins-informatise": "folder-heart",
    "telemedecine": "stethoscope",
    "equipement-pedagogique": "board",
    "robotique-de-mediation": "robot",
    "robotique-assistance": "arm",
    "communication-alternative": "speech",
    "outil-de-communication-entourage": "letter",
    "communication": "megaphone",
    "atelier": "table",
    "mediation-numerique": "handshake",
    "tablette": "tablet",
    "smartphone": "phone",
    "reseau-social": "people",
    "musique-assistee": "note",
    "aide-cognitive": "clock",
    "domotique": "house",
    "securite": "shield",
    "jeu-video": "gamepad",
    "realite-virtuelle": "goggles",
    "fabrication-numerique": "cube",
    "pilotage": "compass",
    "autre": "shapes",
}

#: Drawings for verbs, states and places.
SIGNS: Final = frozenset(
    {
        "chercher",
        "partager",
        "mon-espace",
        "menu",
        "fermer",
        "materiel",
        "annuaire",
        "relecture",
        "aide",
        "langue",
        "theme",
        "connexion",
        "deconnexion",
        "lien",
        "imprimer",
        "photo",
        "fichier",
        "modifier",
        "adapter",
        "essai",
        "suivant",
        "precedent",
        "plus",
        "retirer",
        "oeil",
        "cadenas",
        "horloge",
        "idee",
        "lieu",
        "etablissement",
        "public",
        "etapes",
        "citation",
        "filtre",
        "alerte",
        "historique",
        "ok",
        "attention",
        "stop",
        "info",
        "en-partie",
        "vide",
        "merci",
        "parcours",
        "externe",
        "telecharger",
        "micro",
        "personne",
        "pseudonyme",
        "parole",
        "maison",
        "envoyer",
        "livre",
        "corbeille",
        "main",
        "oui",
        "non",
        "retour",
        "rappel",
        "monde",
        "carte",
        "pause",
        "archive",
        "refaire",
        "signature",
    }
)

DRAWINGS: Final = SIGNS | frozenset(FAMILIES.values())
NEUTRAL: Final = "shapes"


def drawing_for(name: str) -> str:
    """Give the drawing for a name (a family's slug, a drawing), or the neutral one.

    >>> drawing_for("tablette"), drawing_for("robot"), drawing_for("une famille inconnue")
    ('tablet', 'robot', 'shapes')
    """
    drawing = FAMILIES.get(name, name)
    return drawing if drawing in DRAWINGS else NEUTRAL

"""The stable addresses that the frame of every page leads to.

``ui`` stands below the apps that answer them, so it can't ask for their URL names; these are promises
to the public (bookmarks, printed posters) and change with a redirect only.
"""

from typing import Final

ADDRESSES: Final = {
    "accueil": "/",
    "chercher": "/pratiques/",
    "partager": "/partager/",
    "mon-espace": "/mon-espace/",
    "materiel": "/materiel/",
    "annuaire": "/annuaire/",
    "carte": "/carte/",
    "grilles": "/grilles/",
    "regles": "/regles/",
    "questions": "/questions/",
    "selections": "/selections/",
    "campagnes": "/campagnes/",
    "se-former": "/se-former/",
    "etudes": "/etudes/",
    "terrain": "/terrain/",
    "relecture": "/relecture/",
    "signalements": "/signalements/",
    "aide": "/aide/",
}

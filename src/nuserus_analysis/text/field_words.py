"""Words that professionals use for one another, as first given to the moderators.

A ring holds wordings that may replace each other. A narrower word is found by the
broader one and not the reverse: who looks for "robot" wants Nao, who looks for Nao
does not want every robot. The moderators of an instance edit their own copy.
"""

from typing import Final

FIELD_RINGS: Final[tuple[tuple[str, ...], ...]] = (
    # Devices
    ("tablette", "tablette tactile", "iPad"),
    ("smartphone", "téléphone", "portable", "téléphone portable", "téléphone mobile"),
    ("ordinateur", "PC", "ordi", "poste informatique"),
    ("vidéoprojecteur", "vidéo projecteur", "projecteur"),
    ("visioconférence", "visio", "appel vidéo", "vidéo conférence"),
    ("photo", "photographie", "image", "cliché"),
    ("vidéo", "film"),
    ("internet", "web"),
    ("Wi-Fi", "wifi", "réseau sans fil"),
    ("courriel", "e-mail", "mail", "mél", "messagerie"),
    ("mot de passe", "code secret", "code d'accès"),
    ("logiciel", "application", "appli"),
    ("numérique", "digital", "informatique"),
    ("jeu vidéo", "console", "jeu sur écran"),
    ("réseaux sociaux", "médias sociaux", "réseau social"),
    ("téléalarme", "téléassistance", "bouton d'appel"),
    ("synthèse vocale", "voix de synthèse", "lecture à voix haute"),
    ("enceinte connectée", "assistant vocal"),
    ("pictogramme", "picto", "symbole"),
    ("minuteur", "timer", "sablier", "horloge visuelle"),
    ("emploi du temps", "planning", "agenda", "programme de la journée"),
    ("cahier de liaison", "cahier de transmission", "carnet de liaison"),
    ("aide-mémoire", "pense-bête", "rappel"),
    ("télémédecine", "téléconsultation", "consultation à distance"),
    ("domotique", "maison connectée", "contrôle de l'environnement"),
    # People
    ("résident", "personne accueillie", "personne accompagnée", "personne hébergée"),
    ("personne âgée", "aîné", "senior", "vieillesse"),
    ("adolescent", "ado", "jeune"),
    ("enfant", "gamin"),
    ("famille", "parent", "proche", "proche aidant"),
    ("personne handicapée", "personne en situation de handicap", "handicap"),
    ("déficience intellectuelle", "handicap mental", "retard mental"),
    ("déficience visuelle", "malvoyant", "aveugle", "handicap visuel"),
    ("déficience auditive", "malentendant", "sourd", "surdité"),
    ("sans-abri", "SDF", "personne à la rue", "sans domicile fixe"),
    ("maladie d'Alzheimer", "Alzheimer", "démence", "troubles cognitifs"),
    ("non verbal", "mutique", "mutisme"),
    ("professionnel", "salarié", "intervenant"),
    ("bénévole", "volontaire"),
    # What is done
    ("apprendre", "apprentissage"),
    ("repas", "manger", "alimentation", "déjeuner"),
    ("toilette", "hygiène", "douche"),
    ("sommeil", "dormir", "coucher", "nuit"),
    ("sortie", "promenade", "balade"),
    ("souvenir", "mémoire", "réminiscence"),
    ("argent", "budget", "porte-monnaie"),
    ("musique", "chanson", "chant"),
    ("lire", "lecture"),
    ("écrire", "écriture", "écrit"),
    ("parler", "parole", "s'exprimer", "expression"),
    ("jouer", "jeu", "ludique"),
    ("cuisine", "recette"),
    ("courses", "achats", "supermarché"),
    ("se repérer", "repère", "orientation"),
    ("angoisse", "anxiété", "stress", "peur"),
    ("violence", "agressivité", "comportement-problème"),
    ("apaiser", "calmer", "détente", "relaxation"),
    ("solitude", "isolement", "lien social"),
    ("droit à l'image", "autorisation de photo"),
    ("vie privée", "intimité", "confidentialité"),
    ("insertion professionnelle", "emploi", "accès à l'emploi"),
    ("démarche en ligne", "démarche administrative", "accès aux droits"),
    ("exclusion numérique", "illectronisme", "fracture numérique"),
    ("médiation numérique", "aide au numérique", "inclusion numérique"),
    ("harcèlement en ligne", "cyberharcèlement"),
    ("transmission", "relève", "passage de consignes"),
    ("médico-social", "médicosocial", "médico social"),
)

FIELD_NARROWER: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("robot", ("Nao", "Paro", "Leka")),
    ("communication alternative et améliorée", ("Makaton", "PECS", "Plaphoons", "pictogramme")),
    ("musique", ("BAO PAO", "chorale")),
    ("matériel", ("tablette", "ordinateur", "téléphone", "appareil")),
    ("écran", ("tablette", "ordinateur", "télévision", "smartphone")),
    ("soignant", ("aide-soignant", "infirmier")),
    ("réseaux sociaux", ("Facebook", "Instagram", "Snapchat", "TikTok", "WhatsApp")),
    ("visioconférence", ("Skype", "Zoom", "FaceTime")),
)
"""Broader wording → wordings that it finds."""

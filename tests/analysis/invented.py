"""Invented corpora: sentences of three ways of speaking about digital devices, drawn by a seed."""

from __future__ import annotations

import random

from nuserus_analysis.corpus import Corpus, Document

# who · does · what · how: three worlds that share their small words
WORLDS = {
    "outil": (
        ("La tablette", "L’application", "L’ordinateur", "Le logiciel", "La borne wifi"),
        ("tombe en panne", "demande un mot de passe", "affiche une erreur", "perd la connexion", "charge lentement"),
        ("dans la salle informatique", "pendant la mise à jour", "sur le réseau", "avec le nouveau câble"),
        ("et le technicien répare l’écran", "et la batterie se vide", "et la prise manque", "et le serveur redémarre"),
    ),
    "lien": (
        ("La famille", "Le résident", "Sa sœur", "Le jeune", "Sa mère"),
        ("appelle en visio", "envoie une photo", "raconte sa journée", "sourit devant l’image", "retrouve un ami"),
        ("le dimanche soir", "dans sa chambre", "au foyer", "loin de la maison"),
        ("et le lien reste vivant", "et la joie se partage", "et la voix rassure", "et la distance pèse moins"),
    ),
    "cadre": (
        ("L’équipe", "La directrice", "Le référent·e", "Le conseil", "La juriste"),
        ("écrit une charte", "discute les règles", "protège les données", "forme les collègues", "évalue le projet"),
        ("en réunion", "avec la loi", "dans le règlement", "à l’IME"),
        ("et la responsabilité est posée", "et le droit est respecté", "et la décision est votée", "et le budget suit"),
    ),
}
PLACES = ("IME", "ESAT", "foyer")


def sentence(world: str, draw: random.Random) -> str:
    return " ".join(draw.choice(part) for part in WORLDS[world]) + "."


def invented_documents(many: int = 30, *, sentences: int = 14, seed: int = 7) -> Corpus:
    """Documents that each speak of one world mostly, with the kind of place and the year as variables."""
    draw = random.Random(seed)
    worlds = list(WORLDS)
    documents = []
    for rank in range(many):
        mine = worlds[rank % len(worlds)]
        said = [sentence(mine if draw.random() < 0.9 else draw.choice(worlds), draw) for _ in range(sentences)]
        variables = {"lieu": PLACES[rank % 3], "annee": str(2024 + rank % 2)}
        documents.append(Document.of_text(str(rank + 1), " ".join(said), variables))
    return Corpus(tuple(documents))

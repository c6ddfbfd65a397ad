"""Two hundred queries as professionals type them: a hundred texts, each without and with facets."""

from __future__ import annotations

_TEXTS = """
tablette
éducatrices spécialisées tablettes autisme
photos du repas
pictogrammes pour choisir
robot calme
musique
jeux vidéo adolescents
visio avec les familles
EHPAD tablette
planning imprimé
aide-soignantes transmissions
chanson au coucher
refus
classeur d’images
ordinateur partagé
enregistrer sa voix
casque de réalité virtuelle
fauteuil commande
sortie en bus
cahier de vie
résidents photographier
ergothérapeute fauteuil
message aux proches
démarches en ligne
courriers administratifs
préparer la réunion
droit à l’image
toilette refusée
angoisse du soir
nuit veilleur alarme
capteurs de chute
pilulier connecté
jardin recettes
atelier cuisine recette vidéo
imprimer les consignes
Snoezelen lumière
téléphone perdu
réseaux sociaux
compte bloqué
clavier adapté
consignes simples ESAT
machine étiquettes palettes
travailleurs apprentissage geste
film du groupe
montage vidéo jeunes
album souvenirs
mémoire des lieux
promenade au parc
piscine horaires
anniversaire à distance
parents séparés message
orthophoniste pictogrammes tablette
minuterie temps qui reste
choix du repas en images
non verbal
communication alternative
PECS
dossier informatisé transmissions équipe
DUI formation
charte des écrans
règle écran chambre
week-end console
manette adaptée
radio podcast
journal de l’établissement
blog résidents
quiz animation
fresque numérique
théâtre image
micro enregistrement paroles
kinésithérapeute vélo
cheval
médecin téléconsultation
psychologue visio
bilan vidéo
évaluer une séance
stagiaire formation
référent numérique
directrice budget tablettes
assurance tablette cassée
housse support ventouse
chargeur
batterie vide
connexion coupée
imprimante
accompagner vers les droits
facture et formulaire
budget du mois
carte bancaire arnaque
trajet vers la gare
GPS trajet autonome
se repérer dans la semaine
calendrier absence
sommeil et fatigue
douleur dire
émotions colère joie
fin de vie histoire
tabelte
educatrise
ordinateurs accessibles malvoyants
"""

TEXTS = [line.strip() for line in _TEXTS.strip().splitlines()]
_STARTS = "ta éd édu pho pic rob mus vis cla ord enr cas fau sor cah rés erg mes dém cou pré toi ang nui cap"
PREFIXES = _STARTS.split(" ")

Query = tuple[str, dict[str, list[str]]]


def queries(world_publics: list[str], categories: list[str]) -> list[Query]:
    """The queries with their facets: none, then one or two groups in turn."""
    chosen: list[dict[str, list[str]]] = [
        {"public": world_publics[:1]},
        {"theme": ["vie-quotidienne"]},
        {"theme": ["vie-quotidienne", "parcours"], "maniere": ["avec"]},
        {"categorie": categories[:1]},
        {"etape": ["essaye"]},
        {"public": world_publics[1:3], "modalite": ["copresence"]},
        {"axe": ["relation-interpersonnelle"]},
    ]
    plain: list[Query] = [(text, {}) for text in TEXTS]
    return plain + [(text, chosen[rank % len(chosen)]) for rank, text in enumerate(TEXTS)]

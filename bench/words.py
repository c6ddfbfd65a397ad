"""Words of the field for generated sheets, the most frequent first: a rank is a Zipf weight.

Nouns are "gender singular [plural]", verbs "infinitive" (regular in -er) or "infinitive nous-form
il-form participle", adjectives "masculine [feminine]". Written for this bench.
"""

from __future__ import annotations

from dataclasses import dataclass

_PEOPLE = """
f personne; m résident; m enfant; m jeune; f famille; f éducatrice; m éducateur; m professionnel; f équipe;
m adolescent; f aide-soignante; m parent; m proche; f infirmière; m adulte; m collègue; f ergothérapeute;
f psychologue; m groupe; f orthophoniste; m bénévole; m stagiaire; m référent; m élève; f animatrice; m médecin;
f psychomotricienne; m habitant; m veilleur; f monitrice; f enseignante; m aidant; m travailleur; f directrice;
f secrétaire; m kinésithérapeute; m tuteur; f maîtresse de_maison; m voisin; m frère; f sœur; m chauffeur
"""
_THINGS = """
f tablette; f photo; m écran; m atelier; f image; m jeu jeux; m pictogramme; f séance; m ordinateur; f salle;
m téléphone; f vidéo; m robot; m message; m classeur; f histoire; m projet; f application; f chambre; m repas;
f réunion; m planning; m geste; f parole; m son; f démarche; f consigne; f sortie; m cahier; m choix choix;
f activité; m casque; f commande; f musique; m dossier; f chanson; m écrit; f règle; m souvenir; f question;
f carte; m lieu lieux; m temps temps; f absence; f semaine; f visite; m courrier; m compte; f note; f table;
m bouton; f caméra; m trajet; f recette; m journal journaux; m clavier; f icône; f voix voix; m film; f étape;
m album; f cuisine; m jardin; f lampe; m capteur; f alarme; m couloir; f porte; m dessin; f lettre; m calendrier;
f minuterie; m fauteuil; f toilette; m coucher; m lever; f nuit; m matin; f douleur; m soin; f fatigue; m sommeil;
f colère; f joie; m refus refus; m accord; m droit; f adresse; f facture; m formulaire; m mot; f phrase; m livre;
f radio; m quiz; f manette; f console; m tableau tableaux; m badge; f clé; m réseau réseaux; f connexion;
m chargeur; f housse; m support; f ventouse; m câble; f batterie; m logiciel; m site; m blog; m groupe de_parole;
f imprimante; m pouce; m regard; m fil; f main; m bras bras; f marche; m vélo; m cheval chevaux; f piscine; f gare;
m bus bus; f course; m budget; m ticket; f pharmacie; m traitement; m pilulier; m rendez-vous rendez-vous;
f consultation; f transmission; f synthèse; m bilan; f évaluation; f grille; m objectif; m contrat; f charte;
f convention; m stage; f formation; m emploi; f entreprise; f machine; m outil; f pièce; m carton; f étiquette;
f palette; m chant; f danse; m théâtre; m spectacle; f fresque; f maquette; m montage; m micro; m podcast; m décor;
f promenade; m parc; m oiseau oiseaux; f fleur; m potager; f saison; m anniversaire; f fête; m cadeau cadeaux
"""
_DOING = """
installer; montrer; photographier; poser; utiliser; préparer; garder; commencer; demander; proposer;
choisir choisissons choisit choisi; regarder; écouter; raconter; lire lisons lit lu; écrire écrivons écrit écrit;
partager; envoyer; ranger; répéter; aider; accompagner; enregistrer; filmer; imprimer; découper; coller; noter;
expliquer; discuter; essayer; adapter; simplifier; régler; charger; brancher; éteindre éteignons éteint éteint;
allumer; appeler; répondre répondons répond répondu; attendre attendons attend attendu; laisser;
prendre prenons prend pris; mettre mettons met mis; faire faisons fait fait; suivre suivons suit suivi;
relire relisons relit relu; jouer; chanter; dessiner; compter; trier; classer; afficher;
traduire traduisons traduit traduit; nommer; désigner; toucher; glisser; appuyer; vérifier; signer;
remplir remplissons remplit rempli; consulter; chercher; trouver; retrouver; comparer; évaluer; observer;
transmettre transmettons transmet transmis; remercier; inviter; présenter; organiser; planifier; réserver; réparer;
nettoyer; désinfecter; protéger; limiter; refuser; accepter; négocier; rappeler; programmer; commander; piloter;
monter; assembler; fabriquer; cuisiner; goûter; marcher; sortir sortons sort sorti
"""
_LIKE = """
spécialisé; simple; collectif collective; petit; calme; autiste; nouveau nouvelle; commun; individuel individuelle;
court; numérique; partagé; visible; utile; tranquille; imprimé; grand; familier familière; quotidien quotidienne;
adapté; connecté; sonore; tactile; volontaire; fatigué; fragile; autonome; âgé; inquiet inquiète; présent;
ancien ancienne; gratuit; rassurant; concret concrète; bruyant; lumineux lumineuse; régulier régulière;
personnel personnelle; médical; social; scolaire; professionnel professionnelle; oral; écrit; mobile; léger légère;
solide; distant; secret secrète; public publique; local; fermé; ouvert; ludique; cognitif cognitive;
moteur motrice; sensoriel sensorielle; visuel visuelle; auditif auditive; verbal; polyhandicapé; dépendant;
malvoyant; sourd; isolé; précaire; hospitalisé
"""
WHEN = """
chaque matin; après le goûter; une fois par semaine; le mardi; pendant vingt minutes; au moment du coucher;
avant la sortie; tous les soirs; depuis la rentrée; pendant un mois; dès le premier jour; au bout de trois séances;
sans se presser; deux par deux; en petit groupe; à la demande de la personne; avec l’accord des parents;
quand la salle est libre; le week-end; à l’heure de la pause; en équipe de nuit; pendant les vacances;
entre deux rendez-vous; à tour de rôle
"""
FIRST_NAMES = """
Camille; Lou; Sacha; Andréa; Maxence; Yaël; Noa; Charlie; Alix; Eden; Morgan; Claude; Dominique; Lény; Swann; Ange;
Sasha; Loïs; Maé; Ariel; Jo; Solal; Thaïs; Ilan; Nour; Zélie; Côme; Anouk; Basile; Maïa
"""


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun in its two numbers."""

    feminine: bool
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb in the four forms that sentences use."""

    infinitive: str
    we: str
    it: str
    done: str


@dataclass(frozen=True, slots=True)
class Adjective:
    """An adjective in its four forms."""

    masculine: str
    feminine: str
    masculines: str
    feminines: str

    def beside(self, noun: Noun, *, many: bool) -> str:
        """The form that agrees with a noun."""
        if many:
            return self.feminines if noun.feminine else self.masculines
        return self.feminine if noun.feminine else self.masculine


def _entries(text: str) -> list[list[str]]:
    return [[word.replace("_", " ") for word in entry.split()] for entry in text.split(";")]


def _noun(forms: list[str]) -> Noun:
    gender, one, *rest = forms
    if rest and rest[0].startswith("de "):  # « groupe de parole »: only its head changes
        return Noun(gender == "f", f"{one} {rest[0]}", f"{one}s {rest[0]}")
    return Noun(gender == "f", one, rest[0] if rest else f"{one}s")


def _verb(forms: list[str]) -> Verb:
    if len(forms) == 4:
        return Verb(*forms)
    (infinitive,) = forms
    stem = infinitive.removesuffix("er")
    we = f"{stem}eons" if stem.endswith("g") else f"{stem[:-1]}çons" if stem.endswith("c") else f"{stem}ons"
    it = {"appel": "appelle", "rappel": "rappelle", "envoy": "envoie", "nettoy": "nettoie", "essay": "essaie"}
    it |= {"régl": "règle", "répét": "répète", "protég": "protège"}
    return Verb(infinitive, we, it.get(stem, f"{stem}e"), f"{stem}é")


def _adjective(forms: list[str]) -> Adjective:
    masculine = forms[0]
    feminine = forms[1] if len(forms) > 1 else masculine if masculine.endswith("e") else f"{masculine}e"
    if masculine.endswith("al"):
        many = f"{masculine[:-1]}ux"
    else:
        many = f"{masculine}x" if masculine.endswith("eau") else f"{masculine}s"
    return Adjective(masculine, feminine, many, f"{feminine}s")


PEOPLE = [_noun(forms) for forms in _entries(_PEOPLE)]
THINGS = [_noun(forms) for forms in _entries(_THINGS)]
DOING = [_verb(forms) for forms in _entries(_DOING)]
LIKE = [_adjective(forms) for forms in _entries(_LIKE)]
MOMENTS = [" ".join(words) for words in _entries(WHEN)]
NAMES = [" ".join(words) for words in _entries(FIRST_NAMES)]

"""Fixed choices of the directory."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# LVA, CAFS, CPFSE: people may live there with the family that welcomes them
PRIVATE_HOMES = frozenset({"462", "238", "236"})

# How many requests of one person may wait at once and be made in a day, and how many places one person may be in or
# ask for in all. A trigger of the database holds the same numbers.
MAX_PENDING = 5
MAX_A_DAY = 10
MAX_OPEN = 20

# A code that is sent to the place's own address: how long it holds, how often it may be tried, how many are sent
# for one request and to one place in a day.
CODE_DAYS = 7
CODE_TRIES = 5
CODES_A_REQUEST = 3
CODES_A_DAY = 3


class LegalStatus(TextChoices):
    """Who an institution or an operator belongs to."""

    ASSOCIATION = "associatif", _("associatif")
    PUBLIC = "public", _("public")
    PRIVATE = "prive", _("privé")


class MembershipStatus(TextChoices):
    """Where a membership stands."""

    PENDING = "pending", _("demande en attente")
    CONFIRMED = "confirmed", _("membre")
    REFUSED = "refused", _("demande refusée")
    ENDED = "ended", _("terminé")


class CheckedBy(TextChoices):
    """Who made sure that a person may speak for an institution, as its referent."""

    REFERENT = "referent", _("une personne référente du lieu")
    MODERATOR = "moderator", _("la modération")
    CODE = "code", _("un code envoyé à l’adresse du lieu")


class OwnDetail(TextChoices):
    """What an institution says of itself, in place of what the register says."""

    NAME = "name", _("nom")
    PHONE = "phone", _("téléphone")
    WEBSITE = "website", _("site")
    OPENING = "opening", _("horaires")


class Precision(TextChoices):
    """How well a place is located."""

    DOOR = "door", _("à l’adresse")
    STREET = "street", _("dans la rue")
    TOWN = "town", _("dans la commune")


class PlaceSource(TextChoices):
    """Which open register a place of help comes from."""

    DATA_INCLUSION = "data-inclusion", _("data·inclusion")
    DIGITAL_MEDIATION = "mediation-numerique", _("cartographie de la médiation numérique")
    HAND = "hand", _("ajouté à la main")


class ImportSource(TextChoices):
    """Which file of which register is read."""

    FINESS_CLASSIC = "finess-classic", _("FINESS, fichier classique (CSV)")
    FINESS_JSON = "finess-json", _("FINESS, nouveau fichier (JSON)")
    DATA_INCLUSION = "data-inclusion", _("data·inclusion, structures et services")
    DIGITAL_MEDIATION = "mediation-numerique", _("lieux de médiation numérique")


class ImportState(TextChoices):
    """Where an import stands. One that is under way and that nobody carries on was interrupted."""

    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    TRIED = "tried", _("essai terminé, rien n’a changé")
    APPLIED = "applied", _("appliqué")
    REFUSED = "refused", _("refusé, rien n’a changé")
    INTERRUPTED = "interrupted", _("interrompu, rien n’a changé")
    UNDOING = "undoing", _("retour en arrière en cours")
    UNDONE = "undone", _("défait")


class OnProblem(TextChoices):
    """What to do of a file of which some lines can't be read."""

    KEEP_VALID = "valid", _("garder les lignes valides")
    KEEP_NOTHING = "nothing", _("ne rien garder")


class ChangedKind(TextChoices):
    """What an import changes."""

    INSTITUTION = "institution", _("établissement")
    PLACE = "place", _("lieu")
    SERVICE = "service", _("service")
    OPERATOR = "operator", _("organisme gestionnaire")
    CATEGORY = "category", _("catégorie")


class ChangeVerb(TextChoices):
    """What an import did to it."""

    CREATED = "created", _("ajouté")
    UPDATED = "updated", _("mis à jour")
    CLOSED = "closed", _("fermé")
    REOPENED = "reopened", _("rouvert")


class DuplicateKind(TextChoices):
    """What may be the same twice; the order is that of the two ids."""

    INSTITUTIONS = "institutions", _("deux établissements")
    PLACE_OF_INSTITUTION = "institution-place", _("un établissement et un lieu")


class DuplicateReason(TextChoices):
    """Why two objects may be one."""

    SIRET = "siret", _("même numéro SIRET")
    SAME_NAME = "same-name", _("même nom, même commune")
    NEAR_NAME = "near-name", _("nom proche, même commune")


class DuplicateStatus(TextChoices):
    """What was decided of them."""

    WAITING = "waiting", _("à décider")
    ACCEPTED = "accepted", _("c’est le même")
    REFUSED = "refused", _("ce sont deux lieux")


class SpotKind(TextChoices):
    """What somebody who looks for a place finds."""

    INSTITUTION = "institution", _("établissement ou service")
    PLACE = "place", _("lieu où se faire aider")


class Need(TextChoices):
    """What people look for, in everyday words; `data/finding.yaml` says what answers it."""

    NUMERIQUE = "numerique", _("Me servir d’un ordinateur, d’un téléphone ou d’internet")
    DEMARCHES = "demarches", _("Faire une démarche, comprendre un courrier")
    DROITS = "droits", _("Connaître et faire valoir mes droits")
    HANDICAP = "handicap", _("Préparer un dossier MDPH")
    LOGEMENT = "logement", _("Trouver ou garder un logement")
    ABRI = "abri", _("Être hébergé sans attendre")
    MANGER = "manger", _("Manger, m’habiller, m’équiper")
    ARGENT = "argent", _("Tenir mon budget, sortir des dettes")
    SOINS = "soins", _("Me soigner")
    MORAL = "moral", _("Parler de ce qui ne va pas")
    ADDICTIONS = "addictions", _("Faire le point sur une addiction")
    PROCHES = "proches", _("Souffler quand j’aide un proche")
    ENFANTS = "enfants", _("Être parent, faire garder un enfant")
    VIOLENCES = "violences", _("Sortir d’un conflit ou d’une violence")
    LIRE = "lire", _("Lire, écrire, parler français")
    BOUGER = "bouger", _("Me déplacer")
    TRAVAIL = "travail", _("Chercher du travail, me former")
    LIENS = "liens", _("Voir du monde, reprendre confiance")

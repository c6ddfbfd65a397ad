"""Acronyms of the field, kept as they are written, and what they stand for.

Long forms follow the names of the code de l'action sociale et des familles and of
FINESS, with the wordings that teams use beside them.
"""

from typing import Final

ACRONYM_RINGS: Final[tuple[tuple[str, ...], ...]] = (
    # Institutions and services
    ("ESSMS", "établissement et service social et médico-social", "établissement médico-social"),
    ("IME", "institut médico-éducatif", "centre médico-éducatif"),
    ("IMPro", "institut médico-professionnel"),
    ("ITEP", "DITEP", "institut thérapeutique éducatif et pédagogique"),
    ("IEM", "institut d'éducation motrice"),
    ("SESSAD", "service d'éducation spéciale et de soins à domicile"),
    ("MAS", "maison d'accueil spécialisée"),
    ("FAM", "EAM", "foyer d'accueil médicalisé", "établissement d'accueil médicalisé"),
    ("EHPAD", "établissement d'hébergement pour personnes âgées dépendantes", "maison de retraite"),
    ("USLD", "unité de soins de longue durée"),
    ("PASA", "pôle d'activités et de soins adaptés"),
    ("CHRS", "centre d'hébergement et de réinsertion sociale"),
    ("CADA", "centre d'accueil de demandeurs d'asile"),
    ("LVA", "lieu de vie et d'accueil"),
    ("ESAT", "établissement et service d'aide par le travail", "centre d'aide par le travail"),
    ("SSIAD", "service de soins infirmiers à domicile"),
    ("SAAD", "service d'aide à domicile", "service d'aide et d'accompagnement à domicile"),
    ("SAVS", "service d'accompagnement à la vie sociale"),
    ("SAMSAH", "service d'accompagnement médico-social pour adultes handicapés"),
    ("CAMSP", "centre d'action médico-sociale précoce"),
    ("CMPP", "centre médico-psycho-pédagogique"),
    ("MECS", "maison d'enfants à caractère social"),
    ("CSAPA", "centre de soins d'accompagnement et de prévention en addictologie"),
    ("GEM", "groupe d'entraide mutuelle"),
    ("CRA", "centre de ressources autisme"),
    ("MDPH", "maison départementale des personnes handicapées"),
    ("ASE", "aide sociale à l'enfance"),
    ("PJJ", "protection judiciaire de la jeunesse"),
    ("ARS", "agence régionale de santé"),
    ("CVS", "conseil de la vie sociale"),
    ("EANM", "établissement d'accueil non médicalisé"),
    ("CAARUD", "centre d'accueil et d'accompagnement à la réduction des risques"),
    ("LHSS", "lits halte soins santé"),
    ("CAFS", "centre d'accueil familial spécialisé"),
    ("CPFSE", "centre de placement familial socio-éducatif"),
    # Trades
    ("ES", "éducateur spécialisé"),
    ("ME", "moniteur-éducateur"),
    ("EJE", "éducateur de jeunes enfants"),
    ("ETS", "éducateur technique spécialisé"),
    ("AES", "accompagnant éducatif et social"),
    ("AMP", "aide médico-psychologique"),
    ("AVS", "auxiliaire de vie sociale"),
    ("AESH", "accompagnant d'élève en situation de handicap"),
    ("IDE", "infirmier diplômé d'État", "infirmier"),
    ("AS", "aide-soignant"),
    ("ASS", "assistant de service social", "assistant social"),
    ("CESF", "conseiller en économie sociale et familiale"),
    ("TISF", "technicien de l'intervention sociale et familiale"),
    ("ASG", "assistant de soins en gérontologie"),
    ("MJPM", "mandataire judiciaire à la protection des majeurs", "mandataire judiciaire"),
    # People and their situations
    ("MNA", "mineur non accompagné"),
    ("PHV", "personne handicapée vieillissante"),
    ("TDI", "trouble du développement intellectuel", "déficience intellectuelle"),
    ("TSA", "trouble du spectre de l'autisme", "trouble du spectre autistique", "autisme"),
    ("TND", "trouble du neurodéveloppement", "trouble neurodéveloppemental"),
    ("TDAH", "trouble déficit de l'attention avec hyperactivité", "hyperactivité"),
    ("DYS", "trouble des apprentissages"),
    ("RQTH", "reconnaissance de la qualité de travailleur handicapé"),
    ("AAH", "allocation aux adultes handicapés"),
    ("PCH", "prestation de compensation du handicap"),
    ("APA", "allocation personnalisée d'autonomie"),
    ("RSA", "revenu de solidarité active"),
    # Tools and ways of working
    ("DUI", "dossier usager informatisé", "dossier de l'usager informatisé", "dossier unique informatisé"),
    (
        "CAA",
        "communication alternative et améliorée",
        "communication alternative et augmentée",
        "communication alternative",
    ),
    ("FALC", "facile à lire et à comprendre"),
    ("PPA", "projet personnalisé d'accompagnement", "projet personnalisé"),
    ("PAI", "projet d'accueil individualisé"),
    ("TBI", "TNI", "tableau blanc interactif", "tableau numérique interactif"),
    ("TIC", "NTIC", "technologies de l'information et de la communication"),
    ("IA", "intelligence artificielle"),
    ("RV", "VR", "réalité virtuelle", "casque immersif"),
    ("RGPD", "règlement général sur la protection des données", "protection des données"),
    ("CNIL", "commission nationale de l'informatique et des libertés"),
    ("RDV", "rendez-vous"),
    ("TV", "télé", "télévision", "téléviseur"),
    ("ADL", "activités de la vie quotidienne", "gestes de la vie quotidienne"),
)
"""Each ring holds wordings of the same thing; the first is the acronym."""

_OTHERS = """
CPOM CPAM CAF CCAS EPRD HAS ANESM SERAFIN PECS MAKATON ABA TEACCH GPS SMS MMS QR PC USB DVD PDF ENT VPN LSF
VAE DEES DEAES CAFERUIS CAFDES ULIS UEMA UEEA SEGPA CREAI DITEP UVS UHR PMR CIF OPCO SI
"""


def _is_acronym(word: str) -> bool:
    return word.isalpha() and sum(letter.isupper() for letter in word) > len(word) // 2


ACRONYMS: Final[frozenset[str]] = frozenset(
    word.lower() for ring in ACRONYM_RINGS for word in ring if _is_acronym(word)
) | frozenset(_OTHERS.lower().split())
"""Folded acronyms that are neither repaired nor stemmed."""

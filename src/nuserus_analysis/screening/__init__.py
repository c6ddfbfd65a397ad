"""Details that may point at somebody, found in what professionals write before it is sent.

Rules first, one subject a file; a model for names behind `NamesFinder`, never needed. Nothing here
decides: a flag is shown to who wrote the text, with a neutral wording.

>>> [(str(flag.kind), flag.proposal.wording) for flag in screen("Avec Mme Durand, chambre 214.")]
[('name', 'la personne'), ('room', 'chambre')]
"""

from nuserus_analysis.screening.finder import NamesFinder
from nuserus_analysis.screening.flags import Confidence, Flag, Kind, Proposal, Span
from nuserus_analysis.screening.known import NOTHING_KNOWN, Known, folded_words, known
from nuserus_analysis.screening.rare import RareCombination, rare_combination
from nuserus_analysis.screening.screen import RULES_VERSION, replace, screen, screen_with

__all__ = [
    "NOTHING_KNOWN",
    "RULES_VERSION",
    "Confidence",
    "Flag",
    "Kind",
    "Known",
    "NamesFinder",
    "Proposal",
    "RareCombination",
    "Span",
    "folded_words",
    "known",
    "rare_combination",
    "replace",
    "screen",
    "screen_with",
]

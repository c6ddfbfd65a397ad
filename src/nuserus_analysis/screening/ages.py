"""Exact ages: a number of years, or of months for the very young; never a duration or a range."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.flags import Found, Kind

_UNITS = "un|deux|trois|quatre|cinq|six|sept|huit|neuf"
_TEENS = f"dix(?:-sept|-huit|-neuf)?|onze|douze|treize|quatorze|quinze|seize|{_UNITS}"
_IN_WORDS = (
    rf"(?:(?:vingt|trente|quarante|cinquante)(?:(?:-|\s+et\s+|-et-|\s)(?:{_UNITS}))?"
    rf"|(?:soixante|quatre-vingts?)(?:(?:-|\s+et\s+|-et-|\s)(?:{_TEENS}))?|cent|{_TEENS})"
)
_NUMBER = rf"(?:\d{{1,3}}|{_IN_WORDS})"
_YEARS = re.compile(rf"(?<![\d,.-])\b{_NUMBER}\s?ans?(?![A-Za-zÀ-ÖØ-öø-ÿ])(?:\s?½|\s+et\s+demie?\b)?", re.IGNORECASE)
_MONTHS = re.compile(rf"(?<![\d,.-])\b{_NUMBER}\s?mois\b", re.IGNORECASE)

_AGED = re.compile(r"\b[âa]g[ée]e?s?\s+(?:seulement\s+)?(?:de\s+|d['’]\s?)?(?:tout\s+juste\s+)?$", re.IGNORECASE)
_SOMEBODY = re.compile(
    r"\b(?:dames?|hommes?|femmes?|résidente?s?|monsieur|enfants?|jeunes?|adolescente?s?|garçons?|filles?|personnes?|fils|frère|sœur|"
    r"élèves?|stagiaire|patiente?|doyenn?e?)\s+(?:\w+\s+)?de\s+$",
    re.IGNORECASE,
)
_YOUNG = re.compile(
    r"\b(?:bébés?|nourrissons?|enfants?|filles?|fillettes?|fils|garçons?|petite?|tout-petit|frère|sœur)\b[^.!?;:\d]{0,20}$",
    re.IGNORECASE,
)
# « depuis 3 ans », « au bout de deux ans », « un contrat de 3 ans », « les plus de 60 ans »
_LASTS_BEFORE = re.compile(
    r"\b(?:depuis|pendant|durant|après|avant|dans|sous|sur|en|tous\s+les|toutes\s+les|chaque|il\s+y\s+a|voilà|pour|"
    r"(?:au\s+)?bout\s+d[e'’]|d['’]ici|moins\s+d[e'’]|plus\s+d[e'’]|jusqu['’]à|à\s+partir\s+d[e'’]|dès|"
    r"près\s+d[e'’]|quelques|dur(?:e|ée?|ait|er)\s*d?[e'’]?|prend|pris|fait|faisait|faut|fallu|mis|met|passé|attend[urse]*|attente\s+d[e'’]|"
    r"(?:contrat|garantie|projet|période|délai|formation|essai|durée|expérience|ancienneté|convention|plan|bail|recul|retard|"
    r"étude|suivi|cycle|programme|stage|abonnement|agrément|cdd|mission|location)\s+d[e'’]|les|tranche\s+d[e'’]|ces|ses\s+premiers)"
    r"\s*(?:(?:les|ces|maintenant|déjà|environ|presque|bientôt|à\s+peine|plus\s+d[e'’]|moins\s+d[e'’]|près\s+d[e'’])\s*)*$",
    re.IGNORECASE,
)
_RANGE_BEFORE = re.compile(
    rf"(?:(?:\d{{1,3}}|{_IN_WORDS})\s?(?:ans|mois)?\s?(?:à|-|–|/|et|ou|au)\s?|\bentre\s)$", re.IGNORECASE
)
_LASTS_AFTER = re.compile(
    r"\s*(?:d['’]|de\s|durant|plus\s+t(?:ard|ôt)|après|auparavant|avant|et\s+(?:plus|moins|demi\s+plus)|ou\s+(?:plus|moins)|"
    r"(?:à|-|–|/)\s?\d|à\s+(?:peine\s+)?(?:attendre|apprendre)|que\b|passés|révolus\s+de)",
    re.IGNORECASE,
)
_BEFORE = 60


def find_ages(text: str) -> Iterator[Found]:
    """« 8 ans », « âgé de douze ans », « un bébé de 18 mois »."""
    for found in _YEARS.finditer(text):
        if _is_age(text, found.start(), found.end()):
            yield Found(Kind.AGE, found.start(), found.end())
    for found in _MONTHS.finditer(text):
        before = text[max(0, found.start() - _BEFORE) : found.start()]
        if (_AGED.search(before) or _YOUNG.search(before)) and _is_age(text, found.start(), found.end()):
            yield Found(Kind.AGE, found.start(), found.end())


def _is_age(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _BEFORE) : start]
    if _RANGE_BEFORE.search(before):
        return False
    if _AGED.search(before) or _SOMEBODY.search(before):
        return True
    return not (_LASTS_BEFORE.search(before) or _LASTS_AFTER.match(text, end))

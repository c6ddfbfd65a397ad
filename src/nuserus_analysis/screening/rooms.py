"""Rooms and flats by their number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.flags import Confidence, Found, Kind

_NUMBER = r"(?:[A-Za-z]?[\s.-]?\d{1,4}(?:[.-]\d{1,3})?(?:\s?(?:bis|ter)\b|[A-Za-z]\b)?)"
# « chambre 2 places » counts, it does not name
_COUNTED = r"(?!\s?(?:lits?|places?|personnes?|pièces?|fois|étoiles?|m²|%|euros|€|ans|jours|mois|h\b))"
_ROOM = re.compile(
    rf"\b(?:chambres?|chbres?\.?|ch\.?|appartements?|appts?\.?|studios?|logements?)(?:\s+|(?<=\.))(?:n[°o]s?\.?\s?|num[ée]ros?\s+)?"
    rf"{_NUMBER}(?:\s?(?:,|et|ou|à|-)\s?{_NUMBER})*(?![\d\w]){_COUNTED}",
    re.IGNORECASE,
)
_SOMEBODY_OF = re.compile(
    r"\b(?:résidente?s?|dames?|messieurs|monsieur|personnes?|occupante?s?|voisine?s?|locataires?)\s+"
    r"(?P<room>(?:de\s+la|du)\s+\d{1,4})(?![\d\w])(?!\s?(?:er|ère|e|ème)\b)(?!\s+(?:rue|avenue|étage))",
    re.IGNORECASE,
)


def find_rooms(text: str) -> Iterator[Found]:
    """« chambre 214 », « ch. 12 », and « la dame du 112 »."""
    for found in _ROOM.finditer(text):
        yield Found(Kind.ROOM, found.start(), found.end())
    for found in _SOMEBODY_OF.finditer(text):
        yield Found(Kind.ROOM, found.start("room"), found.end("room"), Confidence.LIKELY)

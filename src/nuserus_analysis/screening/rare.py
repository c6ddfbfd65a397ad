"""Rare combinations: details that are harmless alone and point at one person together.

In a small service, a condition with an age, a day or a place is enough for those who live nearby.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nuserus_analysis.screening.ages import find_ages
from nuserus_analysis.screening.dates import find_dates
from nuserus_analysis.screening.known import Known
from nuserus_analysis.screening.tokens import words_of

_CONDITION = re.compile(
    r"\b(?:autis\w+|tris[oe]mi\w+|alzheimer|parkinson\w*|huntington|korsakoff|sclérose\w*|myopath\w+|épilep\w+|schizophr\w+|"
    r"bipolai\w+|psychos\w+|psychotiq\w+|aphas\w+|hémipl\w+|tétrapl\w+|parapl\w+|polyhandicap\w*|infirmité|traumatis\w+|"
    r"avc|cancer\w*|diab[ée]t\w+|vih|sida|surdité|sourde?s?|aveugles?|malvoyant\w*|amput\w+|trachéo\w*|dément\w*|démence\w*|"
    r"anorex\w+|addict\w+|alcool\w*|toxicoman\w+|suicid\w+|viol(?:s|ée?s?)?|inces\w+|prison|incarcér\w+|détenu\w*|"
    r"syndrome|maladie|handicap\w*|déficien\w+|trouble\w*|accident\w*|coma|décès|mort\w*|greff\w+)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:lieux?\s+de\s+vie|lva|petite?s?\s+(?:unités?|maisons?|services?|foyers?|structures?|établissements?|groupes?|équipes?)|"
    r"(?:[3-9]|1[0-9]|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quinze)\s+(?:places|résidents?|résidentes|enfants|jeunes|lits|personnes\s+accueillies)|"
    r"maison\s+d['’]enfants|famille\s+d['’]accueil|appartement\s+(?:partagé|thérapeutique)|seule?\s+(?:résidente?|enfant|jeune|personne))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RareCombination:
    """What was found together: the words of each part, as they stand in the texts."""

    service: tuple[str, ...]
    condition: tuple[str, ...]
    moment: tuple[str, ...]
    place: tuple[str, ...]


def rare_combination(texts: Sequence[str], *, known: Known, is_small_service: bool = False) -> RareCombination | None:
    """What the texts of one object say together about a small service, a condition, and a date, age or town.

    `is_small_service` says what the texts may not: the place itself is small. None when a part is missing.
    """
    service = _found(_SMALL, texts)
    condition = _found(_CONDITION, texts)
    moment = tuple(
        dict.fromkeys(
            text[span.start : span.end] for text in texts for rule in (find_dates, find_ages) for span in rule(text)
        )
    )
    place = tuple(
        dict.fromkeys(
            word.text
            for text in texts
            for word in words_of(text)
            if word.is_capitalised and not word.opens and known.is_place(word.text)
        )
    )
    if not condition or not (service or is_small_service) or not (moment or place):
        return None
    return RareCombination(service, condition, moment, place)


def _found(pattern: re.Pattern[str], texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found.group() for text in texts for found in pattern.finditer(text)))

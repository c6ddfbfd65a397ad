"""Neutral wordings in the place of a detail, that keep the sentence standing."""

from __future__ import annotations

import re

from nuserus_analysis.screening.calendar import MONTH_WORDS, MONTHS, month_named
from nuserus_analysis.screening.flags import Found, Kind, Proposal
from nuserus_analysis.screening.words import PEOPLE
from nuserus_analysis.text import fold

_ELIDED_BEFORE = re.compile(r"\b(?:d|qu|l|lorsqu|puisqu|jusqu)['’]$", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"(?:\A|[.!?…\n])[\s«»\"“”(]*\Z")
_LAST_WORD = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)(\s)\Z")
_BEFORE = 40
_ARTICLE_BEFORE = re.compile(r"\b(le|du|au)\s+$", re.IGNORECASE)
_MONTH_WORD = re.compile(MONTH_WORDS, re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d{2}")
_MONTH_FIGURES = re.compile(r"^(?:\d{4}-(\d{2})|\d{1,2}[/.-](\d{1,2}))")
_FIGURES = re.compile(r"\d+")
_WITHOUT = {Kind.TELEPHONE: "[numéro retiré]", Kind.NIR: "[numéro retiré]", Kind.EMAIL: "[adresse retirée]"}
_VOWELS = "aeéèêiouyàâôûAÉEIOUÀ"


def proposed(text: str, found: Found) -> Proposal:
    """What may stand instead of a detail, and over which span."""
    match found.kind:
        case Kind.NAME | Kind.INITIALS:
            return _somebody(text, found)
        case Kind.DATE:
            return _month_of(text, found)
        case Kind.AGE:
            return Proposal(found.start, found.end, _age_about(text[found.start : found.end]))
        case Kind.ROOM:
            return _some_room(text, found)
        case Kind.ADDRESS:
            return Proposal(found.start, found.end, "[adresse retirée]")
        case _:
            return Proposal(found.start, found.end, _WITHOUT[found.kind])


def _somebody(text: str, found: Found) -> Proposal:
    """« la personne »; nothing at all after a word that says who it is: « le jeune T. » is « le jeune »."""
    before = text[max(0, found.start - _BEFORE) : found.start]
    said = _LAST_WORD.search(before)
    if said is not None and fold(said.group(1)) in PEOPLE:
        return Proposal(found.start - len(said.group(2)), found.end, "")
    if _ELIDED_BEFORE.search(before):
        return Proposal(found.start, found.end, "une personne")
    opens = _SENTENCE_BEFORE.search(before) is not None
    return Proposal(found.start, found.end, "La personne" if opens else "la personne")


def _month_of(text: str, found: Found) -> Proposal:
    """« le 12 mars 2024 » becomes « en mars 2024 »: the article goes with the day."""
    words = text[found.start : found.end]
    months = [month_named(name) for name in _MONTH_WORD.findall(words)]
    year = _YEAR.search(words)
    figures = _MONTH_FIGURES.match(words)
    if not months and figures:
        number = int(figures.group(1) or figures.group(2))
        months = [MONTHS[number - 1]] if 1 <= number <= len(MONTHS) else []
    said = " ".join(part for part in (months[-1] if months else "", year.group() if year else "") if part)
    article = _ARTICLE_BEFORE.search(text[max(0, found.start - 6) : found.start])
    if not said:
        return Proposal(found.start, found.end, "[date retirée]")
    if article is None:
        return Proposal(found.start, found.end, said)
    start = found.start - len(article.group())
    kept = article.group(1)
    joined = {"le": "en ", "au": "à ", "du": "d’" if said[0] in _VOWELS else "de "}[kept.lower()]
    return Proposal(start, found.end, joined.capitalize() + said if kept[0].isupper() else joined + said)


def _age_about(words: str) -> str:
    """A bracket that may follow « de », « à » or « a »: less than 18, more than 80."""
    if "mois" in words.lower():
        return "moins de 3 ans"
    figures = _FIGURES.search(words)
    if figures is None:
        return "cet âge"
    age = int(figures.group())
    if age < 18:
        return f"moins de {3 if age < 3 else 12 if age < 12 else 18} ans"
    return f"plus de {age // 10 * 10 if age >= 20 else 17} ans"


def _some_room(text: str, found: Found) -> Proposal:
    words = text[found.start : found.end]
    if words.lower().startswith(("de la ", "du ")):
        return Proposal(found.start, found.end, "d’à côté")
    noun = re.match(r"[^\W\d_]+", words)
    plain = noun.group() if noun else "chambre"
    if plain.lower().startswith("ch"):
        plain = ("C" if plain[0].isupper() else "c") + ("hambres" if plain.lower() == "chambres" else "hambre")
    return Proposal(found.start, found.end, plain)

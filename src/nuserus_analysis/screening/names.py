"""Names without a title: first names that are borne, and capitals where a person is named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nuserus_analysis.screening.calendar import DAYS, MONTHS
from nuserus_analysis.screening.flags import Confidence, Found, Kind
from nuserus_analysis.screening.known import Known
from nuserus_analysis.screening.tokens import Word, words_of
from nuserus_analysis.screening.words import (
    BEFORE_PEOPLE,
    DETERMINERS,
    PARTICLES,
    PEOPLE,
    PLACES_AND_THINGS,
    follows_like_a_verb,
    is_common,
    is_first_name,
    is_thing,
)
from nuserus_analysis.text import ACRONYMS, fold

_JOINED = re.compile(r"(?:\s{1,2}|['’])$")
_NEXT = re.compile(r"(?:\s{1,2}|['’]|\s?,\s?|\s?\(\s?)$")
_CALENDAR = frozenset(fold(word) for word in (*MONTHS, *DAYS))
_SHORT_PARTICLES = frozenset(
    {"le", "la", "de", "du", "des", "d", "van", "von", "der", "den", "ben", "el", "al", "da", "dos", "ait"}
)
_LONGEST = 5
_LOOK_BACK = 4


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row, with the particles between them: places in the list of words."""

    first: int
    last: int


def find_names(text: str, known: Known) -> Iterator[Found]:
    """Names of people, as far as shape, words around and lists can tell. The known ones are spared."""
    words = words_of(text)
    taken: set[int] = set()
    for run in _runs(words):
        taken.update(range(run.first, run.last + 1))
        confidence = _weigh(text, words, run, known)
        if confidence is not None:
            yield Found(Kind.NAME, words[run.first].start, words[run.last].end, confidence)
    for place, word in enumerate(words):
        if place not in taken and _is_small_name(words, place) and not known.spares(word.text):
            yield Found(Kind.NAME, word.start, word.end, Confidence.LIKELY)


def _runs(words: Sequence[Word]) -> Iterator[_Run]:
    place = 0
    while place < len(words):
        if not _may_name(words[place]):
            place += 1
            continue
        last = place
        for after in range(place + 1, min(place + _LONGEST, len(words))):
            word = words[after]
            if not _JOINED.match(word.gap) or (word.opens and word.gap.strip()):
                break
            if _may_name(word):
                last = after
            elif word.key not in _SHORT_PARTICLES:
                break
        yield _trimmed(words, _Run(place, last))
        place = last + 1


def _trimmed(words: Sequence[Word], run: _Run) -> _Run:
    """Without the ordinary word that opens the sentence: « Avec Léo », « Le Kévin »."""
    first = run.first
    while first < run.last and words[first].opens and _is_ordinary(words[first]):
        first += 1
        while first < run.last and not _may_name(words[first]):
            first += 1
    return _Run(first, run.last)


def _may_name(word: Word) -> bool:
    return word.is_capitalised and len(word.text) > 1


def _is_ordinary(word: Word) -> bool:
    return is_common(word.text) and not is_first_name(word.text)


def _weigh(text: str, words: Sequence[Word], run: _Run, known: Known) -> Confidence | None:  # noqa: PLR0911
    """How sure it is that these words name somebody to protect; None when they do not."""
    said = text[words[run.first].start : words[run.last].end]
    inside = [word for word in words[run.first : run.last + 1] if _may_name(word)]
    if inside[0].key in PLACES_AND_THINGS or inside[0].text in ACRONYMS:
        return None
    if known.spares(said) or all(_is_no_name(word) for word in inside):
        return None
    if any(is_thing(word.text) for word in inside) or _is_called(words, run):
        return None
    person = _names_people(words, run)
    if known.is_place(said) and not is_first_name(said) and not _says_who(words, run):
        return None
    first = inside[0]
    bears = any(is_first_name(word.text) for word in inside)
    if bears:
        ambiguous = len(inside) == 1 and is_common(first.text)
        if not ambiguous:
            return Confidence.SURE
        return Confidence.LIKELY if not first.opens or _goes_on(words, run) else None
    if all(is_common(word.text) for word in inside):
        return Confidence.LIKELY if _says_who(words, run) else None
    if first.key.startswith(("saint", "ste")) or _has_article(words, run.first):
        return Confidence.LIKELY if person else None
    if person or _goes_on(words, run):
        return Confidence.LIKELY
    return None


def _is_no_name(word: Word) -> bool:
    folded = word.key
    if word.is_acronym and not is_first_name(word.text) and (len(word.text) < 5 or folded in ACRONYMS):
        return True
    return folded in _CALENDAR or word.text in ACRONYMS or word.key in PLACES_AND_THINGS or is_thing(word.text)


def _is_called(words: Sequence[Word], run: _Run) -> bool:
    """Whether a place or a thing bears the name: « l’EHPAD Les Tilleuls », « la salle Édith-Piaf »."""
    for back in range(1, _LOOK_BACK):
        place = run.first - back
        if place < 0:
            return False
        word = words[place]
        if not _JOINED.match(words[place + 1].gap):
            return False
        if word.key in PEOPLE:
            return False
        if word.key in PLACES_AND_THINGS:
            return True
        if (
            word.key not in PARTICLES
            and not word.is_capitalised
            and word.key not in {"amis", "petit", "petite", "saint"}
        ):
            return False
    return False


def _has_article(words: Sequence[Word], first: int) -> bool:
    return first > 0 and words[first - 1].key in DETERMINERS and bool(_JOINED.match(words[first].gap))


def _says_who(words: Sequence[Word], run: _Run) -> bool:
    """Whether the word before says who it is: « le veilleur Kévin », « notre cheffe, Nathalie »."""
    if run.first == 0 or words[run.first].opens:
        return False
    return words[run.first - 1].key in PEOPLE and bool(_NEXT.match(words[run.first].gap))


def _names_people(words: Sequence[Word], run: _Run) -> bool:
    """Whether the word before is somebody, or one after which people are named."""
    if run.first == 0 or words[run.first].opens:
        return False
    if _says_who(words, run):
        return True
    return words[run.first - 1].key in BEFORE_PEOPLE and bool(_JOINED.match(words[run.first].gap))


def _goes_on(words: Sequence[Word], run: _Run) -> bool:
    after = run.last + 1
    if after >= len(words) or words[after].opens or not _NEXT.match(words[after].gap):
        return False
    listed = words[after + 1] if words[after].key == "et" and after + 1 < len(words) else words[after]
    if listed.is_capitalised and is_first_name(listed.text):
        return True
    return follows_like_a_verb(words[after].text)


def _is_small_name(words: Sequence[Word], place: int) -> bool:
    """A first name typed in small letters, that is no word of the language."""
    word = words[place]
    if word.is_capitalised or len(word.text) < 3 or not is_first_name(word.text) or is_common(word.text):
        return False
    return not is_thing(word.text) and not _has_article(words, place)

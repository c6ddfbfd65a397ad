"""What a model found, weighed against what is known: a model takes robots and towns for people too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nuserus_analysis.screening.flags import Confidence, Found, Kind, Span
from nuserus_analysis.screening.known import Known
from nuserus_analysis.screening.tokens import words_of
from nuserus_analysis.screening.words import DETERMINERS, PLACES_AND_THINGS, is_common, is_first_name, is_thing


def names_from_model(text: str, spans: Sequence[Span], known: Known) -> Iterator[Found]:
    """The spans that may name a person: they hold a capitalised word that is no thing, place or word."""
    words = words_of(text)
    for span in spans:
        inside = [place for place, word in enumerate(words) if span.start <= word.start and word.end <= span.end]
        while inside and not words[inside[0]].is_capitalised:
            inside = inside[1:]
        while inside and not words[inside[-1]].is_capitalised:
            inside = inside[:-1]
        if not inside:
            continue
        named = [words[place] for place in inside if words[place].is_capitalised and len(words[place].text) > 1]
        said = text[words[inside[0]].start : words[inside[-1]].end]
        before = words[inside[0] - 1].key if inside[0] > 0 and not words[inside[0]].opens else ""
        if not named or known.spares(said) or before in PLACES_AND_THINGS | DETERMINERS:
            continue
        if known.is_place(said) and not is_first_name(said):
            continue
        if any(is_thing(word.text) or word.key in PLACES_AND_THINGS for word in named):
            continue
        if all(is_common(word.text) or word.is_acronym for word in named):
            continue
        yield Found(Kind.NAME, words[inside[0]].start, words[inside[-1]].end, Confidence.LIKELY)

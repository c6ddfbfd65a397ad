"""Stems as PostgreSQL writes them: tsvector and tsquery."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from nuserus_analysis.text import Group, tokens_for_index

# PostgreSQL keeps 255 places of a lexeme and knows no place beyond 16,383.
MAX_PLACES = 255
MAX_PLACE = 16_383


def vector_of(*texts: tuple[str, str]) -> str:
    """The tsvector of texts given as (text, weight), one after the other. Weights: A to D."""
    return vector_of_stems(*((tokens_for_index(text), weight) for text, weight in texts))


def vector_of_stems(*texts: tuple[Sequence[str], str]) -> str:
    """The same, of texts already read by `tokens_for_index`."""
    places: dict[str, list[str]] = {}
    place = 0
    for stems, weight in texts:
        for stem in stems:
            place = min(place + 1, MAX_PLACE)
            found = places.setdefault(stem, [])
            if len(found) < MAX_PLACES:
                found.append(f"{place}{weight}")
        place = min(place + 20, MAX_PLACE)  # words of two texts are not neighbours
    return " ".join(f"'{stem}':{','.join(dict.fromkeys(found))}" for stem, found in places.items())


def ts_all(groups: Iterable[Group]) -> str:
    """The tsquery that asks for every group; empty without groups."""
    return " & ".join(f"({ts_group(group)})" for group in groups)


def ts_most(groups: Sequence[Group]) -> str:
    """The tsquery that asks for all the groups but one, whichever."""
    without_one = (ts_all([*groups[:place], *groups[place + 1 :]]) for place in range(len(groups)))
    return " | ".join(f"({asked})" for asked in without_one if asked)


def ts_any(groups: Iterable[Group]) -> str:
    """The tsquery that asks for one group at least."""
    return " | ".join(f"({ts_group(group)})" for group in groups)


def ts_group(group: Group) -> str:
    """The tsquery of one group: any of its wordings, each with all its stems."""
    wordings = (" & ".join(f"'{stem}'" for stem in wording) for wording in group.alternatives)
    prefix = [f"'{group.prefix}':*"] if group.prefix else []
    return " | ".join(f"({wording})" for wording in chain(wordings, prefix))

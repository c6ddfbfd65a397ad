"""All the rules together: what a text says that may point at somebody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from nuserus_analysis.screening.addresses import find_addresses
from nuserus_analysis.screening.ages import find_ages
from nuserus_analysis.screening.contacts import find_emails, find_telephones
from nuserus_analysis.screening.dates import find_dates
from nuserus_analysis.screening.finder import NamesFinder
from nuserus_analysis.screening.flags import Confidence, Flag, Found, Kind, Proposal, Span
from nuserus_analysis.screening.initials import find_initials
from nuserus_analysis.screening.known import NOTHING_KNOWN, Known
from nuserus_analysis.screening.modelled import names_from_model
from nuserus_analysis.screening.names import find_names
from nuserus_analysis.screening.national_number import find_nirs
from nuserus_analysis.screening.rooms import find_rooms
from nuserus_analysis.screening.titled import find_titled_names
from nuserus_analysis.screening.wording import proposed

RULES_VERSION = "1"
"""Grows when a rule changes what it finds: texts screened by another version are screened again."""

# Where two overlap, the earlier rule has the words: figures and addresses before names.
_RULES: tuple[Callable[[str], Iterable[Found]], ...] = (
    find_emails,
    find_nirs,
    find_telephones,
    find_addresses,
    find_dates,
    find_ages,
    find_rooms,
    find_titled_names,
    find_initials,
)


def screen(text: str, *, known: Known = NOTHING_KNOWN, names: Sequence[Span] = ()) -> list[Flag]:
    """The flags of a text, in order, none over another.

    `names` are the spans of people that a model found in this same text. Offsets count code points of
    the text as it is given.
    """
    kept: list[Found] = []
    for found in _all(text, known, names):
        if found.end > found.start and not any(_overlap(found, other) for other in kept):
            kept.append(found)
    flags = [
        Flag(found.kind, found.start, found.end, found.confidence, proposed(text, found))
        for found in sorted(kept, key=lambda found: found.start)
    ]
    return _apart(flags)


def screen_with(finder: NamesFinder | None, texts: Sequence[str], *, known: Known = NOTHING_KNOWN) -> list[list[Flag]]:
    """The flags of each text, names found by the finder among them; without one, by the rules alone."""
    names = finder.names_in(texts) if finder is not None else [[] for _text in texts]
    return [screen(text, known=known, names=spans) for text, spans in zip(texts, names, strict=True)]


def replace(text: str, proposal: Proposal, wording: str | None = None) -> str:
    """The text with one wording in its place, the proposed one unless another is given; the rest untouched."""
    return text[: proposal.start] + (proposal.wording if wording is None else wording) + text[proposal.end :]


def _all(text: str, known: Known, names: Sequence[Span]) -> Iterator[Found]:
    for rule in _RULES:
        for found in rule(text):
            if found.kind is not Kind.NAME or not known.spares(text[found.start : found.end]):
                yield found
    yield from find_names(text, known)
    yield from names_from_model(text, names, known)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _apart(flags: list[Flag]) -> list[Flag]:
    """A proposal that would reach into the flag before it keeps to its own words."""
    apart: list[Flag] = []
    for flag in flags:
        if apart and flag.proposal.start < apart[-1].proposal.end:
            flag = Flag(  # noqa: PLW2901
                flag.kind,
                flag.start,
                flag.end,
                flag.confidence,
                Proposal(max(flag.start, apart[-1].proposal.end), flag.end, flag.proposal.wording),
            )
        apart.append(flag)
    return apart


__all__ = ["RULES_VERSION", "Confidence", "replace", "screen", "screen_with"]

"""What changed between a sheet and its adaptation, card by card and word by word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Beyond this, comparing word by word costs more than it tells: the whole text is shown as replaced.
MOST_WORDS = 1500
# Share of common words (difflib's ratio) below which two texts are not compared word by word.
LEAST_ALIKE = 0.5
_WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Change(StrEnum):
    """What happened to a card or to a run of words."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def word(self) -> str | Promise:
        """The word that stands beside the bar."""
        return _CHANGE_WORDS[self]


_CHANGE_WORDS: dict[Change, str | Promise] = {
    Change.SAME: _("repris tel quel"),
    Change.ADDED: _("ajouté"),
    Change.REMOVED: _("retiré"),
    Change.CHANGED: _("changé"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text that stayed, came or went."""

    change: Change
    text: str


class TheirCard(Protocol):
    """A card of the origin."""

    @property
    def pk(self) -> UUID: ...

    text: str


class OurCard(Protocol):
    """A card of the adaptation, with the text it had when it was copied."""

    origin_id: UUID | None
    origin_text: str
    text: str
    what_changed: str
    why_changed: str


@dataclass(frozen=True, slots=True)
class Row:
    """Two cards side by side; one of them is None when a card was added or removed.

    `before` holds the runs of their text (same and removed), `after` those of ours.
    """

    change: Change
    theirs: TheirCard | None
    ours: OurCard | None
    before: list[Run]
    after: list[Run]


def word_runs(before: str, after: str) -> list[Run]:
    """Runs that rebuild `before` (same and removed) and `after` (same and added), in order.

    Texts that share little are shown as replaced, and a lone word that stayed between two changes
    goes with them: crumbs of common words help nobody, least of all who listens to the page.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        return _replaced(before, after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < LEAST_ALIKE:
        return _replaced(before, after)
    runs: list[Run] = []
    gone = come = ""
    blocks = matcher.get_opcodes()
    for rank, (tag, i1, i2, j1, j2) in enumerate(blocks):
        inside = 0 < rank < len(blocks) - 1
        if tag == "equal" and not (inside and _is_crumb(old[i1:i2])):
            runs += [*_replaced(gone, come), Run(Change.SAME, "".join(old[i1:i2]))]
            gone = come = ""
        else:
            gone += "".join(old[i1:i2])
            come += "".join(new[j1:j2])
    return [*runs, *_replaced(gone, come)]


def _is_crumb(words: list[str]) -> bool:
    return sum(word.strip() != "" for word in words) <= 1


def _replaced(before: str, after: str) -> list[Run]:
    if before == after:
        return [Run(Change.SAME, before)] if before else []
    runs = [Run(Change.REMOVED, before), Run(Change.ADDED, after)]
    return [run for run in runs if run.text]


def compared_cards(theirs: Iterable[TheirCard], ours: Sequence[OurCard]) -> list[Row]:
    """Their cards and ours side by side, in our order; what we left out stands where it was.

    A card of ours is compared with the text it was copied from, not with what the origin became.
    """
    origin = list(theirs)
    kept = {card.origin_id for card in ours}
    places = {card.pk: index for index, card in enumerate(origin)}
    left_out = [card for card in origin if card.pk not in kept]
    rows: list[Row] = []
    for card in ours:
        place = places.get(card.origin_id) if card.origin_id else None
        while place is not None and left_out and places[left_out[0].pk] < place:
            rows.append(_removed(left_out.pop(0)))
        rows.append(_compared(origin[place] if place is not None else None, card))
    return [*rows, *(_removed(card) for card in left_out)]


def _removed(card: TheirCard) -> Row:
    return Row(Change.REMOVED, card, None, [Run(Change.REMOVED, card.text)], [])


def _compared(theirs: TheirCard | None, ours: OurCard) -> Row:
    if not ours.origin_text and ours.origin_id is None:
        return Row(Change.ADDED, None, ours, [], [Run(Change.ADDED, ours.text)])
    runs = word_runs(ours.origin_text, ours.text)
    change = Change.SAME if ours.origin_text == ours.text else Change.CHANGED
    return Row(
        change,
        theirs,
        ours,
        [run for run in runs if run.change is not Change.ADDED],
        [run for run in runs if run.change is not Change.REMOVED],
    )

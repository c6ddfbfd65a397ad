"""Where a passage of the old text is in the new one, and how sure that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from nuserus.corpus.standard.matching import Block, matching_blocks

# A passage that kept every sign is found for certain when it is this long, or when this many signs around it stayed.
_TELLING = 24
_AROUND = 12


class Certainty(Enum):
    """How sure a new place is."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage of the new text: code points, half-open; empty where the old one was when it is lost."""

    start: int
    end: int
    certainty: Certainty


class Remapping:
    """From one text to another: compared once, asked for any number of passages."""

    def __init__(self, old: str, new: str) -> None:
        self.old_length, self.new_length = len(old), len(new)
        self._blocks = matching_blocks(old, new)
        self._starts = [block.old for block in self._blocks]
        self._old = old

    def place(self, start: int, end: int) -> Placed:
        """Where `start`–`end` of the old text is now. Raises ValueError outside of the old text.

        Certain: the same signs in one stretch, recognised by their length or by what stands around. Doubtful: part
        of it changed, or it is too short to be sure. Lost: none of its words stayed.
        """
        if not 0 <= start <= end <= self.old_length:
            raise ValueError(f"{start}–{end} is not in a text of {self.old_length} signs")
        first = max(0, bisect_right(self._starts, start) - 1)
        held = list(self._touching(first, start, end))
        kept = [part for part in (_part(block, start, end) for block in held) if part[1] > part[0]]
        if not any(not self._old[low:high].isspace() for low, high, _shift in kept):
            at = self._after(start)
            return Placed(at, at, Certainty.LOST)
        if kept[0][:2] == (start, end):
            shift = kept[0][2]
            sure = self._sure(held, start, end)
            return Placed(start + shift, end + shift, Certainty.CERTAIN if sure else Certainty.DOUBTFUL)
        low = kept[0][0] + kept[0][2] if kept[0][0] == start else self._after(start)
        high = kept[-1][1] + kept[-1][2] if kept[-1][1] == end else self._before(end)
        low = min(low, kept[0][0] + kept[0][2])
        high = max(high, kept[-1][1] + kept[-1][2])
        return Placed(low, high, Certainty.DOUBTFUL)

    def origin(self, start: int, end: int) -> int | None:
        """Where, in the other text, the longest stretch of the passage that stayed begins; None when none did."""
        first = max(0, bisect_right(self._starts, start) - 1)
        kept = [_part(block, start, end) for block in self._touching(first, start, end)]
        words = [part for part in kept if not self._old[part[0] : part[1]].isspace()]
        longest = max(words, key=lambda part: part[1] - part[0], default=None)
        return longest[0] + longest[2] if longest else None

    def stayed(self, start: int, end: int) -> list[tuple[int, int]]:
        """The stretches of the passage that stayed, in the new text; those of a few signs may be there by chance."""
        first = max(0, bisect_right(self._starts, start) - 1)
        kept = [_part(block, start, end) for block in self._touching(first, start, end)]
        whole = end - start
        return [(low + shift, high + shift) for low, high, shift in kept if high - low >= min(_AROUND, whole)]

    def place_all(self, spans: Iterable[tuple[int, int]]) -> list[Placed]:
        """`place` for each."""
        return [self.place(start, end) for start, end in spans]

    def _touching(self, first: int, start: int, end: int) -> Iterable[Block]:
        for rank in range(first, len(self._blocks)):
            block = self._blocks[rank]
            if block.old >= end:
                return
            if block.old + block.length > start:
                yield block

    def _sure(self, held: list[Block], start: int, end: int) -> bool:
        block = next(one for one in held if one.old <= start and one.old + one.length >= end)
        whole = block.old == 0 and block.length == self.old_length
        return whole or end - start >= _TELLING or block.length - (end - start) >= _AROUND

    def _after(self, at: int) -> int:
        """Where what stayed before `at` ends in the new text."""
        rank = bisect_right(self._starts, at) - 1
        if rank < 0:
            return 0
        block = self._blocks[rank]
        return block.new + min(block.length, at - block.old)

    def _before(self, at: int) -> int:
        """Where what stays from `at` on begins in the new text."""
        rank = bisect_right(self._starts, at) - 1
        if rank >= 0 and at < self._blocks[rank].old + self._blocks[rank].length:
            return self._blocks[rank].new + at - self._blocks[rank].old
        return self._blocks[rank + 1].new if rank + 1 < len(self._blocks) else self.new_length


def _part(block: Block, start: int, end: int) -> tuple[int, int, int]:
    """What of the passage is in the block, in the old text, and how far it moved."""
    return max(start, block.old), min(end, block.old + block.length), block.new - block.old


def remap(old: str, new: str, spans: Iterable[tuple[int, int]]) -> list[Placed]:
    """Where each passage of `old` is in `new`.

    >>> remap("Elle rit. Puis elle part.", "Elle sourit. Puis elle part.", [(10, 25)])
    [Placed(start=13, end=28, certainty=<Certainty.CERTAIN: 'certain'>)]
    """
    return Remapping(old, new).place_all(spans)

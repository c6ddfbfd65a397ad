"""Which stretches of an old text are still in a new one, in the same order.

Lines first, then words between them. What both texts have once each is an anchor; the longest rising chain of anchors
is kept, and what is between two of them is matched in turn. Only stretches that have no anchor and are short are
compared sign by sign with difflib, whose cost grows with the square; the rest is held to be rewritten. So a text of
1 MB takes a second at most, whatever was done to it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\w+|\s+|[^\w\s]")
# pairs that difflib may look at; rounds of anchors within anchors
_MOST_PAIRS = 6_000
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class Block:
    """`length` signs that are the same from `old` in the one and from `new` in the other."""

    old: int
    new: int
    length: int


def matching_blocks(old: str, new: str) -> list[Block]:
    """Stretches that stay, in order, as long as can be: two of them never touch on both sides.

    >>> matching_blocks("Il rit souvent.", "Il rit très souvent.")
    [Block(old=0, new=0, length=7), Block(old=7, new=12, length=8)]
    """
    if old == new:
        return [Block(0, 0, len(old))] if old else []
    old_lines, new_lines = old.splitlines(keepends=True), new.splitlines(keepends=True)
    blocks: list[Block] = []
    old_at, new_at = _starts(old_lines), _starts(new_lines)
    end = (len(old_lines), len(new_lines), 0)
    here_old = here_new = 0
    for line_old, line_new, count in [*_matches(old_lines, new_lines), end]:
        blocks += _within(old, new, (old_at[here_old], old_at[line_old]), (new_at[here_new], new_at[line_new]))
        here_old, here_new = line_old + count, line_new + count
        blocks.append(Block(old_at[line_old], new_at[line_new], old_at[here_old] - old_at[line_old]))
    return _joined(blocks)


def _within(old: str, new: str, there: tuple[int, int], here: tuple[int, int]) -> Iterator[Block]:
    if there[0] == there[1] or here[0] == here[1]:
        return
    words, others = _PIECES.findall(old[slice(*there)]), _PIECES.findall(new[slice(*here)])
    old_at, new_at = _starts(words), _starts(others)
    for first, second, count in _matches(words, others):
        yield Block(there[0] + old_at[first], here[0] + new_at[second], old_at[first + count] - old_at[first])


def _starts(pieces: Sequence[str]) -> list[int]:
    at, starts = 0, [0]
    for piece in pieces:
        at += len(piece)
        starts.append(at)
    return starts


def _joined(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in blocks:
        if not block.length:
            continue
        last = joined[-1] if joined else None
        if last and last.old + last.length == block.old and last.new + last.length == block.new:
            joined[-1] = Block(last.old, last.new, last.length + block.length)
        else:
            joined.append(block)
    return joined


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Runs of the same pieces: (rank in the old, rank in the new, how many), in order."""
    found: list[tuple[int, int, int]] = []
    todo = [(0, len(old), 0, len(new), 0)]
    while todo:
        old_low, old_high, new_low, new_high, depth = todo.pop()
        first = 0
        while (
            old_low + first < old_high and new_low + first < new_high and old[old_low + first] == new[new_low + first]
        ):
            first += 1
        if first:
            found.append((old_low, new_low, first))
        old_low, new_low = old_low + first, new_low + first
        last = 0
        while (
            old_low < old_high - last
            and new_low < new_high - last
            and old[old_high - last - 1] == new[new_high - last - 1]
        ):
            last += 1
        old_high, new_high = old_high - last, new_high - last
        if last:
            found.append((old_high, new_high, last))
        if old_low == old_high or new_low == new_high:
            continue
        chain = _anchors(old, new, (old_low, old_high), (new_low, new_high)) if depth < _DEEPEST else []
        if not chain:
            found += _compared(old, new, (old_low, old_high), (new_low, new_high))
            continue
        for at_old, at_new in [*chain, (old_high, new_high)]:
            todo.append((old_low, at_old, new_low, at_new, depth + 1))
            if at_old < old_high:
                found.append((at_old, at_new, 1))
            old_low, new_low = at_old + 1, at_new + 1
    return sorted(found)


def _compared(
    old: Sequence[str], new: Sequence[str], there: tuple[int, int], here: tuple[int, int]
) -> Iterator[tuple[int, int, int]]:
    if (there[1] - there[0]) * (here[1] - here[0]) > _MOST_PAIRS:
        return
    matcher = SequenceMatcher(None, old[slice(*there)], new[slice(*here)], autojunk=False)
    for first, second, count in matcher.get_matching_blocks():
        if count:
            yield there[0] + first, here[0] + second, count


def _anchors(
    old: Sequence[str], new: Sequence[str], there: tuple[int, int], here: tuple[int, int]
) -> list[tuple[int, int]]:
    """Pieces that both sides have once, as the longest chain that rises on both."""
    once_old = _once(old, there)
    once_new = _once(new, here)
    pairs = [(at, once_new[piece]) for piece, at in once_old.items() if piece in once_new]
    tails: list[int] = []
    holders: list[int] = []
    before: list[int] = []
    for rank, (_at, at_new) in enumerate(pairs):
        place = bisect_left(tails, at_new)
        before.append(holders[place - 1] if place else -1)
        if place == len(tails):
            tails.append(at_new)
            holders.append(rank)
        else:
            tails[place], holders[place] = at_new, rank
    chain, rank = [], holders[-1] if holders else -1
    while rank >= 0:
        chain.append(pairs[rank])
        rank = before[rank]
    return chain[::-1]


def _once(pieces: Sequence[str], bounds: tuple[int, int]) -> dict[str, int]:
    """The pieces that are there once, with their rank, in order; blanks alone anchor nothing."""
    counts = Counter(pieces[bounds[0] : bounds[1]])
    return {pieces[at]: at for at in range(*bounds) if counts[pieces[at]] == 1 and not pieces[at].isspace()}

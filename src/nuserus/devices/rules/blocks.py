"""What may be shown of lines that are not public: numbers that never let one guess a place.

A line says that a place has a device. Those that are not public are gathered once and for all into
*blocks*: each line is in one block at most, each block holds lines of at least `THRESHOLD` places, and
says of them only what they share (a family, a device, a kind of place, a region…). Whatever a page
shows is a sum of whole blocks, whichever filters are chosen. So is any difference between two pages:
no subtraction leaves fewer than `THRESHOLD` places. Where a group would be too small it is merged with
another one (complementary suppression), so that what is left over is never small either.

A block must also be lost in the crowd: where nearly every place that answers its description is in it,
saying so would name them all the same. Lines of different levels are never in one block: somebody who
reads the lines of the network would otherwise subtract them.

What this does not hide: the reader who knows this program knows that a group that is not shown alone is
small, and a place that counts itself knows that the others are one fewer. Whoever keeps two releases
may compare them; they are made once a week.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

THRESHOLD = 5
# In each description at least one place in five is not in the block.
CROWD = (4, 5)

# In the order in which lines are told apart: the first ones are the most often shown.
DIMENSIONS = ("family", "device", "category", "region", "stage", "department", "size", "operator")
# What the directory, which is public, says of each place.
OF_PLACES = ("category", "region", "department", "size", "operator")
NONE = "-"

# A value for each dimension, in their order; None where a block does not say.
At = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A line: the place that says it, and its value for each dimension (NONE where it has none)."""

    place: UUID
    at: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of at least THRESHOLD places, and what all of them share."""

    at: At
    count: int


class Crowd:
    """How many places of the directory answer a description."""

    def __init__(self, places: Mapping[tuple[str, ...], int]) -> None:
        """`places`: how many there are for each value of OF_PLACES."""
        self._places = places
        self._counted: dict[tuple[int, ...], Counter[tuple[str, ...]]] = {}

    def of(self, at: At) -> int:
        """How many places there are with these values (of DIMENSIONS; those that are not of places are ignored)."""
        wanted = [(rank, value) for rank, value in enumerate(_place(at)) if value is not None]
        ranks = tuple(rank for rank, _value in wanted)
        if ranks not in self._counted:
            counted: Counter[tuple[str, ...]] = Counter()
            for values, number in self._places.items():
                counted[tuple(values[rank] for rank in ranks)] += number
            self._counted[ranks] = counted
        return self._counted[ranks][tuple(value for _rank, value in wanted)]


def blocks_of(lines: Iterable[Told], *, crowd: Crowd, known: Sequence[Told] = ()) -> list[Block]:
    """The blocks of lines of one level; those that no block may hold are in none.

    `known` are the lines that a reader may already put a name on: their places are not in the crowd of
    the devices that they name.
    """
    gathered: dict[str, dict[UUID, tuple[str, ...]]] = defaultdict(dict)
    for told in known:
        gathered[told.at[DIMENSIONS.index("device")]][told.place] = told.at
    lost = _lost_in(crowd, gathered)
    rows = list(lines)
    nothing: At = (None,) * len(DIMENSIONS)
    if not lost(rows, nothing):
        return []
    return sorted(_told_apart(rows, nothing, 0, lost), key=lambda block: tuple(value or "" for value in block.at))


Lost = Callable[[Sequence[Told], At], bool]


def _lost_in(crowd: Crowd, known: Mapping[str, Mapping[UUID, tuple[str, ...]]]) -> Lost:
    rank = DIMENSIONS.index("device")

    def lost(rows: Sequence[Told], at: At) -> bool:
        """Whether these lines may be told as a block: enough places, in a crowd that is large enough."""
        devices = iter({told.at[rank] for told in rows})
        named = dict(known.get(next(devices, ""), {}))
        for device in devices:
            also = known.get(device, {})
            named = {place: values for place, values in named.items() if place in also}
        there = _place_only(at)
        others = crowd.of(at) - sum(_matches(values, there) for values in named.values())
        places = _places(rows)
        return places >= THRESHOLD and places * CROWD[1] <= others * CROWD[0]

    return lost


def _told_apart(rows: Sequence[Told], at: At, dimension: int, lost: Lost) -> list[Block]:
    if dimension == len(DIMENSIONS):
        return [Block(at, len(rows))]
    blocks: list[Block] = []
    for group, value in _groups(rows, at, dimension, lost):
        further = at if value is None else (*at[:dimension], value, *at[dimension + 1 :])
        blocks += _told_apart(group, further, dimension + 1, lost)
    return blocks


def _groups(rows: Sequence[Told], at: At, dimension: int, lost: Lost) -> list[tuple[list[Told], str | None]]:
    """The lines by their value, and together (None) those of the values that cannot be told alone."""
    by_value: dict[str, list[Told]] = defaultdict(list)
    for told in rows:
        by_value[told.at[dimension]].append(told)
    alone: list[tuple[list[Told], str | None]] = []
    together: list[Told] = []
    for value, group in sorted(by_value.items()):
        if lost(group, (*at[:dimension], value, *at[dimension + 1 :])):
            alone.append((group, value))
        else:
            together += group
    alone.sort(key=lambda pair: len(pair[0]))
    while together and _places(together) < THRESHOLD:
        group, _value = alone.pop(0)
        together += group
    return [*alone, (together, None)] if together else alone


def _places(rows: Iterable[Told]) -> int:
    return len({told.place for told in rows})


def _place(at: At) -> At:
    return tuple(value for name, value in zip(DIMENSIONS, at, strict=True) if name in OF_PLACES)


def _place_only(at: At) -> At:
    return tuple(value if name in OF_PLACES else None for name, value in zip(DIMENSIONS, at, strict=True))


def _matches(values: Sequence[str | None], wanted: At) -> bool:
    return all(value is None or values[rank] == value for rank, value in enumerate(wanted))


def wanted(chosen: Mapping[str, str]) -> At:
    """A choice of values as a description. Raises ValueError on an unknown dimension."""
    if unknown := set(chosen) - set(DIMENSIONS):
        raise ValueError(f"No dimension {unknown}")
    return tuple(chosen.get(name) or None for name in DIMENSIONS)


def counted(blocks: Iterable[Block], chosen: At) -> int:
    """How many lines are known to answer the choice: those of the blocks that are whole within it."""
    return sum(block.count for block in blocks if _matches(block.at, chosen))


def counted_by(blocks: Iterable[Block], chosen: At, dimension: str) -> tuple[Counter[str], int]:
    """Within a choice, the lines by value of a dimension, and those that cannot be told apart."""
    rank = DIMENSIONS.index(dimension)
    by_value: Counter[str] = Counter()
    apart = 0
    for block in blocks:
        if _matches(block.at, chosen):
            value = block.at[rank]
            if value is None:
                apart += block.count
            else:
                by_value[value] += block.count
    return by_value, apart

"""Nobody guesses a place from the numbers of the network, whatever they subtract from what."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nuserus.devices.rules import blocks as subject
from nuserus.devices.rules.blocks import (
    DIMENSIONS,
    NONE,
    OF_PLACES,
    THRESHOLD,
    At,
    Block,
    Crowd,
    Told,
    blocks_of,
    counted,
    counted_by,
    wanted,
)

# What a small country can look like: two regions and their departments, two kinds of place.
WHERE = [
    ("ime", "nord", "59"),
    ("ime", "nord", "62"),
    ("ehpad", "nord", "59"),
    ("ime", "sud", "84"),
    ("ehpad", "sud", "13"),
]
DEVICES = [("robots", "nao"), ("robots", "paro"), ("ecrans", "tablette")]
STAGES = ("essai", "installe")
FREE = {
    "family": ("robots", "ecrans"),
    "device": ("nao", "paro", "tablette"),
    "category": ("ime", "ehpad"),
    "region": ("nord", "sud"),
    "stage": STAGES,
    "department": ("59", "62", "84", "13"),
}


def at(where: tuple[str, str, str], device: tuple[str, str], stage: str) -> tuple[str, ...]:
    category, region, department = where
    said = {"family": device[0], "device": device[1], "category": category, "region": region, "department": department}
    said |= {"stage": stage, "size": NONE, "operator": NONE}
    return tuple(said[name] for name in DIMENSIONS)


CELLS = [at(*cell) for cell in product(WHERE, DEVICES, STAGES)]
# Every page that may be asked: any choice of values of up to three dimensions, and every one of the others.
PAGES = [
    wanted(dict(zip(names, values, strict=True)))
    for size in range(4)
    for names in combinations(FREE, size)
    for values in product(*(FREE[name] for name in names))
]


@st.composite
def inventories(draw: st.DrawFn) -> tuple[list[Told], Crowd]:
    """Lines of up to 24 places: each place is somewhere and has some devices; the country has more places."""
    lines: list[Told] = []
    country: Counter[tuple[str, ...]] = Counter()
    for number in range(draw(st.integers(0, 24))):
        where = draw(st.sampled_from(WHERE))
        for device in draw(st.sets(st.sampled_from(DEVICES), max_size=3)):
            lines.append(Told(UUID(int=number), at(where, device, draw(st.sampled_from(STAGES)))))
        country[_place(where)] += 1
    for where in WHERE:
        country[_place(where)] += draw(st.integers(0, 12))
    return lines, Crowd(country)


def _place(where: tuple[str, str, str]) -> tuple[str, ...]:
    said = {"category": where[0], "region": where[1], "department": where[2], "size": NONE, "operator": NONE}
    return tuple(said[name] for name in OF_PLACES)


def _within(values: At, page: At) -> bool:
    return all(value is None or values[rank] == value for rank, value in enumerate(page))


def _may_be_within(block: Block, page: At) -> bool:
    return any(_within(cell, page) for cell in CELLS if _within(cell, block.at))


@settings(max_examples=40)
@given(inventories())
def test_no_page_and_no_difference_of_pages_tells_fewer_places_than_the_threshold(
    given_lines: tuple[list[Told], Crowd],
) -> None:
    lines, crowd = given_lines
    blocks = blocks_of(lines, crowd=crowd)
    pages = {frozenset(rank for rank, block in enumerate(blocks) if _within(block.at, page)) for page in PAGES}
    for whole in pages:
        assert sum(blocks[rank].count for rank in whole) in {0, *range(THRESHOLD, 200)}
    for more, less in combinations(pages, 2):
        for apart in (more - less, less - more, more & less):
            number = sum(blocks[rank].count for rank in apart)
            assert number == 0 or number >= THRESHOLD


@settings(max_examples=40)
@given(inventories())
def test_no_small_cell_can_be_bounded_below_the_threshold(given_lines: tuple[list[Told], Crowd]) -> None:
    """The attacker is given more than any page: the blocks themselves. They know every public line, hence the
    hidden part of each number. The largest that a cell may be, over all inventories that would give the same
    blocks: the sum of those that reach into it; the smallest: of those that are whole in it."""
    lines, crowd = given_lines
    blocks = blocks_of(lines, crowd=crowd)
    told = sum(block.count for block in blocks)
    assert told in (0, len(lines))
    for page in PAGES:
        truth = sum(_within(line.at, page) for line in lines)
        least = counted(blocks, page)
        most = sum(block.count for block in blocks if _may_be_within(block, page))
        if told:
            assert least <= truth <= most
        if 0 < truth < THRESHOLD and told:
            assert least == 0
            assert most >= THRESHOLD
        assert least == 0 or least >= THRESHOLD


@settings(max_examples=30)
@given(inventories())
def test_each_block_is_of_enough_places_lost_in_a_crowd(given_lines: tuple[list[Told], Crowd]) -> None:
    lines, crowd = given_lines
    left = list(lines)
    for block in blocks_of(lines, crowd=crowd):
        assert block.count >= THRESHOLD
        assert len({line.place for line in left if _within(line.at, block.at)}) >= THRESHOLD
        assert THRESHOLD * subject.CROWD[1] <= crowd.of(block.at) * subject.CROWD[0]


@settings(max_examples=30)
@given(inventories(), st.sampled_from(sorted(FREE)))
def test_a_table_adds_up_to_its_total(given_lines: tuple[list[Told], Crowd], dimension: str) -> None:
    lines, crowd = given_lines
    blocks = blocks_of(lines, crowd=crowd)
    for page in PAGES[:40]:
        by_value, apart = counted_by(blocks, page, dimension)
        assert sum(by_value.values()) + apart == counted(blocks, page)


def _lines(*numbers: int) -> list[Told]:
    """So many places in each of WHERE that have the first device."""
    places = (UUID(int=number) for number in range(1_000))
    return [
        Told(next(places), at(where, DEVICES[0], "essai"))
        for where, number in zip(WHERE, numbers, strict=False)
        for _ in range(number)
    ]


WIDE = Crowd(Counter({_place(where): 1_000 for where in WHERE}))


def test_a_group_that_is_large_enough_is_told_alone() -> None:
    blocks = blocks_of(_lines(6, 0, 0, 0, 7), crowd=WIDE)
    assert counted(blocks, wanted({"category": "ime", "department": "59"})) == 6
    assert counted(blocks, wanted({"category": "ehpad", "region": "sud"})) == 7


def test_what_is_left_over_is_never_small() -> None:
    """Ten here and two there: the two would be what remains of the whole less the ten."""
    blocks = blocks_of(_lines(10, 0, 2), crowd=WIDE)
    assert counted(blocks, wanted({})) == 12
    assert counted(blocks, wanted({"category": "ime"})) == 0
    assert counted(blocks, wanted({"category": "ehpad"})) == 0


def test_four_places_are_not_told_at_all() -> None:
    assert blocks_of(_lines(4), crowd=WIDE) == []


def test_a_region_where_everybody_has_it_is_not_named() -> None:
    """Six of six: to say it of the region would say it of each of them."""
    narrow = Crowd(Counter({_place(WHERE[0]): 500, _place(WHERE[3]): 6}))
    blocks = blocks_of(_lines(6, 0, 0, 6), crowd=narrow)
    assert counted(blocks, wanted({"region": "sud"})) == 0
    assert counted(blocks, wanted({})) == 12


def test_places_that_are_named_already_do_not_hide_the_others() -> None:
    """Ten places, five of which show it to everybody: the five others would be all the others."""
    ten = Crowd(Counter({_place(WHERE[0]): 10}))
    lines = _lines(10)
    assert blocks_of(lines[:5], crowd=ten) != []
    assert blocks_of(lines[:5], crowd=ten, known=lines[5:]) == []


def test_a_choice_of_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="No dimension"):
        wanted({"town": "Avignon"})


def test_a_guard_that_fails_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a lower threshold the same cells are told: the properties above would not hold."""
    monkeypatch.setattr(subject, "THRESHOLD", 1)
    assert counted(blocks_of(_lines(10, 0, 2), crowd=WIDE), wanted({"category": "ehpad"})) == 2

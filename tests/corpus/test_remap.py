"""Passages follow a text that changes: what is said to be certain is, and nothing takes for ever."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nuserus.corpus.standard.differences import differences
from nuserus.corpus.standard.matching import matching_blocks
from nuserus.corpus.standard.remap import Certainty, Remapping, remap

WORDS = st.lists(st.sampled_from(["oui", "non", "la", "tablette", "elle", "rit", "\n", "é", "…", "matin"]), max_size=30)
TEXTS = WORDS.map(" ".join) | st.text(max_size=60)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A text, the same with one stretch written again, and where that stretch was."""
    text = draw(TEXTS)
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, len(text)))
    return text, text[:start] + draw(TEXTS) + text[end:], start, end


@st.composite
def spans(draw: st.DrawFn, text: str) -> list[tuple[int, int]]:
    pairs = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    return [(min(pair), max(pair)) for pair in pairs]


@given(TEXTS, TEXTS)
def test_blocks_hold_the_same_signs_and_never_cross(old: str, new: str) -> None:
    at_old = at_new = 0
    for block in matching_blocks(old, new):
        assert block.length > 0
        assert (block.old, block.new) >= (at_old, at_new)
        assert block.old >= at_old
        assert block.new >= at_new
        assert old[block.old : block.old + block.length] == new[block.new : block.new + block.length]
        at_old, at_new = block.old + block.length, block.new + block.length


@given(st.data(), TEXTS, TEXTS)
def test_what_is_certain_reads_the_same(data: st.DataObject, old: str, new: str) -> None:
    asked = data.draw(spans(old))
    for (start, end), placed in zip(asked, remap(old, new, asked), strict=True):
        assert 0 <= placed.start <= placed.end <= len(new)
        if placed.certainty is Certainty.CERTAIN:
            assert new[placed.start : placed.end] == old[start:end]
        if placed.certainty is Certainty.LOST:
            assert placed.start == placed.end
        else:
            assert new[placed.start : placed.end].strip()


@given(st.data(), TEXTS)
def test_nothing_moves_when_nothing_changes(data: st.DataObject, text: str) -> None:
    for start, end in data.draw(spans(text)):
        placed = Remapping(text, text).place(start, end)
        if text[start:end].strip():
            assert (placed.start, placed.end, placed.certainty) == (start, end, Certainty.CERTAIN)


@given(edited())
def test_a_long_passage_that_nobody_touched_is_found(change: tuple[str, str, int, int]) -> None:
    text, new, start, end = change
    told = "Elle garde la tablette pour le soir, dit-elle, parce que le bruit la gêne."
    old, after = f"{text}\n{told}", f"{new}\n{told}"
    placed = Remapping(old, after).place(len(old) - len(told), len(old))
    assert after[placed.start : placed.end] == told
    assert placed.certainty is Certainty.CERTAIN
    assert start <= end


def test_a_correction_inside_waits_for_a_person() -> None:
    old = "Alma : la tablete reste dans le placard, on rit bien."
    new = old.replace("tablete", "tablette")
    start, end = old.index("la tablete"), old.index(", on rit")
    [placed] = remap(old, new, [(start, end)])
    assert placed.certainty is Certainty.DOUBTFUL
    assert new[placed.start : placed.end] == "la tablette reste dans le placard"


def test_a_short_word_among_new_ones_is_not_sure() -> None:
    [placed] = remap("oui je viens demain", "non, il a dit oui hier", [(0, 3)])
    assert placed.certainty is not Certainty.CERTAIN


def test_what_was_taken_away_is_lost() -> None:
    [placed] = remap("Un. Deux trois. Quatre.", "Un. Quatre.", [(4, 15)])
    assert placed.certainty is Certainty.LOST


def test_planted_span_outside_of_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="is not in a text"):
        Remapping("oui", "non").place(1, 9)


def test_a_long_text_is_compared_without_the_square_of_its_length() -> None:
    rng = random.Random(7)
    words = [f"mot{rank}" for rank in range(2000)]
    old = "\n".join(" ".join(rng.choices(words, k=60)) for _line in range(500))
    new = old.replace("mot17 ", "Mot17 ")
    began = time.process_time()
    Remapping(old, new)
    matching_blocks("oui non " * 30_000, "non oui oui " * 20_000)
    assert time.process_time() - began < 10, "far beyond what a linear comparison takes"


@given(TEXTS, TEXTS)
def test_the_differences_hold_both_texts(old: str, new: str) -> None:
    parts = differences(old, new)
    assert "".join(part.words for part in parts if part.kind != "added") == old
    assert "".join(part.words for part in parts if part.kind != "removed") == new

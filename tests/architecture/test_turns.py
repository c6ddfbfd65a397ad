"""Two runners share the tests: what is long comes first, and every test once."""

from __future__ import annotations

from pathlib import Path

from tests.turns import FIRST, LONG, SPREAD, in_turns

ROOT = Path(__file__).parents[2]


def test_what_comes_first_is_there() -> None:
    assert [path for path in FIRST if not (ROOT / path).is_file()] == []


def test_every_test_has_its_turn_once() -> None:
    paths = [
        "tests/a.py",
        SPREAD[1],
        "tests/b.py",
        SPREAD[0],
        "tests/b.py",
        LONG[0],
        SPREAD[0],
        "tests/a.py",
        "tests/b.py",
    ]
    turns = in_turns(paths)
    assert sorted(turns) == list(range(len(paths)))
    assert [paths[turn] for turn in turns] == [
        SPREAD[0], SPREAD[0], SPREAD[1], LONG[0], "tests/b.py", "tests/b.py", "tests/b.py", "tests/a.py", "tests/a.py",
    ]  # fmt: skip
    assert [turn for turn in turns if paths[turn] == "tests/b.py"] == [2, 4, 8]

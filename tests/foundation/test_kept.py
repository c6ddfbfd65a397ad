"""Memory of the process: bounded, and never of another state."""

from __future__ import annotations

from nuserus.foundation.kept import Kept


def kept(*, most: int = 3, most_bytes: int = 100, seconds: float = 60) -> Kept[str, str]:
    return Kept(most=most, weigh=len, most_bytes=most_bytes, seconds=seconds)


def test_a_value_is_given_back_for_its_state_only() -> None:
    memory = kept()
    memory.keep("a", "1", "un")
    assert memory.get("a", "1") == "un"
    assert memory.get("a", "2") is None
    assert memory.get("b", "1") is None
    memory.forget("a")
    assert memory.get("a", "1") is None


def test_what_is_asked_least_lately_leaves() -> None:
    memory = kept()
    for key in "abc":
        memory.keep(key, "1", key)
    memory.get("a", "1")
    memory.keep("d", "1", "d")
    assert [memory.get(key, "1") for key in "abcd"] == ["a", None, "c", "d"]


def test_bytes_are_bounded_and_counted_once() -> None:
    memory = kept(most=100)
    for state in "12":
        for key in "abcdef":
            memory.keep(key, state, "x" * 30)
            assert memory.size <= 100
    assert (len(memory), memory.size) == (3, 90)
    memory.keep("g", "1", "x" * 101)
    assert (len(memory), memory.size) == (0, 0)


def test_an_old_value_is_not_given_back() -> None:
    memory = kept(seconds=-1)
    memory.keep("a", "1", "un")
    assert memory.get("a", "1") is None

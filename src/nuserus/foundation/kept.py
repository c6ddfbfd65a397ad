"""What is costly to make and the same for many, kept in the process within bounds."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from math import inf
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Value]):
    state: str
    value: Value
    size: int
    until: float


class Kept(Generic[Key, Value]):
    """The last values, each with the state (a fingerprint, a version) that it was made from.

    At most `most` values, `most_bytes` in all as `weigh` weighs them, none older than `seconds`.
    A value is only given back for its very state: who asks must read the state before the value is
    made, so that a change in between leaves an old state and never an old value.
    """

    def __init__(
        self, *, most: int, weigh: Callable[[Value], int], most_bytes: int = 20_000_000, seconds: float = inf
    ) -> None:
        self._most, self._most_bytes, self._seconds, self._weigh = most, most_bytes, seconds, weigh
        self._values: OrderedDict[Key, _Kept[Value]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    @property
    def size(self) -> int:
        """What all the values weigh, in bytes."""
        return self._bytes

    def get(self, key: Key, state: str) -> Value | None:
        """The value, if it was made from this very state and not too long ago."""
        with self._lock:
            kept = self._values.get(key)
            if kept is None or kept.state != state or kept.until < monotonic():
                return None
            self._values.move_to_end(key)
            return kept.value

    def keep(self, key: Key, state: str, value: Value) -> None:
        """Keep a value; those that were asked for least lately leave."""
        kept = _Kept(state, value, self._weigh(value), monotonic() + self._seconds)
        with self._lock:
            self._drop(key)
            self._values[key] = kept
            self._bytes += kept.size
            while len(self._values) > self._most or self._bytes > self._most_bytes:
                self._drop(next(iter(self._values)))

    def forget(self, key: Key) -> None:
        """Leave no word of a value in memory."""
        with self._lock:
            self._drop(key)

    def clear(self) -> None:
        """Leave nothing in memory."""
        with self._lock:
            self._values.clear()
            self._bytes = 0

    def _drop(self, key: Key) -> None:
        kept = self._values.pop(key, None)
        if kept is not None:
            self._bytes -= kept.size

"""What several tests of the readers do: give a file, or bytes, to a reader."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from nuserus.directory.readers.opening import Limits, Source, opened
from nuserus.directory.readers.records import Problem

FILES = Path(__file__).parents[1] / "files"
Given = TypeVar("Given")


def read_file(reader: Callable[[Source], Iterator[Given | Problem]], name: str) -> tuple[list[Given], list[Problem]]:
    """The records and the problems of a file of `tests/directory/files`."""
    with opened(FILES / name) as source:
        return _apart(reader(source))


def read_bytes(
    reader: Callable[[Source], Iterator[Given | Problem]], content: bytes, *, limits: Limits | None = None
) -> tuple[list[Given], list[Problem]]:
    """The records and the problems of a content."""
    with opened(io.BytesIO(content), limits=limits) as source:
        return _apart(reader(source))


def _apart(given: Iterator[Given | Problem]) -> tuple[list[Given], list[Problem]]:
    records: list[Given] = []
    problems: list[Problem] = []
    for one in given:
        if isinstance(one, Problem):
            problems.append(one)
        else:
            records.append(one)
    return records, problems

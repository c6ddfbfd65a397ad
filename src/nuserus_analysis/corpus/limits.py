"""How much is read, and why a file is refused. Sizes are checked before anything is opened."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

MEGABYTE: Final = 1024 * 1024
MAX_TEXT: Final = 200 * MEGABYTE
"""Bytes of a text, a CSV, an IRaMuTeQ corpus: about 30 million words."""
MAX_OFFICE: Final = 100 * MEGABYTE
"""Bytes of a DOCX or an ODT as it lies on the disk, with its pictures."""
MAX_OFFICE_TEXT: Final = 50 * MEGABYTE
"""Bytes of the text inside it, once unpacked."""
MAX_RATIO: Final = 200
"""Times that its text may grow when unpacked: writing shrinks five to thirty times."""
SMALL: Final = MEGABYTE
"""Up to this size unpacked, the ratio does not matter."""
MAX_ENTRIES: Final = 10_000
MAX_FILES: Final = 10_000
MAX_DOCUMENTS: Final = 200_000


class Problem(StrEnum):
    """Why a corpus can't be read."""

    MISSING = "missing"
    EMPTY = "empty"  # nothing is written in it
    TOO_LARGE = "too large"
    BINARY = "binary"
    UNDECODABLE = "undecodable"
    UNKNOWN_KIND = "unknown kind"
    DAMAGED = "damaged"
    SWELLING = "swelling"  # small packed, huge unpacked
    NO_COLUMN = "no column"
    NO_HEADER = "no header"
    UNREADABLE = "unreadable"  # the system refuses
    TOO_MANY = "too many"


class UnreadableCorpus(Exception):
    """A file that can't be read as a corpus: `problem`, the `file`, and a `detail` for the sentence."""

    def __init__(self, problem: Problem, file: str, detail: str = "") -> None:
        super().__init__(f"{file}: {problem}{f' ({detail})' if detail else ''}")
        self.problem, self.file, self.detail = problem, file, detail

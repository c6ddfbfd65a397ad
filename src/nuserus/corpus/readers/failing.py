"""What is said of a file that can't be read, and how much is read at most."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024
MAX_BYTES: Final = 25 * MEGABYTE
"""Bytes of a file as it is given."""
MAX_UNPACKED: Final = 40 * MEGABYTE
"""Bytes of the text inside a DOCX or an ODT, once unpacked."""
MAX_SIGNS: Final = 5_000_000
"""Code points of a text: some eighty hours of talk."""
MAX_TURNS: Final = 20_000
MAX_DEPTH: Final = 60
"""Elements inside one another in a JSON or a page."""


class UnreadableTranscript(Exception):
    """The file can't be read as a transcript. `sentence` says why, and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

"""Plain text: what people type, without what cannot be seen."""

from __future__ import annotations

import re
import unicodedata

# Control characters but tab and line feed; lone surrogates can't be stored either.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
# Not the unbreakable space that French puts before a colon.
_BLANKS = re.compile(r"[ \t\n]+")
# Embeddings, overrides and isolates: they can make a line read otherwise than it is written.
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


def plain_text(text: str) -> str:
    """The text in NFC, with line feeds as line ends, without control characters.

    >>> plain_text("Une\\x00 tablette\\r\\nbleue ")
    'Une tablette\\nbleue'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", lines)).strip()


def plain_line(text: str) -> str:
    """The text on one line, without marks of writing direction: for titles and names.

    >>> plain_line("Une\\ntablette \\u202ebleue")
    'Une tablette bleue'
    """
    return _BLANKS.sub(" ", _DIRECTION.sub("", plain_text(text))).strip()

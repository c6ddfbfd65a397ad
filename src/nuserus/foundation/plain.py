"""Plain text: what people type, without what cannot be seen.

Everything that people write here is plain text in any script. What goes is what has no place in one:
control characters, which can't be stored or shown; lone surrogates; and the marks that make a line
read otherwise than it is written (embeddings, overrides, isolates: U+202A–U+202E, U+2066–U+2069). What
right-to-left scripts need stays: the letters carry their direction, and the three marks that separate
them from figures and signs (U+200E, U+200F, U+061C), the joiners of Persian or of emoji, accents.
"""

from __future__ import annotations

import re
import unicodedata

# Control characters but tab and line feed; lone surrogates can't be stored either.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Not the unbreakable space that French puts before a colon.
_BLANKS = re.compile(r"[ \t\n]+")
# Embeddings, overrides and isolates: they can make a line read otherwise than it is written.
_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# On one line, the marks go too: a title stands between words of ours.
_MARKS = re.compile(r"[\u200e\u200f\u061c]")


def visible(text: str) -> str:
    """The text without what cannot be stored or would hide how it reads; line ends are left alone.

    >>> visible("Une\\x00 tab\\u202elette\\r\\n")
    'Une tablette\\r\\n'
    """
    return _OVERRIDES.sub("", _CONTROL.sub(lambda found: found.group() if found.group() == "\r" else "", text))


def plain_text(text: str) -> str:
    """The text in NFC, with line feeds as line ends, without what cannot be seen.

    >>> plain_text("Une\\x00 tablette\\r\\nbleue ")
    'Une tablette\\nbleue'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _OVERRIDES.sub("", _CONTROL.sub("", lines))).strip()


def plain_line(text: str) -> str:
    """The text on one line, without marks of writing direction: for titles and names.

    >>> plain_line("Une\\ntablette \\u202ebleue")
    'Une tablette bleue'
    """
    return _BLANKS.sub(" ", _MARKS.sub("", plain_text(text))).strip()

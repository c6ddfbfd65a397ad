"""One text for the same words: what offsets count in, and a digest that tells whether it changed.

Composed letters (NFC), lines that end with a single line feed, no mark of byte order. Nothing else is
touched: what was written stays as it was written.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from nuserus_analysis.text.folding import normalise

_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x85")


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical text and the SHA-256 of its UTF-8, in hexadecimal."""

    text: str
    sha256: str


def canonical_text(text: str) -> str:
    """The canonical form of a text; applied twice, it changes nothing more.

    >>> canonical_text("\\ufeffe\\u0301te\\u0301\\r\\n")
    'été\\n'
    """
    return normalise(_LINE_END.sub("\n", text.lstrip("\ufeff")))


def canonical(text: str) -> Canonical:
    """A text in its canonical form, with its digest (a lone surrogate counts as the bytes it would have)."""
    found = canonical_text(text)
    return Canonical(found, hashlib.sha256(found.encode("utf-8", "surrogatepass")).hexdigest())

"""Canonical text: NFC, line feeds, no byte order mark, nothing that cannot be seen."""

from __future__ import annotations

import hashlib
import re

from nuserus.foundation.plain import visible
from nuserus_analysis.text.canonical import canonical_text

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{3,}")


def canonical(text: str) -> str:
    """The text as it is kept: doing it twice changes nothing more.

    >>> canonical("\\ufeffElle rit.\\r\\n\\r\\n\\r\\n\\r\\nSouvent. ")
    'Elle rit.\\n\\nSouvent.'
    """
    kept = visible(canonical_text(text).replace("\ufeff", "").replace("\r", "\n"))
    return _EMPTY_LINES.sub("\n\n", _TRAILING.sub("", kept)).strip()


def digest(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def count_words(text: str) -> int:
    """How many words it has; « aujourd’hui » and « peut-être » are one each.

    >>> count_words("Peut-être aujourd’hui, oui.")
    3
    """
    return sum(1 for _found in _WORD.finditer(text))

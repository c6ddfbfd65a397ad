"""One spelling for each word: canonical form, then letters without accents."""

import re
import unicodedata
from typing import Final

IGNORABLE: Final = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
"""Character class of marks that show nothing: soft hyphen, zero width, direction controls."""

_IGNORABLE = re.compile(f"[{IGNORABLE}]")
# NFKD leaves these letters whole.
_LETTERS: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def normalise(text: str) -> str:
    """Return the canonical composition (NFC) of *text*, in which all offsets count.

    Canonical texts of nuserus are NFC already, so their offsets do not move.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(word: str) -> str:
    """Return *word* in small letters without accents, ligatures or invisible marks.

    Beyond ASCII only letters and figures are kept.

    >>> fold("Cœur"), fold("ÉLÈVE"), fold("nævus"), fold("auti\\u00adsme")
    ('coeur', 'eleve', 'naevus', 'autisme')
    """
    if word.isascii():
        return word.lower()
    plain = _IGNORABLE.sub("", word).casefold().translate(_LETTERS)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(filter(str.isalnum, decomposed))

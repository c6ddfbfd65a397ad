"""Forms that write the masculine and the feminine at once.

``éducateur·rice·s``, ``référent(e)s``, ``directeur-rice`` and ``animateur/trice``
are one word: the masculine that stands before the first mark.
"""

import re
from typing import Final

from nuserus_analysis.text.folding import fold

MARKS: Final = "·•‧∙⋅.‐‑/-"
"""Signs that may part the endings, hyphen last so that it can stand in a character class."""

_FORM = re.compile(
    rf"^(?P<base>.{{2,}}?)(?:(?:[{MARKS}](?P<ending>[^\W\d_]{{1,6}}))(?P<more>(?:[{MARKS}][^\W\d_]{{1,2}})*)|\((?P<inside>[^\W\d_]{{1,6}})\)s?)$"
)

# What may follow which ending of the masculine (folded, plural mark removed from both).
_AFTER: Final[dict[str, tuple[str, ...]]] = {
    "": ("",),  # éducateur·s
    "e": ("",),
    "le": ("l",),
    "lle": ("l",),
    "elle": ("el", "eau"),
    "ne": ("n",),
    "nne": ("n",),
    "enne": ("en",),
    "te": ("t",),
    "tte": ("t",),
    "fe": ("f",),
    "ve": ("f",),
    "ive": ("if",),
    "rice": ("eur",),
    "trice": ("eur",),
    "ice": ("eur",),
    "atrice": ("ateur",),
    "euse": ("eur", "eux"),
    "se": ("eur", "eux"),
    "ere": ("er",),
    "iere": ("ier",),
    "re": ("er",),
    "esse": ("e", "eur"),
    "eresse": ("eur",),
    "euresse": ("eur",),
    "che": ("c",),
    "que": ("c",),
    "ale": ("al", "aux"),
    "aine": ("ain",),
    "ante": ("ant",),
    "ente": ("ent",),
    "ee": ("e",),
}


def _singular(folded: str) -> str:
    return folded[:-1] if folded.endswith("s") else folded


def epicene_base(chunk: str) -> int:
    """Return how many characters of *chunk* are the masculine form, 0 if it is no such form.

    >>> [epicene_base(word) for word in ("éducateur·rice·s", "référent(e)s", "savoir-faire")]
    [9, 8, 0]
    """
    match = _FORM.match(chunk)
    if match is None or any(_singular(fold(part)) not in ("", "e") for part in _parts(match["more"])):
        return 0
    ending = _singular(fold(match["ending"] or match["inside"]))
    base = fold(match["base"])
    if ending not in _AFTER:
        return 0
    singular = _singular(base)
    fits = any(singular.endswith(end) or base.endswith(end) for end in _AFTER[ending])
    return match.end("base") if fits and singular else 0


def _parts(more: str | None) -> list[str]:
    return [part for part in re.split(rf"[{MARKS}]", more or "") if part]

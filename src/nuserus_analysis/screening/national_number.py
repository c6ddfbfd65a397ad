"""The national registration number (NIR, « numéro de sécurité sociale »): its shape, key or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from nuserus_analysis.screening.flags import Found, Kind

_GAP = r"\s?[.\-/_]?\s?"
# sex, year, month (or one of the codes that stand for an unknown one), department, town, rank, key
_NIR = re.compile(
    r"(?<![\d])(?<!\d[\s.\-])"
    rf"[12378]{_GAP}\d{{2}}{_GAP}(?:0[1-9]|1[0-2]|[2-9]\d){_GAP}(?:\d{{2}}|2[ABab]){_GAP}\d{{3}}{_GAP}\d{{3}}"
    rf"(?:{_GAP}(?:cl[ée]\s?)?\d{{2}})?(?![\s.\-]?\d)"
)


def find_nirs(text: str) -> Iterator[Found]:
    """Numbers of thirteen or fifteen figures in the shape of a NIR. A wrong key is often a slip: it is not asked."""
    for found in _NIR.finditer(text):
        yield Found(Kind.NIR, found.start(), found.end())

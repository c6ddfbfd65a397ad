"""What paper can be made to say: characters that our fonts draw, and French spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from nuserus.ui.typography import NO_BREAK, french_spaces

#: Stands for one or more signs that no font draws (emoji, other scripts).
UNDRAWN: Final = "▯"

# Blocks of which our fonts, and those that the typesetter brings, draw every letter and sign below.
# tests/ui/test_typesetting.py sets them all, and says which one is refused.
_BLOCKS: Final = (
    "20-7E A0-AC AE-24F 370-377 37A-37F 384-38A 38C 38E-3A1 3A3-482 48A-4FF 606-60C 61B 61F 621-63A 640-64A 660-66D "
    "674 679-67B 67E-680 683-684 686-687 691 698 6A4 6A9 6AF 6BE 6CC 6F0-6F9 1E00-1EFF 2010-2027 202F 2030-2040 2042 "
    "2044-2052 2054-205E 2070-2071 2074-208E 2090-209C 20A0-20BF 2100-211E 2120 2122 2124 2126-2151 2153-2184 2189 "
    "2190-22FF 2460-249B 2500-2606 2609-262F 2638-268B 2690-269C 26A0-26A7 26AA-26AF 26B2 2701-2704 2706-2709 "
    "270C-2714 2717-2726 272A-274B 274D 274F-2752 2756 2758-275E 2761-277F 2794 2798-27AF 27B1-27BF"
)
_LONG_WORD: Final = re.compile(r"[^\s\u200b]{32}(?=[^\s\u200b])")
_BREAK_HERE: Final = "\u200b"
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")


@cache
def drawn_signs() -> frozenset[str]:
    """Every character that may be set; spaces and letters, no mark that is laid over another."""
    signs: set[str] = set()
    for block in _BLOCKS.split():
        first, _, last = block.partition("-")
        signs.update(chr(code) for code in range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(sign for sign in signs if unicodedata.category(sign)[0] in "LNPSZ")


def printable(text: object) -> str:
    """The text on one line as paper can say it.

    Signs without a drawing become one `UNDRAWN` each run; marks laid over letters, and what cannot be
    seen, go. Very long words may be broken.

    >>> printable("Bravo 🙂🙂 à tous !")
    'Bravo ▯ à tous\\xa0!'
    """
    signs: list[str] = []
    for sign in unicodedata.normalize("NFC", str(text)):
        if sign in drawn_signs():
            signs.append(sign)
        elif sign.isspace():
            signs.append(" ")
        elif unicodedata.category(sign)[0] not in "MC" and signs[-1:] != [UNDRAWN]:
            signs.append(UNDRAWN)
    line = " ".join("".join(signs).replace(NO_BREAK, "\x00").split()).replace("\x00", NO_BREAK)
    return _LONG_WORD.sub(lambda run: run.group() + _BREAK_HERE, french_spaces(line))


def printable_paragraphs(text: str) -> list[list[str]]:
    """Paragraphs, each a list of lines; empty ones are left out."""
    paragraphs = ([line for line in map(printable, part.splitlines()) if line] for part in _PARAGRAPHS.split(text))
    return [lines for lines in paragraphs if lines]

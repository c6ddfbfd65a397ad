"""Messages of the command line, without Django (the supervisor stays small in memory).

French is the source; the catalogue of the screens is used when the terminal asks for another language.
"""

from __future__ import annotations

import gettext as catalogues
import os
from functools import cache
from pathlib import Path

LOCALE_FOLDER = Path(__file__).resolve().parent.parent / "locale"


def terminal_language() -> str:
    """Two letters, from the usual variables; French unless they name English."""
    for name in ("NUSERUS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "en" if value.lower().startswith("en") else "fr"
    return "fr"


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("django", LOCALE_FOLDER, languages=[language], fallback=True)


def gettext(sentence: str) -> str:
    """The sentence in the language of the terminal; French when no catalogue has it."""
    language = terminal_language()
    return sentence if language == "fr" else _catalogue(language).gettext(sentence)

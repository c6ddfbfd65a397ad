"""Days and hours as they are read: « 1er décembre 2026 », « 16 h »; other languages keep the forms of Django.

Templates have this by their filters `date` and `time` (`ui.templatetags.nu`, built in); Python by `date_format`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time

from django.utils import formats
from django.utils.translation import get_language

# A day before its month, and minutes after « h »: in the letters of Django's formats.
_DAY = re.compile(r"(?<!\\)j(?=[ \u00a0]+[FEMNb])")
_MINUTES = re.compile(r"(?<=\\h)[ \u00a0]+i")


def in_words(value: object, form: str) -> str:
    """The format for this very day or hour: the first of a month is « 1er », a full hour has no minutes.

    >>> in_words(date(2026, 12, 1), "l j F Y")
    'l j\\\\e\\\\r F Y'
    >>> in_words(time(16, 0), r"G \\h i")
    'G \\\\h'
    """
    if not (get_language() or "").startswith("fr"):
        return form
    form = formats.get_format(form)
    if isinstance(value, date) and value.day == 1:
        form = _DAY.sub(r"j\\e\\r", form)
    if isinstance(value, datetime | time) and value.minute == 0:
        form = _MINUTES.sub("", form)
    return form


def date_format(value: date | datetime, form: str = "DATE_FORMAT") -> str:
    """The day or the moment in the language of the reader. `form` is in the letters of Django's formats."""
    return formats.date_format(value, in_words(value, form))

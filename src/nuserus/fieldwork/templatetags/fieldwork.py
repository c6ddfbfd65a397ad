"""How words that were taken back are shown."""

from __future__ import annotations

import re

from django import template
from django.utils.translation import gettext as _

from nuserus.consent.provenance import MASK

register = template.Library()
_COVERED = re.compile(f"{MASK}[{MASK}\n]*")


@register.filter
def covered(text: str) -> str:
    """The text with what was covered said in a word: a row of signs is long, and says nothing aloud."""
    return _COVERED.sub(_("[effacé]"), text)

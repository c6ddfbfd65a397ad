"""Sheets near the one on the page."""

from __future__ import annotations

from django.utils.safestring import SafeString

from nuserus.foundation.asking import Asking
from nuserus.practices.models import Sheet
from nuserus.practices.queries.found import sheets_related_to
from nuserus.practices.views.cards import cards_as_html


def related_cards(asking: Asking, sheet: Sheet) -> SafeString:
    """The cards of a few related sheets; empty when nothing is near."""
    return cards_as_html(sheets_related_to(asking, sheet))

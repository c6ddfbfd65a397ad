"""Cards of sheets as HTML, rendered once: a list of twenty costs more than its query otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nuserus.practices.models import Sheet
from nuserus.practices.queries.listing import SheetCard, sheet_cards


def cards_as_html(sheets: Iterable[Sheet], *, heading: int = 3) -> SafeString:
    """The cards of sheets, one after the other, as items of a list."""
    language = get_language() or ""
    rendered = ((_rendered(card, heading, language),) for card in sheet_cards(sheets))
    return format_html_join("", "<li>{}</li>", rendered)


@lru_cache(maxsize=4096)
def _rendered(card: SheetCard, heading: int, language: str) -> SafeString:
    """A pure function of what it is given: the same card is the same for everybody."""
    return render_to_string("practices/results/_card.html", {**asdict(card), "heading": heading})

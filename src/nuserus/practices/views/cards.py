"""Cards of sheets as HTML, rendered once: a list of twenty costs more than its query otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.listing import Listed, card_of


def cards_as_html(sheets: Iterable[Listed], *, heading: int) -> SafeString:
    """The cards of sheets, one after the other, as items of a list; `heading` is their level."""
    language, edition = get_language() or "", labels().edition
    return format_html_join("", "{}", ((_rendered(sheet, heading, language, edition),) for sheet in sheets))


@lru_cache(maxsize=4096)
def _rendered(sheet: Listed, heading: int, language: str, edition: str) -> SafeString:
    """A pure function of what it is given, with the words of one edition: the same card for everybody."""
    card = asdict(card_of(sheet, labels()))
    return render_to_string("practices/results/_item.html", {**card, "heading": heading})

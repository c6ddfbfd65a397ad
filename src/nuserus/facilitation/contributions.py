"""What tellings add to the pages of sheets."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from nuserus.facilitation.queries.meetings import bookings_ahead, free_slots
from nuserus.facilitation.queries.state import telling_state
from nuserus.facilitation.queries.tellings import open_tellings, telling_of, words_on
from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet

_OPEN = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


def start_section(request: HttpRequest, asking: Asking) -> SafeString:
    """« Je raconte, quelqu’un écrit », below « Commencer une fiche »."""
    context = {
        "slot": free_slots(asking, 1).first(),
        "bookings": bookings_ahead(asking)[:3],
        "tellings": open_tellings(asking)[:3],
        "plain_first": bool(asking.roles & {"accompanied", "relative"}),
        "writes": "facilitator" in asking.roles,
    }
    return render_to_string("facilitation/_start_section.html", context, request)


def telling_section(request: HttpRequest, sheet: Sheet) -> SafeString:
    """On « Où en est ma fiche »: who writes, what waits to be read, the words of persons."""
    asking = asking_of(request)
    telling = telling_of(sheet)
    state = telling_state(asking, telling) if telling is not None else {}
    context = {
        **state,
        "told_sheet": sheet,
        "is_open": sheet.status in _OPEN,
        "is_author": sheet.author_id == asking.user_id,
        "said": words_on(sheet),
    }
    return render_to_string("facilitation/_telling_section.html", context, request)

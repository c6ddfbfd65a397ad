"""Where a telling is, as its pages show it."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from nuserus.facilitation.models import Telling
from nuserus.facilitation.queries.cards import cards_to_read
from nuserus.facilitation.queries.tellings import agrees_to_publish, is_together, words_on
from nuserus.facilitation.rules import can_read_telling
from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS
from nuserus.practices.queries.choices import institution_choices

_OPEN = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


def telling_state(asking: Asking, shown: Telling) -> dict[str, object]:
    """What both read of a telling."""
    cards = cards_to_read(shown)
    is_teller = shown.teller_id == asking.user_id
    code_shown = is_teller and bool(shown.code) and shown.code_until is not None and shown.code_until > timezone.now()
    agrees = agrees_to_publish(shown)
    approved = bool(cards) and all(card.approved for card in cards)
    questions = [name for name in ALL_QUESTIONS if name not in ("facets", "ethics", "names")]
    return {
        "telling": shown,
        "sheet": shown.sheet,
        "is_open": shown.sheet.status in _OPEN,
        "is_teller": is_teller,
        "holds": shown.scope_author == asking.user_id and not is_teller,
        "together": is_together(shown),
        "code": f"{shown.code[:3]} {shown.code[3:]}" if code_shown else "",
        "cards": cards,
        "left": sum(not card.approved for card in cards),
        "approved": approved,
        "agrees": agrees,
        "words": words_on(shown.sheet),
        "places": institution_choices(asking),
        "sends": approved and agrees and shown.sheet.status in _OPEN and not is_teller,
        "is_member": bool(asking.institutions),
        "questions": [
            (ALL_QUESTIONS[name], reverse("telling:question", args=[shown.sheet_id, name])) for name in questions
        ],
        "why": can_read_telling.why(asking, shown),
    }

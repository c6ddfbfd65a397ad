"""An answer that becomes a sheet."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.community.models import Answer
from nuserus.community.rules import can_change_answer
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.practices.actions.answers import Typed, save_answer
from nuserus.practices.actions.start import start_sheet
from nuserus.practices.enums.telling import MAX_CARDS
from nuserus.practices.models import Sheet

_CARD = 2000


@transaction.atomic
def start_sheet_from(*, actor: Asking, answer: Answer) -> Sheet:
    """Start a sheet with the words of one's own answer as « ce que nous avons fait »; twice is once.

    Who answered is its author; the question and the sheet point to one another. Raises Unreadable,
    PermissionDenied for somebody else's answer.
    """
    can_change_answer.require(actor, answer)
    if answer.hidden_at is not None:
        raise PermissionDenied(_("Cette réponse est masquée : elle ne devient pas une fiche pour le moment."))
    if answer.became is not None:
        return answer.became
    sheet = start_sheet(actor=actor)
    question = answer.question
    if question.devices:
        _save(actor, sheet, "device", {"devices": question.devices, "own_devices": ""})
    if question.publics:
        _save(actor, sheet, "public", {"publics": question.publics})
    _save(actor, sheet, "did", {f"text_{place}": text for place, text in enumerate(_cards(answer.text), 1)})
    answer.became = sheet
    answer.save(update_fields=["became"])
    record("start sheet from answer", actor=actor.user_id, object_id=sheet.pk)
    return sheet


def _save(actor: Asking, sheet: Sheet, question: str, fields: dict[str, object]) -> None:
    save_answer(actor=actor, sheet_id=sheet.pk, typed=Typed(question, fields, 0))


def _cards(text: str) -> list[str]:
    """The paragraphs, one a card; the last card takes the rest, and no card is longer than it may be."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    first, rest = parts[: MAX_CARDS - 1], parts[MAX_CARDS - 1 :]
    cards = first + (["\n\n".join(rest)] if rest else [])
    cut = [card[start : start + _CARD] for card in cards for start in range(0, len(card), _CARD)]
    return cut[:MAX_CARDS]

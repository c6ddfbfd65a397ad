"""Adapter chez nous: a descendant of a sheet that keeps its links, card by card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.actions.start import start_sheet
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import MAX_CARDS
from nuserus.practices.models import Card, Sheet
from nuserus.practices.queries.titles import MAX_TITLE, shortened
from nuserus.practices.rules import can_adapt_sheet

# What another place can start from. What happened, the words of the person, the ethics answers and
# the photos belong to the place that told them: the adaptation answers for itself.
COPIED = (
    "devices",
    "own_devices",
    "publics",
    "trades",
    "axes",
    "planes",
    "ways",
    "modalities",
    "themes",
    "problem",
    "intention",
    "watch_for",
    "when_to_stop",
    "means",
)


@dataclass(frozen=True, slots=True)
class CardChange:
    """A card of ours: `card_id` is None for a step that the origin has not; an empty text drops it."""

    card_id: UUID | None
    text: str
    what_changed: str = ""
    why_changed: str = ""


def adapt_sheet(*, actor: Asking, origin: Sheet, institution: UUID) -> Sheet:
    """A draft with the cards of `origin`, each tied to the one it comes from.

    Raises Unreadable, or PermissionDenied for who is not verified or speaks for somebody else's place.
    """
    can_adapt_sheet.require(actor, origin)
    if origin.status != SheetStatus.PUBLISHED:
        raise PermissionDenied(_("On n’adapte qu’une fiche publiée."))
    sheet = start_sheet(actor=actor, institution=institution, origin=origin)
    for name in COPIED:
        setattr(sheet, name, getattr(origin, name))
    sheet.title = shortened(_("%(title)s, chez nous") % {"title": origin.title}, MAX_TITLE)
    sheet.title_is_proposed = False
    sheet.adapted_from_version = origin.version
    sheet.save(update_fields=[*COPIED, "title", "title_is_proposed", "adapted_from_version", "changed_at"])
    for place, card in enumerate(origin.cards.order_by("position")[:MAX_CARDS]):
        copy = Card(sheet=sheet, position=place, text=card.text, origin=card, origin_text=card.text)
        copy.save(force_insert=True)
    record("adapt sheet", actor=actor.user_id, object_id=sheet.pk)
    return sheet


def save_adaptation(
    *, actor: Asking, sheet: Sheet, cards: Sequence[CardChange], why_changed: str, revision: int
) -> bool:
    """Save the steps, what changed in each and why; False when they were changed elsewhere meanwhile.

    The steps go through the same door as those of the telling: every save is kept, and a late one is
    refused but not lost. Raises Unreadable, PermissionDenied, ValidationError.
    """
    kept = [card for card in cards if card.text.strip()][:MAX_CARDS]
    fields = {}
    for place in range(1, MAX_CARDS + 1):
        change = kept[place - 1] if place <= len(kept) else CardChange(None, "")
        fields[f"text_{place}"] = change.text
        fields[f"card_{place}"] = str(change.card_id or "")
    typed = Typed("did", fields, revision, from_page=True)
    saved = save_answer(actor=actor, sheet_id=sheet.pk, typed=typed)
    if isinstance(saved, Conflict):
        return False
    for card, said in zip(sheet.cards.order_by("position"), kept, strict=True):
        card.what_changed, card.why_changed = said.what_changed.strip(), said.why_changed.strip()
        card.save(update_fields=["what_changed", "why_changed"])
    sheet.refresh_from_db()
    sheet.why_changed = why_changed.strip()
    sheet.save(update_fields=["why_changed", "changed_at"])
    return True

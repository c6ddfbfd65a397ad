"""The cards of a sheet: what was done, in order."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from nuserus.practices.models import Card, Sheet


def put_cards(sheet: Sheet, cards: Sequence[tuple[UUID | None, str]]) -> list[Card]:
    """Make these the cards of the sheet, in this order; ids of cards it has keep their links.

    A card that comes from another sheet so stays tied to its origin when it is moved or reworded.
    Ids that are not of this sheet, and repeated ones, are those of new cards.
    """
    before = {card.pk: card for card in sheet.cards.all()}
    kept: list[Card] = []
    for place, (card_id, text) in enumerate(cards):
        card = before.pop(card_id, None) if card_id else None
        if card is None:
            card = Card(sheet=sheet, position=place, text=text)
            card.save(force_insert=True)
        elif (card.position, card.text) != (place, text):
            card.position, card.text = place, text
            card.save(update_fields=["position", "text"])
        kept.append(card)
    sheet.cards.filter(pk__in=before).delete()
    return kept

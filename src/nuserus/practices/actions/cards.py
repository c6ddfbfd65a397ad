"""The cards of a sheet: what was done, in order."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from uuid import UUID

from nuserus.practices.models import Card, Sheet

# Two wordings of one step share at least this part of their letters.
ALIKE = 0.55


def put_cards(sheet: Sheet, cards: Sequence[tuple[UUID | None, str]]) -> list[Card]:
    """Make these the cards of the sheet, in this order, each the card it was before where there is one.

    A card is known by its id; without one by its words, then by its place when none was added nor
    removed, then by like words. So a card that comes from another sheet stays tied to it when it is
    moved or reworded. Ids that are not of this sheet, and repeated ones, are those of new cards.
    """
    before = list(sheet.cards.order_by("position"))
    known = _recognised(before, cards)
    kept: list[Card] = []
    for place, (_card_id, text) in enumerate(cards):
        card = known.get(place)
        if card is None:
            card = Card(sheet=sheet, position=place, text=text)
            card.save(force_insert=True)
        elif (card.position, card.text) != (place, text):
            card.position, card.text = place, text
            card.save(update_fields=["position", "text"])
        kept.append(card)
    sheet.cards.exclude(pk__in=[card.pk for card in kept]).delete()
    return kept


def _recognised(before: list[Card], cards: Sequence[tuple[UUID | None, str]]) -> dict[int, Card]:
    """Which earlier card is at which place now: four ways to know it, the surest first."""
    found: dict[int, Card] = {}
    left = {card.pk: card for card in before}
    same_number = len(cards) == len(before)

    def by_id(_place: int, card_id: UUID | None, _text: str) -> Card | None:
        return left.get(card_id) if card_id else None

    def by_words(_place: int, card_id: UUID | None, text: str) -> Card | None:
        return None if card_id else next((card for card in left.values() if card.text == text), None)

    def by_place(place: int, card_id: UUID | None, _text: str) -> Card | None:
        return left.get(before[place].pk) if same_number and not card_id else None

    def by_like_words(_place: int, card_id: UUID | None, text: str) -> Card | None:
        return None if card_id else _most_alike(text, left)

    for way in (by_id, by_words, by_place, by_like_words):
        for place, (card_id, text) in enumerate(cards):
            card = None if place in found else way(place, card_id, text)
            if card is not None:
                found[place] = left.pop(card.pk)
    return found


def _most_alike(text: str, cards: dict[UUID, Card]) -> Card | None:
    likeness = [(SequenceMatcher(None, card.text, text).ratio(), card) for card in cards.values()]
    best = max(likeness, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= ALIKE else None

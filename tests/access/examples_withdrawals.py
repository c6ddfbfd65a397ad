"""Addresses of withdrawals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World


def withdrawals_examples(world: World) -> Iterator[Example]:
    """The choice, the receipt, what must be looked at; with a card, whose code opens nothing here."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    (done,) = world.rows["consent.Withdrawal"]
    (flagged,) = world.rows["consent.Flagged"]
    yield Example("consent:card_withdraw_all", "consent:card_withdraw_all", reverse("consent:card_withdraw_all"))
    yield _on("consent:withdraw_all", "", done.scope_mission, done.subject, missing=(done.scope_mission, NOT_THERE))
    for name in ("withdrawal", "receipt", "card_receipt"):
        yield _on(f"consent:{name}", "", done.pk, missing=(NOT_THERE,))
    yield _on("consent:withdrawals", "", done.scope_mission, missing=(NOT_THERE,))
    yield _on("consent:review_flagged", "", flagged.pk, missing=(NOT_THERE,))

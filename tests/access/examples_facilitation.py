"""Addresses of tellings, meetings, words and consents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse

from tests.access.world_facilitation import QUOTED, WITH

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

PLAIN = ("start", "now", "join", "without_account", "slots", "ask_call", "plain")
ON_A_TELLING = ("telling", "code", "leave", "sign", "read", "agree", "send")


def facilitation_examples(world: World) -> Iterator[Example]:
    """The way in, then each thing with its case."""
    from tests.access.examples import NOT_THERE, Example, _on  # it imports us

    for name in ("consent:list", "consent:card", *(f"facilitation:{one}" for one in PLAIN)):
        yield Example(name, name, reverse(name))
    for name, label in (
        ("consent:detail", "consent.Consent"),
        ("consent:withdraw", "consent.Consent"),
        ("consent:make_card", "consent.Consent"),
        ("consent:card_withdraw", "consent.Consent"),
        ("facilitation:book", "facilitation.Slot"),
        ("facilitation:remove_slot", "facilitation.Slot"),
        ("facilitation:booking", "facilitation.Booking"),
        ("facilitation:begin", "facilitation.Booking"),
        ("facilitation:cancel", "facilitation.Booking"),
        ("facilitation:cancel_call", "facilitation.CallRequest"),
        ("facilitation:answer_call", "facilitation.CallRequest"),
    ):
        yield _on(name, "", world.rows[label][0].pk, missing=(NOT_THERE,))
    cases = {WITH: f"facilitation.Telling · {WITH}", "après son départ": "facilitation.Telling"}
    for name in ON_A_TELLING:
        for case, label in cases.items():
            yield _on(f"facilitation:{name}", case, world.rows[label][0].pk, missing=(NOT_THERE,))
    together = world.rows[f"facilitation.Telling · {WITH}"][0]
    yield _on("facilitation:plain_step", "", together.pk, "quoi", missing=(NOT_THERE, "quoi"))
    published, draft = world.rows["practices.Sheet"]
    for case, sheet in (("publiée", published), ("brouillon", draft)):
        yield _on("facilitation:words", case, sheet.pk, missing=(NOT_THERE,))
    (shown,), (kept,) = world.rows[f"facilitation.PersonWords · {QUOTED}"], world.rows["facilitation.PersonWords"]
    for name in ("facilitation:words_agree", "facilitation:words_remove"):
        yield _on(name, "montrées", shown.pk, missing=(NOT_THERE,))
        yield _on(name, "gardées", kept.pk, missing=(NOT_THERE,))

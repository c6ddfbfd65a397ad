"""Addresses of the rules of use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import reverse

if TYPE_CHECKING:
    from tests.access.examples import Example
    from tests.access.world import World

NOT_THERE = UUID(int=0xDEAD)
AT_WORK = ("work", "describe", "drop", "add_rule", "consult", "simple", "read_over", "adopt", "readers")
ADOPTED = ("charter", "poster")


def charters_examples(world: World) -> Iterator[Example]:
    """What is at work, and a version for each kind of readers."""
    from tests.access.examples import Example

    def on(name: str, case: str, *args: object, missing: tuple[object, ...] = ()) -> Example:
        name = f"charters:{name}"
        gone = reverse(name, args=missing) if missing else ""
        return Example(name, f"{name} · {case}" if case else name, reverse(name, args=args), gone)

    yield on("list", "")
    charter = world.rows["charters.Charter"][0]
    for name in AT_WORK:
        yield on(name, "", charter.pk, missing=(NOT_THERE,))
    rule, proposal = world.rows["charters.HouseRule"][0], world.rows["charters.Proposal"][0]
    consultation = world.rows["charters.Consultation"][0]
    for name in ("change_rule", "move_rule", "remove_rule"):
        yield on(name, "", charter.pk, rule.pk, missing=(charter.pk, NOT_THERE))
    for name in ("decide", "take_back"):
        yield on(name, "", charter.pk, proposal.pk, missing=(charter.pk, NOT_THERE))
    yield on("unconsult", "", charter.pk, consultation.pk, missing=(charter.pk, NOT_THERE))
    yield on("start", "", world.place.pk, missing=(NOT_THERE,))
    cases = zip(("publique", "réseau", "établissement"), world.rows["charters.CharterVersion"], strict=True)
    for case, version in cases:
        for name in ADOPTED:
            yield on(name, case, version.charter_id, missing=(NOT_THERE,))
        yield on("version", case, version.charter_id, version.number, missing=(NOT_THERE, 1))
        yield on("take", case, world.elsewhere.pk, version.pk, missing=(world.elsewhere.pk, NOT_THERE))

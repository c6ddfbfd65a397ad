"""Meetings, tellings, words and consents in the world: the facilitator named on one telling, and off another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nuserus.consent.models import Consent, ConsentCard, ConsentEvent
from nuserus.facilitation.actions.telling import leave_telling
from nuserus.facilitation.models import Approval, Booking, CallRequest, PersonWords, Slot, Telling
from nuserus.foundation.asking import acting_as, as_system
from nuserus.foundation.models.base import new_id
from tests.factories.facilitation import (
    approve_all,
    get_telling,
    make_booking,
    make_call,
    make_slot,
    make_together,
    make_words,
    quote,
)
from tests.factories.practices import answer

if TYPE_CHECKING:
    from tests.access.world import World

TOLD = "CANARI-RECIT"
TOLD_BEFORE = "CANARI-ANCIEN-RECIT"
SAID = "CANARI-PAROLES"
WITH = "avec l’animateur"
QUOTED = "accord donné"
FACILITATION_MODELS = (Slot, Booking, CallRequest, Telling, Approval, PersonWords, Consent, ConsentEvent, ConsentCard)


def add_facilitation(world: World) -> None:
    """The author tells twice: the facilitator still writes once, and has left the other time."""
    author, facilitator, asking = world.people["auteur"], world.people["animateur"], world.people["proche"]
    assert author is not None and facilitator is not None and asking is not None
    world.keep(make_slot(facilitator))
    world.keep(make_booking(author, make_slot(facilitator)))
    world.keep(make_call(asking))
    for case, canary in ((WITH, TOLD), ("", TOLD_BEFORE)):
        telling = make_together(author, facilitator)
        answer(telling.sheet, facilitator, "happened", {"happened": canary})
        approve_all(telling)
        if not case:
            with acting_as(facilitator.pk) as writes:
                leave_telling(actor=writes, telling=get_telling(telling))
        world.keep(get_telling(telling), case=case)
        with as_system("read test data", recorded=False):
            world.keep(Approval.objects.filter(telling=telling).earliest("at"), case=case)
    published, draft = world.rows["practices.Sheet"]
    shown, kept = make_words(published, author), make_words(draft, author, text=SAID)
    quote(shown, author)
    with as_system("read test data", recorded=False):
        world.keep(PersonWords.objects.get(pk=shown.pk), case=QUOTED)
        world.keep(PersonWords.objects.get(pk=kept.pk))
        world.consents |= {
            f"facilitation.PersonWords · {QUOTED}": "citer : donné",
            "facilitation.PersonWords": "citer : non donné",
        }
        world.keep(Consent.objects.get(), ConsentEvent.objects.get())
        made = ConsentCard.objects.create(
            subject=new_id(), digest="0" * 64, scope_author=author.pk, scope_mission=draft.pk
        )
        world.keep(made)
    world.readers |= {
        TOLD: {"auteur", "animateur"},
        TOLD_BEFORE: {"auteur"},
        SAID: {"auteur", "co-auteur nommé"},
    }

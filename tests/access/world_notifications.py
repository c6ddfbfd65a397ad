"""A notice, a wish and a mail of one person, whom nobody else reads, whatever their role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from nuserus.foundation.asking import acting_as, as_system
from nuserus.notifications.actions import notify
from nuserus.notifications.actions.choosing import choose_mail
from nuserus.notifications.enums import Frequency, SendingState
from nuserus.notifications.models import Notice, Preference, Sending
from nuserus.practices.queries.notices import PUBLISHED, RETURNED

if TYPE_CHECKING:
    from tests.access.world import World

NOTICE = "CANARI-AVIS"
NOTIFICATIONS_MODELS = (Notice, Preference, Sending)


def add_notifications(world: World) -> None:
    """« auteur » was told that a draft came back: a title that the draft itself does not have any more."""
    author, other = world.people["auteur"], world.people["relecteur"]
    assert author is not None and other is not None
    draft = world.rows["practices.Sheet"][1]
    with acting_as(other.pk):
        notify(
            kind=RETURNED,
            recipients=[author.pk],
            about=draft.pk,
            address=f"/partager/{draft.pk}/",
            details={"title": NOTICE},
            actor=other.pk,
        )
    with acting_as(author.pk) as asking:
        choose_mail(actor=asking, wanted={PUBLISHED: Frequency.WEEKLY})
    with as_system("test data"):
        now = timezone.now()
        Sending.objects.filter(scope_author=author.pk).update(
            state=SendingState.UNKNOWN, left_at=now, ended_at=now, answer="server gone"
        )
        for model in NOTIFICATIONS_MODELS:
            world.keep(*model._default_manager.filter(scope_author=author.pk))
    world.readers[NOTICE] = {"auteur"}

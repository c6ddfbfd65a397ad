"""A kind of notice of the tests' own, known to them and to the workers they start."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from nuserus.foundation.asking import acting_as
from nuserus.foundation.models.base import new_id
from nuserus.notifications.actions import notify
from nuserus.notifications.enums import Frequency
from nuserus.notifications.registry import register_notice_kind
from nuserus.people.models import Account

KIND = "test.answer"
TITLE = "CANARI-TITRE"
# what nobody may read any more, whoever asks
CLOSED: set[UUID] = set()


def sentence(details: Mapping[str, str]) -> str:
    return f"Une réponse à « {details['title']} »"


def readable(ids: Collection[UUID]) -> Collection[UUID]:
    return set(ids) - CLOSED


def declare_kind() -> None:
    """A kind of notice that goes out at once."""
    register_notice_kind(
        KIND, label="réponses à mes questions", sentence=sentence, default=Frequency.IMMEDIATE, readable=readable
    )


def tell(actor: Account, *recipients: Account, kind: str = KIND, title: str = TITLE) -> UUID:
    """Leave a notice about something new, and say what it is about."""
    about = new_id()
    with acting_as(actor.pk):
        notify(
            kind=kind,
            recipients=[person.pk for person in recipients],
            about=about,
            address="/pratiques/",
            details={"title": title},
            actor=actor.pk,
        )
    return about

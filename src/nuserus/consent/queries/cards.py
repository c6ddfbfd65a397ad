"""What a card shows to who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from nuserus.consent.enums import NoticeFormat, Purpose, State, Voice
from nuserus.consent.models import Consent, ConsentCard
from nuserus.consent.models.notices import pictures_in
from nuserus.consent.provenance import who_answers_for
from nuserus.consent.registry import About, matter_of
from nuserus.consent.rules import can_make_card, can_read_card
from nuserus.foundation.asking import ANONYMOUS, Asking, acting_as
from nuserus.people.models import Account


@dataclass(frozen=True, slots=True)
class ShownByCard:
    """One consent of the person who holds the card, with the text that was shown to them."""

    id: UUID
    purpose: Purpose
    object_kind: str
    object_id: UUID
    voice: Voice
    state: State
    since: datetime
    expires_at: datetime | None
    label: str
    title: str
    body: str
    answers: UUID
    format: NoticeFormat
    language: str

    @property
    def paragraphs(self) -> list[str]:
        """The text that was shown, a paragraph each."""
        return [part for part in self.body.split("\n") if part.strip()]

    @property
    def pictures(self) -> list[tuple[str, str]]:
        """The drawings that were shown, each with its sentence; empty for the other formats."""
        return pictures_in(self.body) if self.format == NoticeFormat.PICTOGRAMS else []

    @property
    def stands(self) -> bool:
        """Whether it can be taken back with the card: the person's own, and given."""
        return self.state == State.GIVEN and self.voice == Voice.PERSON

    @property
    def consequence(self) -> str:
        """What taking it back does, in exact words."""
        matter = matter_of(self.object_kind)
        return str(matter.consequence) if matter else ""


@dataclass(frozen=True, slots=True)
class CardPerson:
    """Whose card it is, who answers for them, and on which mission."""

    subject: UUID
    author: UUID
    mission: UUID


def card_person(digest: str) -> CardPerson | None:
    """The person of a card in use; None when the code opens nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM consent_card_person(%s)", [digest])
        row = cursor.fetchone()
    return CardPerson(*row) if row else None


def card_is_known(digest: str) -> bool:
    """Whether a card with this code is in use."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent_card_known(%s)", [digest])
        return bool(cursor.fetchone()[0])


def shown_by_card(digest: str) -> list[ShownByCard]:
    """What the person of this card was asked and answered, last first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM consent_by_card(%s)", [digest])
        return [
            ShownByCard(
                id=row[0],
                purpose=Purpose(row[1]),
                object_kind=row[2],
                object_id=row[3],
                voice=Voice(row[4]),
                state=State(row[5]),
                since=row[6],
                expires_at=row[7],
                label=row[8],
                title=row[9],
                body=row[10],
                answers=row[11],
                format=NoticeFormat(row[12]),
                language=row[13],
            )
            for row in cursor.fetchall()
        ]


def can_have_card(asking: Asking, consent: Consent) -> bool:
    """Whether the person of this consent has no account, and the asker records what they say."""
    card = ConsentCard(scope_author=consent.scope_author, scope_mission=consent.scope_mission)
    return (
        consent.scope_mission is not None
        and can_make_card.allows(asking, card)
        and still_named(asking, consent)
        and not Account.objects.filter(pk=consent.subject).exists()
    )


def still_named(asking: Asking, consent: Consent) -> bool:
    """Whether the asker did not leave the place where a participant is: with their card everything can be erased."""
    mission = consent.scope_mission
    return mission is None or mission in asking.missions or who_answers_for(consent.subject, mission) is None


def has_card(asking: Asking, consent: Consent) -> bool:
    """Whether a card of this person is in use, for who may know."""
    cards = ConsentCard.objects.filter(subject=consent.subject, scope_mission=consent.scope_mission, ended_at=None)
    return can_read_card.filter(cards, asking).exists()


def about_of(shown: ShownByCard) -> About:
    """What it is about: named as who answers for it reads it, linked only where anybody may go."""
    matter = matter_of(shown.object_kind)
    if matter is None:
        return About("")
    with acting_as(shown.answers) as asking:
        title = matter.describe(asking, shown.object_id).title
    with acting_as(None):
        return About(title, matter.describe(ANONYMOUS, shown.object_id).url)

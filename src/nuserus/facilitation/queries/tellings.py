"""Tellings as those named on them see them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from nuserus.consent.enums import Purpose
from nuserus.consent.queries.consents import consent_holds
from nuserus.facilitation.enums import TellingState
from nuserus.facilitation.models import PersonWords, Telling
from nuserus.facilitation.queries.cards import is_approved
from nuserus.facilitation.rules import can_read_telling, can_read_words
from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.registry import Quotation

_OPEN = (SheetStatus.DRAFT, SheetStatus.TO_REWORK)
SHEET_MATTER = "practices.Sheet"
WORDS_MATTER = "facilitation.PersonWords"


def readable_telling(asking: Asking, telling_id: UUID) -> Telling:
    """A telling with its sheet. Raises Unreadable, also for a facilitator once it is over."""
    found = Telling.objects.select_related("sheet", "teller", "facilitator").filter(pk=telling_id).first()
    if found is None:
        raise Unreadable
    can_read_telling.require(asking, found)
    return found


def open_tellings(asking: Asking) -> QuerySet[Telling]:
    """Tellings under way that the person tells, writes or holds for somebody."""
    mine = can_read_telling.filter(Telling.objects.all(), asking).filter(sheet__status__in=_OPEN)
    return mine.select_related("sheet", "teller", "facilitator").order_by("-started_at", "id")


def telling_of(sheet: Sheet) -> Telling | None:
    """The telling of a sheet, for those who may read it."""
    return Telling.objects.select_related("sheet", "teller", "facilitator").filter(sheet=sheet).first()


def may_leave(telling: Telling) -> bool:
    """Whether the sheet may be sent: all is approved, and the teller agrees to publish."""
    return is_approved(telling) and agrees_to_publish(telling)


def agrees_to_publish(telling: Telling) -> bool:
    """Whether the consent of who tells holds today."""
    return consent_holds(telling.sheet_id, Purpose.PUBLISH, mission=telling.sheet_id)


def is_together(telling: Telling) -> bool:
    """Whether somebody writes with the teller now."""
    return telling.state == TellingState.TOGETHER


def words_on(sheet: Sheet) -> list[PersonWords]:
    """The words on a sheet that the person who asks may read, those erased left out."""
    return list(PersonWords.objects.filter(sheet=sheet, erased_at=None).exclude(text="").order_by("written_at", "id"))


def quotable_words(sheet: Sheet) -> list[PersonWords]:
    """The words that everybody may read: the database gives them that level only while consent holds."""
    return [one for one in words_on(sheet) if one.scope_level == Level.PUBLIC]


def quotations_on(sheet: Sheet) -> list[Quotation]:
    """The same, for the page of the sheet and its paper."""
    return [Quotation(one.text, one.said_by) for one in quotable_words(sheet)]


def readable_words(asking: Asking, words_id: UUID) -> PersonWords:
    """Words with their sheet. Raises Unreadable."""
    found = PersonWords.objects.select_related("sheet").filter(pk=words_id).first()
    if found is None:
        raise Unreadable
    can_read_words.require(asking, found)
    return found

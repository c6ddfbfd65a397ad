"""Several people in one question: who writes now, both texts as one, what one typed before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.foundation.asking import Asking
from nuserus.practices.enums.versions import PRESENT
from nuserus.practices.models import Answer, AnswerSave, Presence, Sheet
from nuserus.practices.rules import can_read_presence, can_read_save

Fields = dict[str, Any]
SAVES_SHOWN = 30
# Short answers: joined on one line.
_LINES = ("title", "own_devices", "alternative")
# One choice among several: ours stays.
_CHOICES = ("evidence", "contribution_")


def writing_now(asking: Asking, sheet: Sheet, question: str) -> list[str]:
    """A sentence for each other person who saved something in this question a moment ago."""
    now = timezone.now()
    rows = can_read_presence.filter(
        Presence.objects.filter(sheet=sheet, question=question, seen_at__gt=now - PRESENT), asking
    )
    others = rows.exclude(account=asking.user_id).select_related("account").order_by("-seen_at")
    return [_writes(row.account.shown_name, int((now - row.seen_at).total_seconds() // 60)) for row in others[:5]]


def _writes(name: str, minutes: int) -> str:
    if minutes < 1:
        return _("%(name)s écrit aussi sur cette question, en ce moment.") % {"name": name}
    said = ngettext(
        "%(name)s écrit aussi sur cette question, il y a %(minutes)d min.",
        "%(name)s écrit aussi sur cette question, il y a %(minutes)d min.",
        minutes,
    )
    return said % {"name": name, "minutes": minutes}


def changed_by_another(asking: Asking, sheet: Sheet, question: str, revision: int) -> bool:
    """Whether somebody else saved this question after the revision that a page shows."""
    answer = Answer.objects.filter(sheet=sheet, question=question).first()
    return answer is not None and answer.revision > revision and answer.changed_by_id != asking.user_id


def both_texts(theirs: Fields, mine: Fields) -> Fields:
    """One answer that loses nothing of either: their text, then ours; the choices of both.

    What one text already holds of the other is not said twice.
    """
    return {name: _both(name, theirs.get(name), mine.get(name)) for name in {**theirs, **mine}}


def _both(name: str, theirs: Any, mine: Any) -> Any:
    if isinstance(theirs, list) or isinstance(mine, list):
        return list(dict.fromkeys([*(theirs or []), *(mine or [])]))
    first, second = str(theirs or ""), str(mine or "")
    if not first or not second or first in second or second in first:
        return max(first, second, key=len)
    if name.startswith(_CHOICES):
        return second
    return f"{first}, {second}" if name in _LINES or name.startswith("name_") else f"{first}\n\n{second}"


@dataclass(frozen=True, slots=True)
class EarlierText:
    """One save of one's own: when, whether it lost against a newer text, and what it said."""

    at: datetime
    refused: bool
    texts: list[str]


def own_saves(asking: Asking, sheet: Sheet, question: str) -> list[EarlierText]:
    """What the person typed in this question, last first; nobody else reads it."""
    rows = can_read_save.filter(AnswerSave.objects.filter(sheet=sheet, question=question), asking)
    mine = rows.filter(saved_by=asking.user_id).order_by("-saved_at", "-id")
    return [EarlierText(row.saved_at, row.refused, _said(row.fields)) for row in mine[:SAVES_SHOWN]]


def _said(fields: Fields) -> list[str]:
    """The texts of a save, without ids."""
    kept = {name: value for name, value in sorted(fields.items()) if not name.startswith("card_")}
    return [", ".join(value) if isinstance(value, list) else str(value) for value in kept.values() if value]

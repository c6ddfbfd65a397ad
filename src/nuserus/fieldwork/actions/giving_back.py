"""Writing down a restitution: who was there by trade, what was said theme by theme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.fieldwork.actions.revisions import next_revision
from nuserus.fieldwork.enums import Stance
from nuserus.fieldwork.models import RestitutionMeeting, RestitutionTheme
from nuserus.fieldwork.rules import can_change_restitution, can_write_restitution
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import StudyPlace

MOST_THEMES = 40
MOST_TRADES = 30


@dataclass(frozen=True, slots=True)
class SaidOf:
    """What the group says of a theme."""

    title: str
    stance: Stance
    said: str


@transaction.atomic
def write_restitution(
    *, actor: Asking, place: StudyPlace, words: Mapping[str, Any], themes: list[SaidOf]
) -> RestitutionMeeting:
    """Another meeting. Raises Unreadable for who does not conduct the study, ValidationError for a day to come."""
    meeting = RestitutionMeeting(place=place, study_id=place.study_id, scope_mission=place.study_id)
    if not can_write_restitution.allows(actor, meeting):
        raise Unreadable
    meeting.written_by = actor.user_id
    _put(meeting, words)
    meeting.save(force_insert=True)
    _say(meeting, themes)
    record("write restitution", actor=actor.user_id, object_id=meeting.pk)
    return meeting


@transaction.atomic
def change_restitution(
    *,
    actor: Asking,
    meeting: RestitutionMeeting,
    words: Mapping[str, Any],
    themes: list[SaidOf],
    revision: int | None = None,
) -> None:
    """Other notes; having read them over is done.

    Raises ValidationError as `write_restitution`, ChangedMeanwhile when it is not at `revision` any more.
    """
    can_change_restitution.require(actor, meeting)
    meeting.revision = next_revision(meeting, revision)
    _put(meeting, words)
    meeting.flagged_at = None
    meeting.save()
    _say(meeting, themes)
    record("change restitution", actor=actor.user_id, object_id=meeting.pk)


def _put(meeting: RestitutionMeeting, words: Mapping[str, Any]) -> None:
    if words["held_on"] > timezone.localdate():
        raise ValidationError({"held_on": _("Notez une restitution une fois qu’elle a eu lieu.")})
    meeting.held_on = words["held_on"]
    trades = (plain_line(line)[:80] for line in words.get("trades", "").splitlines())
    meeting.trades = [trade for trade in trades if trade][:MOST_TRADES]
    meeting.notes = plain_text(words.get("notes", ""))[:10_000]
    meeting.event = words.get("event")


def _say(meeting: RestitutionMeeting, themes: list[SaidOf]) -> None:
    RestitutionTheme.objects.filter(meeting=meeting).delete()
    for position, theme in enumerate(themes[:MOST_THEMES], start=1):
        RestitutionTheme(
            meeting=meeting,
            position=position,
            title=plain_line(theme.title)[:200],
            stance=theme.stance,
            said=plain_text(theme.said)[:3000],
        ).save(force_insert=True)

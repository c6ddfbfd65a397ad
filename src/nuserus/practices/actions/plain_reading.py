"""Recording that people concerned read a simple version over: only then is it called FALC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.publish import require_leave_to_change
from nuserus.practices.enums import SheetEventKind
from nuserus.practices.enums.versions import PlainWay
from nuserus.practices.models import PlainReview, Sheet
from nuserus.practices.rules import can_read_sheet, can_record_plain_review


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainReading:
    """Who read, by role or pseudonym, how many, how, when, and what it changed."""

    readers: str
    how_many: int
    way: PlainWay
    done_on: date
    what_changed: str = ""


@transaction.atomic
def record_plain_reading(*, actor: Asking, sheet: Sheet, text: str, told: PlainReading) -> PlainReview:
    """Record a reading of the simple version, as it stands now.

    `text` is what the page showed: raises ValidationError when it is not what the sheet says any more,
    Unreadable or PermissionDenied for who is not named on the sheet.
    """
    can_read_sheet.require(actor, sheet)
    sheet = Sheet.objects.filter(pk=sheet.pk).get()
    reading = PlainReview(
        sheet=sheet,
        text=sheet.simple_version,
        readers=plain_line(told.readers),
        how_many=told.how_many,
        way=told.way,
        what_changed=plain_text(told.what_changed),
        done_on=told.done_on,
        recorded_by_id=actor.user_id,  # type: ignore[misc]  # the rule refuses visitors
        scope_level=sheet.scope_level,
        scope_author=sheet.scope_author,
        scope_mission=sheet.scope_mission,
    )
    can_record_plain_review.require(actor, reading)
    require_leave_to_change(sheet)
    if not sheet.simple_version.strip():
        raise ValidationError(_("Il n’y a pas encore de version simple à relire. Écrivez-la d’abord."))
    if sheet.simple_version != text:
        raise ValidationError(
            _("Le texte a changé pendant que vous remplissiez cette page. Relisez-le ensemble, puis enregistrez.")
        )
    reading.save(force_insert=True)
    log_event(sheet, SheetEventKind.READ_PLAIN, actor=actor.user_id, reason=reading.readers)
    return reading

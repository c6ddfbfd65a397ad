"""How long ago a sheet was last confirmed, and in which words that is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.foundation.asking import Asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.versions import YEAR
from nuserus.practices.models import FreshnessCheck, Sheet
from nuserus.practices.rules import can_answer_freshness_check
from nuserus.ui.dates import date_format


def confirmed_on(review_date: date) -> date:
    """The day a sheet was last published, tried elsewhere, or said to be still valid."""
    return review_date - YEAR


def unconfirmed_months(*, is_stale: bool, review_date: date | None, today: date | None = None) -> int:
    """For how many whole months nobody has confirmed a stale sheet; 0 for the others."""
    if not is_stale or review_date is None:
        return 0
    today, since = today or timezone.localdate(), confirmed_on(review_date)
    return max(0, (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day))


def freshness_words(*, stopped: bool, months: int) -> str:
    """What a card says: « Ne se fait plus », « Pas confirmée depuis 14 mois », or nothing."""
    if stopped:
        return _("Ne se fait plus")
    if not months:
        return ""
    return ngettext("Pas confirmée depuis %(months)d mois", "Pas confirmée depuis %(months)d mois", months) % {
        "months": months
    }


def freshness_of(sheet: Sheet) -> dict[str, str]:
    """What the page of a sheet says: `kind` is stopped, stale or empty; `words` one sentence."""
    if sheet.stopped_at is not None:
        month = date_format(timezone.localdate(sheet.stopped_at), "F Y")
        words = _("Là où elle est née, cette pratique ne se fait plus (dit en %(month)s).") % {"month": month}
        return {"kind": "stopped", "words": words}
    months = unconfirmed_months(is_stale=sheet.is_stale, review_date=sheet.review_date)
    return {"kind": "stale" if months else "", "words": freshness_words(stopped=False, months=months)}


def is_due(sheet: Sheet) -> bool:
    """Whether the year has passed and nobody has said that the sheet is still valid."""
    return (
        sheet.status == SheetStatus.PUBLISHED
        and sheet.stopped_at is None
        and sheet.review_date is not None
        and sheet.review_date <= timezone.localdate()
    )


def due_occurrence(review_date: date, today: date) -> date:
    """The anniversary that has passed last: what was not answered is asked again a year later."""
    return review_date + YEAR * ((today - review_date) // YEAR)


def check_for(asking: Asking, check_id: UUID) -> FreshnessCheck | None:
    """The question that a link is about, if the person may answer it."""
    rows = can_answer_freshness_check.filter(FreshnessCheck.objects.filter(pk=check_id), asking)
    return rows.select_related("sheet").first()


def still_valid_sentence(details: Mapping[str, str]) -> str:
    """What the notice says to those who wrote the sheet."""
    return _("« %(title)s » : est-ce toujours valable ? Un an a passé. Répondez d’un geste, sans vous connecter.") % {
        "title": details.get("title", "")
    }


def readable_sheets(ids: Collection[UUID]) -> Collection[UUID]:
    """Which of these sheets the person who asks may still read."""
    return set(Sheet.objects.filter(pk__in=ids).values_list("pk", flat=True))

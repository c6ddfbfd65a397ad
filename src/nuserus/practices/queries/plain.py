"""Whether a simple version may be called FALC, and what is said of those who read it over."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.practices.models import PlainReview, Sheet


def readings_of(sheet: Sheet) -> list[PlainReview]:
    """Every reading by people concerned, last first, of this text or of an earlier one."""
    return list(PlainReview.objects.filter(sheet=sheet))


def reading_words(reading: PlainReview) -> str:
    """One reading in a sentence: how many, who, how, when."""
    readers = ngettext("%(number)d personne concernée", "%(number)d personnes concernées", reading.how_many)
    return _("Relue par %(readers)s (%(who)s), %(way)s, le %(day)s.") % {
        "readers": readers % {"number": reading.how_many},
        "who": reading.readers,
        "way": reading.get_way_display(),
        "day": date_format(reading.done_on, "j F Y"),
    }


def plain_review_of(sheet: Sheet) -> str:
    """How people concerned read over the very text that the sheet shows; empty when they did not.

    Only then is it called FALC: a change of one letter since makes it a simple version again.
    """
    if not sheet.simple_version:
        return ""
    reading = PlainReview.objects.filter(sheet=sheet, text=sheet.simple_version).first()
    return reading_words(reading) if reading is not None else ""

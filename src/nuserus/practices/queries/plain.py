"""Whether a simple version may be called FALC, and what is said of those who read it over."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuserus.practices.models import PlainReview, Sheet
from nuserus.ui.dates import date_format
from nuserus_analysis.plain import Advice, advise

# Advice about a sentence or the whole text: said below it, not marked in it.
WHOLE_SENTENCE = frozenset({"long", "ideas", "line", "lines", "picture"})


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


@dataclass(frozen=True, slots=True)
class AdvisedLine:
    """One line of a text: pieces with the number of the advice about them (0: none), and the advice."""

    pieces: list[tuple[str, int]]
    advice: list[tuple[int, Advice]]


def advice_by_line(text: str, *, pictures: int | None = None) -> list[AdvisedLine]:
    """The text line by line, with what could be plainer beside each; numbers go through the text."""
    found = advise(text, pictures=pictures)
    lines, start, number = [], 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [one for one in found if start <= one.start < end or (one.start == end == start)]
        numbered = list(enumerate(here, number + 1))
        number += len(here)
        if line.strip():
            lines.append(AdvisedLine(_pieces(text, start, end, numbered), numbered))
        start = end + 1
    return lines


def _pieces(text: str, start: int, end: int, numbered: list[tuple[int, Advice]]) -> list[tuple[str, int]]:
    """The line cut at the words that are advised on; what is said of a whole sentence marks nothing."""
    pieces: list[tuple[str, int]] = []
    at = start
    for number, one in numbered:
        if one.rule.key in WHOLE_SENTENCE or one.start < at or one.end > end:
            continue
        pieces += [(text[at : one.start], 0), (text[one.start : one.end], number)]
        at = one.end
    return [(piece, number) for piece, number in [*pieces, (text[at:end], 0)] if piece]

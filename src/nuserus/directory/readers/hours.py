"""Opening hours in plain sentences, from the syntax of OpenStreetMap.

Hours are told in the local time of the place. The week told is the ordinary week of the period of
the year: public holidays are told apart, and the school holidays, whose calendar is not here, are
said to be different rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, State, validate

from nuserus.ui.dates import date_format

LONGEST: Final = 500
_ZONES: Final = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
}
_HOLIDAYS: Final = re.compile(r"\bPH\b")
_HOLIDAYS_CLOSED: Final = re.compile(r"\bPH\s*(?:,\s*SH\s*)?(?:off|closed)\b")
_SCHOOL: Final = re.compile(r"\bSH\b")
# a comment is between quotes: what it says is not syntax
_QUOTED: Final = re.compile(r'"[^"]*"')
# an opening that ends before this hour of the next day belongs to the evening it began
_SMALL_HOURS: Final = time(6)
_FAR: Final = 366


@dataclass(frozen=True, slots=True)
class Status:
    """Whether it is open now: True, False, or None when that depends on something else."""

    is_open: bool | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Span:
    start: time
    end: time
    over_midnight: bool
    comment: str
    is_sure: bool


_Week = tuple[tuple[_Span, ...], ...]


@lru_cache(maxsize=4096)
def is_readable(text: str) -> bool:
    """Whether the text follows the syntax."""
    return bool(text) and len(text) <= LONGEST and validate(text)


def sentences(text: str, when: datetime, department: str = "") -> tuple[str, ...]:
    """Everything to say of hours, the present first: now, the week, what makes an exception.

    `when` is brought to the local time of the department. A text that does not follow the syntax
    is given back as it is, in one sentence; an empty one says nothing.
    """
    if not text.strip():
        return ()
    if not is_readable(text):
        return (_("Horaires indiqués par le lieu : %(text)s") % {"text": text.strip()[:LONGEST]},)
    now = status(text, when, department)
    return (*((now.sentence,) if now.sentence else ()), *week(text, when, department), *exceptions(text))


def status(text: str, when: datetime, department: str = "") -> Status:
    """Open or closed at that moment, and until when."""
    if not is_readable(text):
        return Status(None, "")
    local = _local(when, department)
    hours = _hours(text)
    state, comment = hours.state(local)
    change = hours.next_change(local)
    if state == State.OPEN:
        if change is None or change - local >= timedelta(days=7):
            sentence = _("Ouvert en ce moment.")
        else:
            sentence = _("Ouvert en ce moment, jusqu’à %(hour)s.") % {"hour": _until(change, local)}
        return Status(is_open=True, sentence=_with_comment(sentence, comment))
    if state == State.UNKNOWN:
        return Status(None, _with_comment(_("Peut-être ouvert en ce moment : à vérifier auprès du lieu."), comment))
    opens = _next_opening(hours, local)
    if opens is None:
        return Status(is_open=False, sentence=_("Fermé en ce moment."))
    return Status(
        is_open=False, sentence=_("Fermé en ce moment. Ouvre %(moment)s.") % {"moment": _moment(opens, local)}
    )


def week(text: str, when: datetime, department: str = "") -> tuple[str, ...]:
    """The ordinary week, days that go alike told together, closed days last."""
    if not is_readable(text):
        return ()
    ordinary = _ordinary(text)
    monday = _monday(_local(when, department).date())
    days = _week_of(ordinary, monday)
    if all(_is_whole_day(spans) for spans in days):
        told = [_("Ouvert tous les jours, 24 heures sur 24.")]
    elif not any(days):
        told = [_closed(text, changes=_changes(ordinary, monday, days))]
    else:
        told = [
            _("%(days)s : %(hours)s.") % {"days": _capital(_days(group)), "hours": _spans(days[group[0]])}
            for group in _alike(days)
            if days[group[0]]
        ]
        closed = [number for number in range(7) if not days[number]]
        if closed:
            told.append(_("Fermé %(days)s.") % {"days": _days(closed)})
    if _changes(ordinary, monday, days):
        told.append(_("Ces horaires sont ceux de cette semaine : ils changent dans l’année."))
    return tuple(told)


def _closed(text: str, *, changes: bool) -> str:
    if changes:
        return _("Fermé cette semaine.")
    if _HOLIDAYS.search(_QUOTED.sub("", text)):
        return _("Fermé en dehors des jours fériés.")
    return _("Fermé en permanence.")


def exceptions(text: str) -> tuple[str, ...]:
    """What differs from the ordinary week: public holidays, school holidays, what a comment adds."""
    syntax = _QUOTED.sub("", text)
    otherwise = _parts(text)[1]
    told = [_("En dehors de ces horaires : %(comment)s.") % {"comment": otherwise.rstrip(".")}] if otherwise else []
    if _HOLIDAYS_CLOSED.search(syntax):
        told.append(_("Fermé les jours fériés."))
    elif _HOLIDAYS.search(syntax):
        told.append(_("Horaires particuliers les jours fériés."))
    if _SCHOOL.search(syntax):
        told.append(_("Horaires différents pendant les vacances scolaires : à vérifier auprès du lieu."))
    return tuple(told)


def _parts(text: str) -> tuple[str, str]:
    """The hours, and the comment that holds outside them: `Mo 09:00-12:00 || "sur rendez-vous"`."""
    hours, _bars, otherwise = text.partition("||")
    comment = _QUOTED.search(otherwise)
    return (hours.strip(), comment[0].strip('" ')) if comment and validate(hours.strip()) else (text, "")


@lru_cache(maxsize=512)
def _hours(text: str) -> OpeningHours:
    return OpeningHours(_parts(text)[0], country="FR", max_interval_days=_FAR)


@lru_cache(maxsize=512)
def _ordinary(text: str) -> OpeningHours:
    # without a country there is no calendar: no day is a holiday
    return OpeningHours(_parts(text)[0], auto_country=False, max_interval_days=_FAR)


def _local(when: datetime, department: str) -> datetime:
    if when.tzinfo is None:
        return when
    return when.astimezone(ZoneInfo(_ZONES.get(department, "Europe/Paris"))).replace(tzinfo=None)


def _monday(day: date) -> datetime:
    return datetime.combine(day - timedelta(days=day.weekday()), time())


def _next_opening(hours: OpeningHours, local: datetime) -> datetime | None:
    for start, _end, state, _comment in hours.intervals(local, local + timedelta(days=_FAR)):
        if state == State.OPEN and start > local:
            return start
    return None


def _week_of(hours: OpeningHours, monday: datetime) -> _Week:
    days: list[list[_Span]] = [[] for _day in range(7)]
    for start, end, span in _pieces(hours, monday):
        number = (start.date() - monday.date()).days
        if 0 <= number < 7 and start < end:
            days[number].append(span)
    return tuple(tuple(spans) for spans in days)


def _pieces(hours: OpeningHours, monday: datetime) -> Iterator[tuple[datetime, datetime, _Span]]:
    """Openings of the week and of its edges, cut at midnight unless they end in the small hours."""
    for start, end, state, comment in hours.intervals(monday - timedelta(days=1), monday + timedelta(days=8)):
        if state == State.CLOSED:
            continue
        sure = state == State.OPEN
        at = start
        while at < end:
            midnight = datetime.combine(at.date() + timedelta(days=1), time())
            if end <= midnight:
                yield at, end, _Span(at.time(), end.time(), over_midnight=False, comment=comment, is_sure=sure)
                break
            if at.time() != time() and end - midnight <= timedelta(hours=_SMALL_HOURS.hour):
                yield at, end, _Span(at.time(), end.time(), over_midnight=True, comment=comment, is_sure=sure)
                break
            yield at, midnight, _Span(at.time(), time(), over_midnight=False, comment=comment, is_sure=sure)
            at = midnight


def _changes(hours: OpeningHours, monday: datetime, days: _Week) -> bool:
    """Whether another week of the coming year is not like this one."""
    others = [*range(1, 6), *range(9, 53, 4)]
    return any(_week_of(hours, monday + timedelta(weeks=weeks)) != days for weeks in others)


def _alike(days: _Week) -> list[list[int]]:
    groups: dict[tuple[_Span, ...], list[int]] = {}
    for number, spans in enumerate(days):
        groups.setdefault(spans, []).append(number)
    return list(groups.values())


def _is_whole_day(spans: tuple[_Span, ...]) -> bool:
    return len(spans) == 1 and spans[0].start == spans[0].end == time() and spans[0].is_sure and not spans[0].comment


def _days(numbers: list[int]) -> str:
    """Days in words: "du lundi au vendredi", "le mardi et le jeudi", "tous les jours"."""
    if len(numbers) == 7:
        return _("tous les jours")
    parts = []
    for run in _runs(numbers):
        first, last = str(WEEKDAYS[run[0]]), str(WEEKDAYS[run[-1]])
        if len(run) > 2:
            parts.append(_("du %(first)s au %(last)s") % {"first": first, "last": last})
        else:
            parts.extend(_("le %(day)s") % {"day": str(WEEKDAYS[number])} for number in run)
    return _joined(parts)


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _joined(parts: list[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _("%(first)s et %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}


def _spans(spans: tuple[_Span, ...]) -> str:
    return _joined([_span(span) for span in spans])


def _span(span: _Span) -> str:
    if span.start == span.end == time():
        told = _("toute la journée")
    elif span.over_midnight:
        told = _("de %(start)s à %(end)s le lendemain") % {"start": _hour(span.start), "end": _hour(span.end)}
    else:
        end = _("minuit") if span.end == time() else _hour(span.end)
        told = _("de %(start)s à %(end)s") % {"start": _hour(span.start), "end": end}
    if not span.is_sure:
        told = _("%(hours)s, à confirmer") % {"hours": told}
    return f"{told} ({span.comment.strip()})" if span.comment.strip() else told


def _hour(at: time) -> str:
    """ "9 h", "9 h 30", kept on one line."""
    if at.minute:
        return _("%(hour)d h %(minute)02d") % {"hour": at.hour, "minute": at.minute}
    return _("%(hour)d h") % {"hour": at.hour}


def _until(change: datetime, local: datetime) -> str:
    days = (change.date() - local.date()).days
    if change.time() == time() and days == 1:
        return _("minuit")
    if days == 0 or (days == 1 and change.time() <= _SMALL_HOURS):
        return _hour(change.time())
    return _("%(day)s à %(hour)s") % {"day": _day(change.date(), local.date()), "hour": _hour(change.time())}


def _moment(opens: datetime, local: datetime) -> str:
    return _("%(day)s à %(hour)s") % {"day": _day(opens.date(), local.date()), "hour": _hour(opens.time())}


def _day(day: date, today: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return _("aujourd’hui")
    if ahead == 1:
        return _("demain")
    if ahead < 7:
        return str(WEEKDAYS[day.weekday()])
    told = date_format(day, "j F" if day.year == today.year else "j F Y")
    return _("le %(date)s") % {"date": f"1er{told[1:]}" if day.day == 1 and told.startswith("1 ") else told}


def _with_comment(sentence: str, comment: str) -> str:
    comment = comment.strip()
    return f"{sentence.rstrip('.')} ({comment})." if comment else sentence


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

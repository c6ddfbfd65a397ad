"""Times of a recording, as transcripts write them, in milliseconds."""

from __future__ import annotations

import math
import re
from typing import Final

_CLOCK: Final = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3}|-\d)?"
_PARTS: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,-](\d{1,3}))?", re.ASCII)
# [00:01:02], (1:02), #00:01:02-3#; without a sign around it, hours are needed: « 12:30 » is a time of the day
_MARKED: Final = re.compile(rf"(?:\[ ?({_CLOCK}) ?\]|\( ?({_CLOCK}) ?\)|#({_CLOCK})#)", re.ASCII)
_BARE: Final = re.compile(r"(\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)(?=[ \t]|$)", re.ASCII)
INSIDE: Final = re.compile(r"[ \t]?(?:\[\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?\]|#\d{1,2}:\d{2}:\d{2}-\d#)", re.ASCII)
"""A time in the middle of the words: it is no part of what is said."""


def milliseconds(clock: str) -> int | None:
    """The time of a clock; None when it is none.

    >>> milliseconds("01:02"), milliseconds("1:00:00,5"), milliseconds("1:75")
    (62000, 3600500, None)
    """
    found = _PARTS.fullmatch(clock.strip())
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    if seconds > 59 or (found[1] is not None and minutes > 59):
        return None
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int((found[4] or "").ljust(3, "0"))


def of_seconds(seconds: float | None) -> int | None:
    """The time of a number of seconds; None when it is no time."""
    if seconds is None or not math.isfinite(seconds) or not 0 <= seconds < 10_000_000:
        return None
    return round(seconds * 1000)


def time_at_start(line: str) -> tuple[int | None, str]:
    """The time that a line begins with, and the rest of the line."""
    found = _MARKED.match(line) or _BARE.match(line)
    if found is None:
        return None, line
    time = milliseconds(next(part for part in found.groups() if part))
    if time is None:
        return None, line
    return time, line[found.end() :].lstrip(" \t\u00a0\u202f")

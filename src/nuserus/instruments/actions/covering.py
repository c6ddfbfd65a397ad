"""Covering in a text what must no longer be read there: the very words of a person, or their pseudonym."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nuserus.consent.provenance import placeholder


def masked(text: str, words: Iterable[str]) -> str:
    """The text with these words covered wherever they stand.

    >>> masked("Elle dit : « Je veux rentrer. »", ["Je veux rentrer."])
    'Elle dit : « ████████████████ »'
    """
    for one in words:
        text = re.sub(re.escape(one), _covered, text, flags=re.IGNORECASE)
    return text


def uncalled(text: str, pseudonym: str) -> str:
    """The text with a pseudonym covered, as it was given or in capitals, alone between other words.

    In lower case it may be a word like any other: `may_call` says so, and a person looks.

    >>> uncalled("Rose et ROSE ont une tablette rose, dit Roselyne.", "Rose")
    '████ et ████ ont une tablette rose, dit Roselyne.'
    """
    for one in dict.fromkeys((pseudonym, pseudonym.upper())):
        text = _alone(one).sub(_covered, text)
    return text


def masked_names(text: str, names: Iterable[str]) -> str:
    """The same for several ways of writing it."""
    for name in names:
        text = uncalled(text, name)
    return text


def may_call(text: str, pseudonym: str) -> bool:
    """Whether the pseudonym stands there, however it is written.

    >>> may_call("La tablette rose", "Rose"), may_call("La tablette de Roselyne", "Rose")
    (True, False)
    """
    return _alone(pseudonym, re.IGNORECASE).search(text) is not None


def _alone(words: str, how: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", how)


def _covered(found: re.Match[str]) -> str:
    return placeholder(found.group())

"""What an app that notifies declares: kinds of notice, lines of the digest, and who the recipients are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise

from nuserus.notifications.enums import Frequency

Sentence = Callable[[Mapping[str, str]], str]
Readable = Callable[[Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates for the calendar of who reads the mail: a text/calendar file that publishes, and asks for no answer."""

    name: str
    content: bytes


Attach = Callable[[UUID], Dates | None]


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """A kind of notice: its name on the page of preferences, what it says, and when by default."""

    key: str
    label: str | Promise
    sentence: Sentence
    default: Frequency
    readable: Readable | None
    roles: frozenset[str]
    dates: Attach | None = None


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One line of the weekly digest: a plain sentence and the path of the site it leads to."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class DigestSection:
    """Lines that an app adds to the digest of one account, under a heading of its own."""

    key: str
    position: int
    lines: Callable[[UUID], list[DigestLine]]
    heading: str | Promise


@dataclass(frozen=True, slots=True)
class Addressee:
    """Where mail for an account goes now, and in which language."""

    address: str
    language: str


@dataclass(frozen=True, slots=True)
class Addressees:
    """How to find open accounts: one with its address of today, and all that were there before a moment."""

    find: Callable[[UUID], Addressee | None]
    everyone: Callable[[datetime], Iterator[UUID]]


_kinds: dict[str, NoticeKind] = {}
_sections: dict[str, DigestSection] = {}
_addressees: list[Addressees] = []


def register_notice_kind(  # noqa: PLR0913 - one keyword per thing a kind says of itself
    key: str,
    *,
    label: str | Promise,
    sentence: Sentence,
    default: Frequency,
    readable: Readable | None = None,
    roles: Collection[str] = (),
    dates: Attach | None = None,
) -> None:
    """Declare a kind of notice, such as "community.answer". Called from `AppConfig.ready`.

    `sentence` gives the words from the details that were kept, at the time of reading and in the
    reader's language. `readable` says which of the objects that notices are about the person who asks
    may still read; it runs under the floor, for one person, on all objects of a page at once. A notice
    about an object that it does not name is told by `label` alone, without a link, and no mail tells it:
    details often hold a title, and a title may have become somebody else's business. Without `readable`
    every notice about an object is told by `label` and its link alone. `roles`: only people with one of
    them may choose about this kind, as nobody else receives it. `dates` gives what the mail carries for a
    calendar, from the object that the notice is about; it runs under the floor, for who receives it.
    """
    if key in _kinds:
        raise ValueError(f"There is a kind of notice {key} already")
    _kinds[key] = NoticeKind(key, label, sentence, default, readable, frozenset(roles), dates)


def register_digest_section(
    key: str,
    position: int,
    lines: Callable[[UUID], list[DigestLine]],
    heading: str | Promise = "",
) -> None:
    """Add lines to the weekly digest of one account, smallest position first; [] adds nothing.

    `lines` is computed acting as that account, so the floor applies, in its language. Called from
    `AppConfig.ready`.
    """
    if key in _sections:
        raise ValueError(f"There is a section {key} of the digest already")
    _sections[key] = DigestSection(key, position, lines, heading)


def register_addressees(addressees: Addressees) -> None:
    """Say how accounts are found. Called once, by the app that holds them."""
    _addressees[:] = [addressees]


def notice_kind(key: str) -> NoticeKind | None:
    """The kind of that key; None once no app declares it any more."""
    return _kinds.get(key)


def notice_kinds() -> list[NoticeKind]:
    """Every kind, in order of key."""
    return [_kinds[key] for key in sorted(_kinds)]


def notice_kinds_for(roles: Collection[str]) -> list[NoticeKind]:
    """The kinds that somebody with these roles may receive, in alphabetical order of their labels."""
    mine = [kind for kind in notice_kinds() if not kind.roles or kind.roles & set(roles)]
    return sorted(mine, key=lambda kind: str(kind.label))


def digest_sections() -> list[DigestSection]:
    """Sections of the digest, in their order."""
    return sorted(_sections.values(), key=lambda section: (section.position, section.key))


def addressees() -> Addressees:
    """How accounts are found. Raises LookupError when no app has said it."""
    if not _addressees:
        raise LookupError("No app registered the addressees")
    return _addressees[0]


def forget_kind(key: str) -> None:
    """Take a kind back: for the tests that register their own."""
    _kinds.pop(key, None)


def forget_digest_section(key: str) -> None:
    """Take a section back: for the tests that register their own."""
    _sections.pop(key, None)

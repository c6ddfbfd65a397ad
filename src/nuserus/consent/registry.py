"""What consents are about: the apps above say how to name it, and what follows when consent ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise

from nuserus.consent.models import Consent
from nuserus.foundation.asking import Asking


@dataclass(frozen=True, slots=True)
class About:
    """What a consent is about, as the person may read it; `url` may be empty."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of object: its name, what withdrawing does in exact words, and the doing itself."""

    kind: str
    describe: Callable[[Asking, UUID], About]
    consequence: str | Promise
    ended: Callable[[Asking, Consent], None]


_matters: dict[str, Matter] = {}


def register_matter(
    kind: str,
    *,
    describe: Callable[[Asking, UUID], About],
    consequence: str | Promise,
    ended: Callable[[Asking, Consent], None],
) -> None:
    """Say what objects of `kind` ("practices.Sheet") are. Called from `AppConfig.ready`.

    `ended` runs in the transaction in which a consent about such an object stops holding (withdrawn
    or refused), for the person who recorded it; `consequence` is shown before and after. Raises
    ValueError when the kind is taken.
    """
    if kind in _matters:
        raise ValueError(f"{kind} is registered already")
    _matters[kind] = Matter(kind, describe, consequence, ended)


def matter_of(kind: str) -> Matter | None:
    """What is known of a kind; None when its app is gone."""
    return _matters.get(kind)


@dataclass(frozen=True, slots=True)
class Named:
    """The study and the place of a mission, as the person who took part knows them; whether they are invented."""

    study: str
    place: str
    is_fictitious: bool


Ground = Callable[[Asking, UUID], About]
Naming = Callable[[UUID], Named | None]
_grounds: dict[str, tuple[Ground, Naming]] = {}


def register_ground(kind: str, describe: Ground, *, named: Naming) -> None:
    """Say what the mission is on which consents about objects of `kind` are recorded, and where its people are listed.

    `describe` gives an empty title for a mission that is not one of `kind`; `named` names it to who answers for
    somebody there too, though they are on the mission no more. Called from `AppConfig.ready`. Raises ValueError when
    the kind is taken.
    """
    if kind in _grounds:
        raise ValueError(f"There is a ground for {kind} already")
    _grounds[kind] = (describe, named)


def ground_of(asking: Asking, mission: UUID) -> About:
    """What a mission is, and where its people are listed; empty when no app knows it."""
    return next((about for one, _named in _grounds.values() if (about := one(asking, mission)).title), About(""))


def named_ground(mission: UUID) -> Named | None:
    """The study and the place of a mission, for who asks; None when they may not know, or no app knows it."""
    return next((found for _one, named in _grounds.values() if (found := named(mission)) is not None), None)


Reminder = Callable[[UUID, int], None]
_reminders: dict[str, Reminder] = {}


def register_reminder(kind: str, remind: Reminder) -> None:
    """Let those on a mission be told that consents about objects of `kind` end soon. Called from `AppConfig.ready`.

    `remind` takes the mission and how many consents; it runs as the system, in the transaction that notes that
    they were told. Raises ValueError when the kind is taken.
    """
    if kind in _reminders:
        raise ValueError(f"There is a reminder for {kind} already")
    _reminders[kind] = remind


def reminders() -> Mapping[str, Reminder]:
    """Every reminder, by the kind of object."""
    return _reminders

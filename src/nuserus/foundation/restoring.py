"""What an app puts right in a copy restored from a backup, before anybody is let in.

The order is part of the promise (docs/operate/backup.md): what people have withdrawn since the backup
comes first, then what must not happen twice, and the journal is sealed last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

Action = Callable[[], str]


class Step(IntEnum):
    """When, in the order of a restoration."""

    WITHDRAWALS = 10
    NOT_TWICE = 20


@dataclass(frozen=True, slots=True)
class _Registered:
    step: Step
    name: str
    action: Action
    as_system: bool


_REGISTERED: list[_Registered] = []


def register_after_restore(step: Step, name: str, action: Action, *, as_system: bool = True) -> None:
    """Run `action` as the system after the rows are back; it returns a line for the operator, or nothing to say.

    `as_system=False`: it says itself who acts. Called from `AppConfig.ready`. An exception of the action
    stops the restoration.
    """
    _REGISTERED.append(_Registered(step, name, action, as_system))


def put_right_after_restore() -> list[str]:
    """Run what the apps registered, in order; their lines."""
    from nuserus.foundation.asking import as_system

    lines = []
    for registered in sorted(_REGISTERED, key=lambda entry: (entry.step, entry.name)):
        if not registered.as_system:
            lines.append(registered.action())
            continue
        with as_system(f"put right after a restoration: {registered.name}"):
            lines.append(registered.action())
    return [line for line in lines if line]

"""What apps above do when a device is merged into another one."""

from __future__ import annotations

from collections.abc import Callable

# The address that goes and the one that stays.
Follow = Callable[[str, str], None]

_followers: dict[str, Follow] = {}


def register_merge_follower(key: str, follow: Follow) -> None:
    """Have what an app keeps about a device, by its slug, follow the device that it is merged into.

    Called in the transaction of the merge, as the moderator who merges. An app that keeps slugs of devices
    registers. Called from `AppConfig.ready`. Raises ValueError when the key is taken.
    """
    if key in _followers:
        raise ValueError(f"There is a follower {key} already")
    _followers[key] = follow


def merge_followers() -> dict[str, Follow]:
    """The followers by their key."""
    return dict(_followers)

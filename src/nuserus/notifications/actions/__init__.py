"""What other apps call: tell people that something happened."""

from nuserus.notifications.actions.notify import notify

__all__ = ["notify"]

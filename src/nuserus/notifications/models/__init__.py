"""Notices, what each person wants to hear of, and the record of every mail."""

from nuserus.notifications.models.notices import Notice, Preference
from nuserus.notifications.models.sendings import Sending

__all__ = ["Notice", "Preference", "Sending"]

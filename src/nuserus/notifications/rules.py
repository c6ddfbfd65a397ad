"""Who may read notices and their mail: the recipient. Counts of mail: who runs the service."""

from __future__ import annotations

from uuid import UUID

from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Rule, author, has_role

can_read_notice = Rule("notifications.Notice", "read", author)
can_change_notice = Rule("notifications.Notice", "change", author)
can_read_preference = Rule("notifications.Preference", "read", author)
can_change_preference = Rule("notifications.Preference", "change", author)
can_read_sending = Rule("notifications.Sending", "read", author)
# How many mails wait, are refused or may have left, and their Message-ID: no recipient, no word.
can_oversee_sendings = Rule("notifications.Sending", "oversee", has_role("site_admin"))


class AnySending:
    """The sendings as a whole: nobody's in particular."""

    scope_level: str = Level.RESTRICTED
    scope_institution: UUID | None = None
    scope_group: UUID | None = None
    scope_author: UUID | None = None
    scope_mission: UUID | None = None


ANY_SENDING = AnySending()

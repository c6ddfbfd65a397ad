"""Who may do what with the rows of the directory that have a scope."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, has_role, manages_institution

# The person herself, the referents of the place, and the moderators, who stand in where a place has
# no referent yet. Colleagues do not read one another's memberships.
MEMBERSHIP_READ = Rule("directory.Membership", "read", author | manages_institution | has_role("moderator"))
# One asks for oneself only; the database refuses a request made in somebody else's name.
MEMBERSHIP_ADD = Rule("directory.Membership", "add", author)
MEMBERSHIP_CHANGE = Rule("directory.Membership", "change", author | manages_institution | has_role("moderator"))
# What was asked and decided stays: a membership is ended, never erased from a screen.
MEMBERSHIP_DECIDE = Rule("directory.Membership", "decide", manages_institution | has_role("moderator"))
MEMBERSHIP_DELETE = Rule("directory.Membership", "delete", author)

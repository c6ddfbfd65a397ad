"""Who may link sheets to notions and propose resources."""

from __future__ import annotations

from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Rule, author, clearance_at_least, has_role, readable

_verified = clearance_at_least(Level.NETWORK)

can_read_illustration = Rule("learning.Illustration", "read", readable)
can_add_illustration = Rule("learning.Illustration", "add", author & _verified)
can_delete_illustration = Rule("learning.Illustration", "delete", author | has_role("moderator"))

# A proposal is read by its author and by the moderators who answer it; public once accepted.
can_read_resource = Rule("learning.Resource", "read", readable | has_role("moderator"))
can_propose_resource = Rule("learning.Resource", "add", author & _verified)
can_answer_resource = Rule("learning.Resource", "change", has_role("moderator"))

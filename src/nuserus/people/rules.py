"""Who may read, grant and revoke a role."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, has_role, readable

# A grant is restricted to the person who holds it (its scope's author): nobody else reads it here.
# Site administrators go through `actions`, which act as the system and leave a trace each time.
can_read_role = Rule("people.RoleGrant", "read", readable)
can_grant_role = Rule("people.RoleGrant", "add", has_role("site_admin"))
can_revoke_role = Rule("people.RoleGrant", "delete", has_role("site_admin"))

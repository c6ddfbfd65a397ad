"""Who may read and change the synonyms. What a search finds follows the rules of what is found."""

from __future__ import annotations

from uuid import UUID

from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Rule, anyone, has_role

can_read_synonym = Rule("search.Synonym", "read", anyone)
can_add_synonym = Rule("search.Synonym", "add", has_role("moderator"))
can_change_synonym = Rule("search.Synonym", "change", has_role("moderator"))
can_delete_synonym = Rule("search.Synonym", "delete", has_role("moderator"))


class PublicRow:
    """The scope of a line of synonyms: it has no columns for it, as everybody may read it."""

    scope_level: str = Level.PUBLIC
    scope_institution: UUID | None = None
    scope_group: UUID | None = None
    scope_author: UUID | None = None
    scope_mission: UUID | None = None


ANY_SYNONYM = PublicRow()

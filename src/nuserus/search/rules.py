"""Who may read and change the synonyms. What a search finds follows the rules of what is found."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, anyone, has_role

SYNONYM_READ = Rule("search.Synonym", "read", anyone)
SYNONYM_ADD = Rule("search.Synonym", "add", has_role("moderator"))
SYNONYM_CHANGE = Rule("search.Synonym", "change", has_role("moderator"))
SYNONYM_DELETE = Rule("search.Synonym", "delete", has_role("moderator"))

"""Words of « Se former »: notions, team sessions, kinds of resources."""

from nuserus.learning.enums.choices import ResourceKind, ResourceStatus
from nuserus.learning.enums.lists import CONCEPTS, SESSIONS, Concept, TeamSession

__all__ = ["CONCEPTS", "SESSIONS", "Concept", "ResourceKind", "ResourceStatus", "TeamSession"]

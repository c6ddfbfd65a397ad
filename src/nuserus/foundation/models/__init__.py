from nuserus.foundation.models.audit import AuditEvent, AuditSeal
from nuserus.foundation.models.base import Identified, Scoped
from nuserus.foundation.models.ledger import LedgerEntry
from nuserus.foundation.models.missions import MissionHolder

__all__ = ["AuditEvent", "AuditSeal", "Identified", "LedgerEntry", "MissionHolder", "Scoped"]

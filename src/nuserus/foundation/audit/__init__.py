"""The audit journal: what was done by whom on what, without content, sealed so that it shows tampering."""

from nuserus.foundation.audit.journal import record

__all__ = ["record"]

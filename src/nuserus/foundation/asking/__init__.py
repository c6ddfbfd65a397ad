"""Who is asking: said to the database once per transaction, and to the rules of access."""

from nuserus.foundation.asking.asking import ANONYMOUS, Asking, asking_of
from nuserus.foundation.asking.scope import acting_as, current_asking
from nuserus.foundation.asking.standing import register_standing
from nuserus.foundation.asking.system import as_system

__all__ = [
    "ANONYMOUS",
    "Asking",
    "acting_as",
    "as_system",
    "asking_of",
    "current_asking",
    "register_standing",
]

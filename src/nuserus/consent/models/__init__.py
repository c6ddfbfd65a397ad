from nuserus.consent.models.cards import ConsentCard
from nuserus.consent.models.events import Consent, ConsentEvent
from nuserus.consent.models.notices import Notice, NoticeVersion
from nuserus.consent.models.signatures import ConsentSignature
from nuserus.consent.models.withdrawals import (
    Flagged,
    ForgottenFile,
    LeftExport,
    ProvenanceEdge,
    Withdrawal,
    WithdrawalTrace,
)

__all__ = [
    "Consent",
    "ConsentCard",
    "ConsentEvent",
    "ConsentSignature",
    "Flagged",
    "ForgottenFile",
    "LeftExport",
    "Notice",
    "NoticeVersion",
    "ProvenanceEdge",
    "Withdrawal",
    "WithdrawalTrace",
]

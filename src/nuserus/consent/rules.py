"""Who may read and record a consent.

The person it is about, and those named on the work it is for, who record what is said on paper or
aloud. The database adds what one row cannot tell: nobody speaks for somebody who has an account.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Rule, ScopedRow, Term, author, on_mission


class _OwnWord(Term):
    """The person is the one the consent is about: what they said is theirs to take back."""

    def allows(self, asking: Asking, row: ScopedRow) -> bool:
        return asking.user_id is not None and getattr(row, "subject", None) == asking.user_id

    def as_q(self, asking: Asking) -> Q:
        return Q(subject=asking.user_id) if asking.user_id is not None else Q(pk__in=[])

    def why(self, asking: Asking, row: ScopedRow) -> str:
        return _("C’est votre accord.")


can_read_consent = Rule("consent.Consent", "read", author | on_mission)
# Who wrote it down for somebody and is named there no more speaks for them no more; the database says so too.
can_withdraw_consent = Rule("consent.Consent", "withdraw", _OwnWord() | on_mission)
can_read_consent_event = Rule("consent.ConsentEvent", "read", author | on_mission)
can_record_consent = Rule("consent.ConsentEvent", "add", author | on_mission)
can_read_card = Rule("consent.ConsentCard", "read", author | on_mission)
can_make_card = Rule("consent.ConsentCard", "add", author | on_mission)
can_end_card = Rule("consent.ConsentCard", "change", author | on_mission)
can_read_signature = Rule("consent.ConsentSignature", "read", author | on_mission)
can_sign = Rule("consent.ConsentSignature", "add", author | on_mission)

# Who reads what somebody agreed to reads that they took it back, and what became of it. The system alone writes it.
can_read_withdrawal = Rule("consent.Withdrawal", "read", author | on_mission)
can_withdraw_all = Rule("consent.Withdrawal", "add", author | on_mission)
can_read_trace = Rule("consent.WithdrawalTrace", "read", author | on_mission)
can_read_flagged = Rule("consent.Flagged", "read", author | on_mission)
can_review_flagged = Rule("consent.Flagged", "change", on_mission)
can_read_forgotten_file = Rule("consent.ForgottenFile", "read", author | on_mission)
can_read_left_export = Rule("consent.LeftExport", "read", author | on_mission)
can_note_export = Rule("consent.LeftExport", "add", author | on_mission)
can_read_provenance = Rule("consent.ProvenanceEdge", "read", author | on_mission)
can_note_provenance = Rule("consent.ProvenanceEdge", "add", author | on_mission)

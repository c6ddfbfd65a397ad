"""Who may read and record a consent.

The person it is about, and those named on the work it is for, who record what is said on paper or
aloud. The database adds what one row cannot tell: nobody speaks for somebody who has an account.
"""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, on_mission

can_read_consent = Rule("consent.Consent", "read", author | on_mission)
can_withdraw_consent = Rule("consent.Consent", "withdraw", author | on_mission)
can_read_consent_event = Rule("consent.ConsentEvent", "read", author | on_mission)
can_record_consent = Rule("consent.ConsentEvent", "add", author | on_mission)
can_read_card = Rule("consent.ConsentCard", "read", author | on_mission)
can_make_card = Rule("consent.ConsentCard", "add", author | on_mission)
can_end_card = Rule("consent.ConsentCard", "change", author | on_mission)

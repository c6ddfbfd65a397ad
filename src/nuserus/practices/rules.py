"""Who may do what with sheets, trials and reviews."""

from __future__ import annotations

from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Rule, author, clearance_at_least, on_mission, readable

_verified = clearance_at_least(Level.NETWORK)

can_read_sheet = Rule("practices.Sheet", "read", readable)
can_start_sheet = Rule("practices.Sheet", "add", author)
can_change_sheet = Rule("practices.Sheet", "change", author | on_mission)
can_withdraw_sheet = Rule("practices.Sheet", "delete", author)
can_adapt_sheet = Rule("practices.Sheet", "adapt", readable & _verified)

can_read_trial = Rule("practices.Trial", "read", readable)
can_report_trial = Rule("practices.Trial", "add", author & _verified)
can_change_trial = Rule("practices.Trial", "change", author)
can_delete_trial = Rule("practices.Trial", "delete", author)

"""Who may do what with sheets, trials and reviews.

`on_mission` alone does not make a writer: a reviewer is named on the mission of the sheet to read
it and to complete its facets. `actions.standing` tells the two apart before any word is changed.
"""

from __future__ import annotations

from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Rule, author, clearance_at_least, has_role, on_mission, readable

_verified = clearance_at_least(Level.NETWORK)
_writer = author | on_mission
_reviewer = on_mission & has_role("reviewer")

can_read_sheet = Rule("practices.Sheet", "read", readable)
can_start_sheet = Rule("practices.Sheet", "add", author)
can_change_sheet = Rule("practices.Sheet", "change", _writer)
can_complete_sheet = Rule("practices.Sheet", "complete", _writer)
can_send_sheet = Rule("practices.Sheet", "send", author)
can_withdraw_sheet = Rule("practices.Sheet", "delete", author)
can_adapt_sheet = Rule("practices.Sheet", "adapt", readable & _verified)
can_read_absence = Rule("practices.AbsentSheet", "read", readable)

can_read_card = Rule("practices.Card", "read", readable)
can_read_picture = Rule("practices.Picture", "read", readable)
can_read_contributor = Rule("practices.Contributor", "read", readable)

# What is being typed: those named on the sheet. What was typed before: who typed it.
can_read_answer = Rule("practices.Answer", "read", _writer)
can_read_save = Rule("practices.AnswerSave", "read", author)

can_read_presence = Rule("practices.Presence", "read", _writer)

can_read_version = Rule("practices.SheetVersion", "read", readable)
can_close_version = Rule("practices.SheetVersion", "close", readable & (_writer | has_role("moderator")))
can_read_version_content = Rule("practices.VersionContent", "read", readable)
# Readings by people concerned are shown with the sheet; those named on it record them.
can_read_plain_review = Rule("practices.PlainReview", "read", readable)
can_record_plain_review = Rule("practices.PlainReview", "add", _writer)
# « Toujours valable ? » is asked to those named on the sheet.
can_read_freshness_check = Rule("practices.FreshnessCheck", "read", _writer)
can_answer_freshness_check = Rule("practices.FreshnessCheck", "change", _writer)

can_read_review = Rule("practices.Review", "read", _writer)
can_decide_review = Rule("practices.Review", "decide", _reviewer)
can_pass_on_review = Rule("practices.Review", "pass_on", _reviewer)
can_read_comment = Rule("practices.CardComment", "read", _writer)
can_write_comment = Rule("practices.CardComment", "add", _reviewer)
can_read_event = Rule("practices.SheetEvent", "read", _writer)

can_read_trial = Rule("practices.Trial", "read", readable)
can_report_trial = Rule("practices.Trial", "add", author & _verified)
can_change_trial = Rule("practices.Trial", "change", author)
can_delete_trial = Rule("practices.Trial", "delete", author)

can_read_evaluation = Rule("practices.Evaluation", "read", readable)
# On a published sheet: its authors, and the peers who read and moderate.
can_evaluate_sheet = Rule(
    "practices.Sheet", "evaluate", readable & (_writer | has_role("reviewer") | has_role("moderator"))
)

"""Who may do what with questions, comments, reports, collections and campaigns.

What is hidden is `restricted` to its author; moderators read what was reported through a function of
the database (`queries.moderation`), never the tables.
"""

from __future__ import annotations

from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Rule, author, clearance_at_least, has_role, readable, signed_in

_verified = clearance_at_least(Level.NETWORK)
_moderator = has_role("moderator")
_organiser = _moderator | has_role("site_admin")

can_read_question = Rule("community.Question", "read", readable)
can_ask_question = Rule("community.Question", "add", author & _verified)
can_change_question = Rule("community.Question", "change", author)
can_delete_question = Rule("community.Question", "delete", author)
can_answer_question = Rule("community.Question", "answer", readable & _verified)

can_read_answer = Rule("community.Answer", "read", readable)
can_add_answer = Rule("community.Answer", "add", author & _verified)
can_change_answer = Rule("community.Answer", "change", author)
can_delete_answer = Rule("community.Answer", "delete", author)

# « Ça m’aide » is said by who asked; the database compares.
can_read_helped = Rule("community.Helped", "read", readable)
can_say_helped = Rule("community.Helped", "add", author)
can_unsay_helped = Rule("community.Helped", "delete", author)

can_read_comment = Rule("community.Comment", "read", readable)
can_add_comment = Rule("community.Comment", "add", author & _verified)
can_change_comment = Rule("community.Comment", "change", author)
can_delete_comment = Rule("community.Comment", "delete", author)
# What a comment said before is its author's alone.
can_read_edit = Rule("community.CommentEdit", "read", author)
can_keep_edit = Rule("community.CommentEdit", "add", author)

# Who reported is known to the moderators and to nobody else, least of all to who is reported.
can_read_report = Rule("community.Report", "read", author | _moderator)
can_report = Rule("community.Report", "add", author & signed_in)

# The scope's author of a step is the author of what was reported.
can_read_step = Rule("community.ModerationStep", "read", author | _moderator)
can_add_step = Rule("community.ModerationStep", "add", author | _moderator)

can_read_collection = Rule("community.Collection", "read", readable)
can_compose_collection = Rule("community.Collection", "add", author & _verified)
can_change_collection = Rule("community.Collection", "change", author)
can_delete_collection = Rule("community.Collection", "delete", author)
can_read_entry = Rule("community.CollectionEntry", "read", readable)
can_change_entry = Rule("community.CollectionEntry", "change", author)

can_read_campaign = Rule("community.Campaign", "read", readable)
can_open_campaign = Rule("community.Campaign", "add", _organiser)
can_change_campaign = Rule("community.Campaign", "change", _organiser)

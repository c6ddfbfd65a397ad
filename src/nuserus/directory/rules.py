"""Who may do what with the rows of the directory that have a scope."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, has_role, manages_institution

# What a place corrected about itself is public; who did it and what was there before is for its referents, and for the
# moderators, who take back an abusive name.
can_read_correction = Rule("directory.Correction", "read", manages_institution | has_role("moderator"))
can_correct_institution = Rule("directory.Correction", "add", manages_institution)
can_undo_correction = Rule("directory.Correction", "undo", manages_institution | has_role("moderator"))
# The person herself, the referents of the place, and the moderators, who stand in where a place has
# no referent yet. Colleagues do not read one another's memberships.
can_read_membership = Rule("directory.Membership", "read", author | manages_institution | has_role("moderator"))
# One asks for oneself only; the database refuses a request made in somebody else's name.
can_ask_membership = Rule("directory.Membership", "add", author)
can_change_membership = Rule("directory.Membership", "change", author | manages_institution | has_role("moderator"))
# What was asked and decided stays: a membership is ended, never erased from a screen.
can_decide_membership = Rule("directory.Membership", "decide", manages_institution | has_role("moderator"))
can_delete_membership = Rule("directory.Membership", "delete", author)

# What a register changed is read by those who answer for the directory; a file is brought by site administrators.
can_read_import = Rule("directory.Import", "read", has_role("site_admin") | has_role("moderator"))
can_add_import = Rule("directory.Import", "add", has_role("site_admin"))
can_undo_import = Rule("directory.Import", "undo", has_role("site_admin"))
can_read_duplicate = Rule("directory.DuplicateProposal", "read", has_role("moderator") | has_role("site_admin"))
can_decide_duplicate = Rule("directory.DuplicateProposal", "decide", has_role("moderator"))

"""Who may do what with the rules of use of a place.

Its members read what is being worked on and propose; its referents write and adopt. What was adopted is
read by whom its level says.
"""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, manages_institution, readable, same_institution

can_read_charter = Rule("charters.Charter", "read", readable)
can_start_charter = Rule("charters.Charter", "add", manages_institution)
can_work_on_charter = Rule("charters.Charter", "change", manages_institution)
can_delete_charter = Rule("charters.Charter", "delete", manages_institution)

can_read_house_rule = Rule("charters.HouseRule", "read", readable)
can_read_consultation = Rule("charters.Consultation", "read", readable)
can_read_plain_reading = Rule("charters.PlainReading", "read", readable)

can_read_proposal = Rule("charters.Proposal", "read", readable)
can_propose = Rule("charters.Proposal", "add", author & same_institution)
can_decide_proposal = Rule("charters.Proposal", "change", manages_institution)
can_take_back_proposal = Rule("charters.Proposal", "delete", author & same_institution)

can_read_version = Rule("charters.CharterVersion", "read", readable)
can_adopt = Rule("charters.CharterVersion", "add", manages_institution)
can_show_version = Rule("charters.CharterVersion", "change", manages_institution)

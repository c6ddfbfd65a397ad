"""Who may do what when one tells and another writes.

`on_mission` is the mission of the sheet, or of the booking: the facilitator is named on it only as
long as they write. The database opens and ends it.
"""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, has_role, on_mission, readable, signed_in

_facilitator = has_role("facilitator")

can_read_slot = Rule("facilitation.Slot", "read", signed_in)
can_offer_slot = Rule("facilitation.Slot", "add", author & _facilitator)
can_change_slot = Rule("facilitation.Slot", "change", author & _facilitator)

can_read_booking = Rule("facilitation.Booking", "read", author | on_mission)
can_book_slot = Rule("facilitation.Booking", "add", author)
can_cancel_booking = Rule("facilitation.Booking", "cancel", author | on_mission)

can_read_call = Rule("facilitation.CallRequest", "read", author | _facilitator)
can_ask_call = Rule("facilitation.CallRequest", "add", author)
can_answer_call = Rule("facilitation.CallRequest", "answer", _facilitator)
can_cancel_call = Rule("facilitation.CallRequest", "cancel", author)

can_read_telling = Rule("facilitation.Telling", "read", author | on_mission)
can_start_telling = Rule("facilitation.Telling", "add", author)
can_end_telling = Rule("facilitation.Telling", "end", author | (on_mission & _facilitator))
# The words of a sheet go out in the name of who told them; a facilitator sends them for somebody
# who belongs to no place, once they are read, approved and agreed to.
can_send_for_teller = Rule("practices.Sheet", "send_for", on_mission & _facilitator)

# Approved by the teller alone; aloud, for somebody without an account, by who holds the sheet for them.
can_read_approval = Rule("facilitation.Approval", "read", author | on_mission)
can_approve_card = Rule("facilitation.Approval", "add", author)

can_read_words = Rule("facilitation.PersonWords", "read", readable)
can_change_words = Rule("facilitation.PersonWords", "change", author | on_mission)

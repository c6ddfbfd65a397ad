"""Who may do what with recordings: the person who spoke, and whoever they let write it down.

The mission of a recording is its own: those named on the draft do not hear it. A facilitator is named
on it by taking it from the queue, which only shows what its author agreed to entrust.
"""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, has_role, on_mission

_entrusted = on_mission & has_role("facilitator")

can_read_recording = Rule("voice.Recording", "read", author | _entrusted)
can_write_down_recording = Rule("voice.Recording", "write_down", _entrusted)
can_change_recording = Rule("voice.Recording", "change", author)
can_delete_recording = Rule("voice.Recording", "delete", author)

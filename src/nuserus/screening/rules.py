"""Who reads and decides flags: those named on what is screened, and its author. Nobody else, ever."""

from __future__ import annotations

from nuserus.foundation.policy import Rule, author, on_mission

_named = author | on_mission

can_read_screened = Rule("screening.ScreenedText", "read", _named)
can_screen = Rule("screening.ScreenedText", "add", _named)
can_read_flag = Rule("screening.Flag", "read", _named)
# The app whose text it is says who of them writes, and who only reviews.
can_decide_flag = Rule("screening.Flag", "decide", _named)

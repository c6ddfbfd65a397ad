"""French spaces: « these », and the ones before ? ! : ; never begin or end a line.

Sentences of the source carry their own no-break spaces (tests/ui/test_typography.py holds them to it);
what people type goes through `french_spaces` where it is shown large.
"""

from __future__ import annotations

import re
from typing import Final

NO_BREAK: Final = "\N{NO-BREAK SPACE}"

_BEFORE: Final = re.compile(r"(?<=\S) (?=[?!:;»](?!\w))")
_AFTER: Final = re.compile(r"(?<=«) ")


def french_spaces(text: str) -> str:
    """The same text, with no-break spaces where French wants them.

    >>> french_spaces("« Vite » : qui ? On y va !").count(NO_BREAK)
    5
    >>> french_spaces("un a :b c")
    'un a :b c'
    """
    return _AFTER.sub(NO_BREAK, _BEFORE.sub(NO_BREAK, text))

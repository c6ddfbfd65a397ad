"""Sections of the pages of sheets and of the telling, contributed by the apps above."""

from __future__ import annotations

from dataclasses import dataclass

from nuserus.foundation.asking import Asking
from nuserus.practices.models import Sheet
from nuserus.ui.sections import Sections


@dataclass(frozen=True, slots=True)
class LookedFor:
    """What was looked for on the search page: words, its address ("?q=…"), how many sheets answer."""

    words: str
    address: str
    total: int


# Shown to visitors from memory (`views.kept`): a section must depend on the sheet alone, so what
# changes by itself (a discussion) is a link that the page fills in when it comes into view.
SHEET_SECTIONS: Sections[Sheet] = Sections()

# Other ways to tell a practice, below « Commencer une fiche ».
START_SECTIONS: Sections[Asking] = Sections()

# Below the sheets that a search found, or did not find. Kept for visitors for each version of the
# index: a section depends on what was looked for and on what the index holds.
FOUND_SECTIONS: Sections[LookedFor] = Sections()

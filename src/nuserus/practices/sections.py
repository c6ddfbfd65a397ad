"""Sections of the pages of sheets and of the telling, contributed by the apps above."""

from __future__ import annotations

from nuserus.foundation.asking import Asking
from nuserus.practices.models import Sheet
from nuserus.ui.sections import Sections

# Shown to visitors from memory (`views.kept`): a section must depend on the sheet alone, so what
# changes by itself (a discussion) is a link that the page fills in when it comes into view.
SHEET_SECTIONS: Sections[Sheet] = Sections()

# Other ways to tell a practice, below « Commencer une fiche ».
START_SECTIONS: Sections[Asking] = Sections()

"""What the apps above add to the pages of a study."""

from __future__ import annotations

from nuserus.studies.models import Study
from nuserus.ui.sections import Sections

# On the page of a study, for who takes part.
STUDY_SECTIONS: Sections[Study] = Sections()

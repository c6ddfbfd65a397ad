"""Sections of the page of an institution, contributed by the apps above the directory."""

from __future__ import annotations

from nuserus.directory.models import Institution
from nuserus.ui.sections import Sections

INSTITUTION_SECTIONS: Sections[Institution] = Sections()

"""Sheets on paper: one for the team meeting, several as a booklet."""

from nuserus.practices.paper.booklets import Booklet, Chapter, booklet_pdf
from nuserus.practices.paper.checks import Fault, paper_faults
from nuserus.practices.paper.sheets import SheetPaper, sheet_paper

__all__ = ["Booklet", "Chapter", "Fault", "SheetPaper", "booklet_pdf", "paper_faults", "sheet_paper"]

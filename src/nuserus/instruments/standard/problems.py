"""What is wrong in a workbook, where, and in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct; `row` counts as a spreadsheet does, 0 when it is about the whole sheet."""

    words: str
    sheet: str = ""
    row: int = 0

    def __str__(self) -> str:
        if self.sheet and self.row:
            return _("Feuille « %(sheet)s », ligne %(row)d : %(words)s") % {
                "sheet": self.sheet,
                "row": self.row,
                "words": self.words,
            }
        if self.sheet:
            return _("Feuille « %(sheet)s » : %(words)s") % {"sheet": self.sheet, "words": self.words}
        return self.words


class UnusableWorkbook(Exception):
    """The workbook cannot become a questionnaire; `problems` says everything that was found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(" ".join(str(problem) for problem in problems))
        self.problems = list(problems)

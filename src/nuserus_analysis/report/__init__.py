"""From a corpus to a report: the analysis, its figures as CSV, its page.

from nuserus_analysis.report import Plan, all_figures, csv_text, drawings, report, study

done = study(corpus, Plan(k=5))
page = report(done, "Entretiens", drawings(done))
"""

from nuserus_analysis.report.cells import csv_text
from nuserus_analysis.report.drawings import Drawings, drawings
from nuserus_analysis.report.figures import Figures, all_figures
from nuserus_analysis.report.page import report
from nuserus_analysis.report.plan import NothingToCompare, Plan, Progress, Reason, Step
from nuserus_analysis.report.study import Study, study

__all__ = [
    "Drawings",
    "Figures",
    "NothingToCompare",
    "Plan",
    "Progress",
    "Reason",
    "Step",
    "Study",
    "all_figures",
    "csv_text",
    "drawings",
    "report",
    "study",
]

"""How far people who coded the same units agree.

`Ratings` holds who said what; each measure takes it and says in its page of `docs/analysis` what it
means and what it does not. Every measure can be shown with an interval (`bootstrap`) and with the
prevalence of the categories (`Ratings.prevalence`), without which a coefficient is easily misread.
"""

from nuserus_analysis.agreement.intervals import Interval, bootstrap
from nuserus_analysis.agreement.kappas import cohen_kappa, fleiss_kappa, percent_agreement
from nuserus_analysis.agreement.krippendorff import Metric, krippendorff_alpha
from nuserus_analysis.agreement.ratings import Ratings
from nuserus_analysis.agreement.spans import Span, Unitizing, by_units
from nuserus_analysis.agreement.unitizing import (
    Measure,
    SpanScore,
    UnitizingAlphas,
    bootstrap_unitizing,
    span_f1,
    unitizing_alphas,
)

__all__ = [
    "Interval",
    "Measure",
    "Metric",
    "Ratings",
    "Span",
    "SpanScore",
    "Unitizing",
    "UnitizingAlphas",
    "bootstrap",
    "bootstrap_unitizing",
    "by_units",
    "cohen_kappa",
    "fleiss_kappa",
    "krippendorff_alpha",
    "percent_agreement",
    "span_f1",
    "unitizing_alphas",
]

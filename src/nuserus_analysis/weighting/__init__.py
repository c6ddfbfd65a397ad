"""Weights of a survey, and what they let one estimate.

From the design (`design_weights`), through answers that are missing (`nonresponse_cells`), to known
totals (`rake`, `calibrate`); then means, totals, proportions and differences with the variance of the
sample as it was drawn (`Design`, `estimate_mean` …), and small cells held back (`suppress`).
"""

from nuserus_analysis.weighting.calibration import Calibrated, Distance, NoSolution, calibrate
from nuserus_analysis.weighting.design import Design, design_weights, nonresponse_cells
from nuserus_analysis.weighting.estimates import (
    Estimate,
    estimate_difference,
    estimate_mean,
    estimate_proportion,
    estimate_total,
)
from nuserus_analysis.weighting.raking import rake
from nuserus_analysis.weighting.suppression import SuppressedTable, suppress

__all__ = [
    "Calibrated",
    "Design",
    "Distance",
    "Estimate",
    "NoSolution",
    "SuppressedTable",
    "calibrate",
    "design_weights",
    "estimate_difference",
    "estimate_mean",
    "estimate_proportion",
    "estimate_total",
    "nonresponse_cells",
    "rake",
    "suppress",
]

"""Which forms are over- or under-used in a part of a corpus."""

from nuserus_analysis.specificity.hypergeometric import Specificities, specificities

__all__ = ["Specificities", "specificities"]

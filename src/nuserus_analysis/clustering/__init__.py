"""Classes of individuals from their coordinates: a tree (Ward), a cut, a consolidation."""

from nuserus_analysis.clustering.consolidation import Consolidated, consolidate
from nuserus_analysis.clustering.ward import Tree, ward

__all__ = ["Consolidated", "Tree", "consolidate", "ward"]

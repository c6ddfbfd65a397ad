"""Correspondence analysis, simple and multiple."""

from nuserus_analysis.correspondence.multiple import MultipleCorrespondence, multiple_correspondence
from nuserus_analysis.correspondence.simple import Correspondence, correspondence

__all__ = ["Correspondence", "MultipleCorrespondence", "correspondence", "multiple_correspondence"]

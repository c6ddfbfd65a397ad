"""Which forms go together: a graph of similarities, its backbone and its communities."""

from nuserus_analysis.similarity.graph import Index, SimilarityGraph, similarity_graph

__all__ = ["Index", "SimilarityGraph", "similarity_graph"]

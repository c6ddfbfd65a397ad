"""Pictures of analyses, each with the table of what it shows.

They need the extra `pictures` (matplotlib). SVG with real text, a title and a description for those who
do not see it; the same numbers give the same bytes. Classes and groups differ by hatching, marker or line
as well as by colour, so a photocopy still tells them apart.
"""

from nuserus_analysis.pictures.canvas import Picture, Table
from nuserus_analysis.pictures.dendrogram import dendrogram
from nuserus_analysis.pictures.network import similarity_picture
from nuserus_analysis.pictures.plane import Cloud, factor_plane
from nuserus_analysis.pictures.timeline import timeline

__all__ = ["Cloud", "Picture", "Table", "dendrogram", "factor_plane", "similarity_picture", "timeline"]

from nuserus.corpus.models.excerpts import Excerpt
from nuserus.corpus.models.sources import Source, SourceVersion, Turn

__all__ = ["Excerpt", "Source", "SourceVersion", "Turn"]

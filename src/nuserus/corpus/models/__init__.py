from nuserus.corpus.models.sources import Source, SourceVersion, Turn

__all__ = ["Source", "SourceVersion", "Turn"]

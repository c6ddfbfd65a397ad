from nuserus.corpus.models.excerpts import Excerpt
from nuserus.corpus.models.pseudonyms import Detail, KeyEntry, KeyHolder, Masking, SealedOriginal
from nuserus.corpus.models.sources import Source, SourceVersion, Turn

__all__ = [
    "Detail",
    "Excerpt",
    "KeyEntry",
    "KeyHolder",
    "Masking",
    "SealedOriginal",
    "Source",
    "SourceVersion",
    "Turn",
]

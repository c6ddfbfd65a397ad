from nuserus.search.models.entry import Entry
from nuserus.search.models.synonym import Synonym
from nuserus.search.models.version import IndexVersion
from nuserus.search.models.vocabulary import VocabularyWord

__all__ = ["Entry", "IndexVersion", "Synonym", "VocabularyWord"]

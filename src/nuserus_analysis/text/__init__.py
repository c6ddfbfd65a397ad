"""The one French analyser: words with their offsets, stems, synonyms, queries.

Everything that compares French words (search, vocabulary, lexicometry) goes
through here, so that two screens never disagree on what "the same word" is.

>>> query = tokens_for_query("éducatrices spécialisées tablettes autisme")
>>> query.matches(tokens_for_index("Une éducatrice spécialisée prête sa tablette aux jeunes autistes."))
True
"""

from nuserus_analysis.text.acronyms import ACRONYM_RINGS, ACRONYMS
from nuserus_analysis.text.analyser import (
    Token,
    analyse,
    tokens_for_index,
)
from nuserus_analysis.text.folding import fold, normalise
from nuserus_analysis.text.limits import (
    MAX_ALTERNATIVES,
    MAX_GROUPS,
    MAX_INDEX_CHARACTERS,
    MAX_QUERY_CHARACTERS,
    MAX_WORD_CHARACTERS,
)
from nuserus_analysis.text.query import Group, Query, tokens_for_query
from nuserus_analysis.text.stems import stem
from nuserus_analysis.text.stopwords import STOP_WORDS
from nuserus_analysis.text.synonyms import (
    Stems,
    Synonyms,
    acronym_synonyms,
    build_synonyms,
    merge_synonyms,
    stems_of,
)

__all__ = [
    "ACRONYMS",
    "ACRONYM_RINGS",
    "MAX_ALTERNATIVES",
    "MAX_GROUPS",
    "MAX_INDEX_CHARACTERS",
    "MAX_QUERY_CHARACTERS",
    "MAX_WORD_CHARACTERS",
    "STOP_WORDS",
    "Group",
    "Query",
    "Stems",
    "Synonyms",
    "Token",
    "acronym_synonyms",
    "analyse",
    "build_synonyms",
    "fold",
    "merge_synonyms",
    "normalise",
    "stem",
    "stems_of",
    "tokens_for_index",
    "tokens_for_query",
]

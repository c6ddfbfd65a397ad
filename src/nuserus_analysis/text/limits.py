"""How much the analyser reads, whatever it is given.

Text beyond a limit is left unread, never refused: a search box has no wrong input.
"""

from typing import Final

MAX_QUERY_CHARACTERS: Final = 400
"""Code points of a query that are read; a sentence pasted whole still fits."""

MAX_INDEX_CHARACTERS: Final = 500_000
"""Code points of a document that are indexed: about 80,000 words, a long book chapter."""

MAX_WORD_CHARACTERS: Final = 60
"""Longer words are cut before they are stemmed; the longest French word in use has 25 letters."""

MAX_GROUPS: Final = 12
"""Distinct words of a query that are looked for; the following ones are left out."""

MAX_ALTERNATIVES: Final = 12
"""Ways of saying one word of a query, itself included."""

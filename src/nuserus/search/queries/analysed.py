"""A document as the index holds it: its stems, its facets, the words worth proposing."""

from __future__ import annotations

from dataclasses import dataclass

from nuserus.search.queries.asked import clean_text
from nuserus.search.queries.lexemes import vector_of_stems
from nuserus.search.registry import Document
from nuserus_analysis.text import ACRONYMS, analyse, fold, tokens_for_index

MAX_WORDS = 600
MIN_LETTERS = 3
# what the column of a word holds; a longer "word" is no word
MAX_LETTERS = 60
MAX_FACETS = 200


@dataclass(frozen=True, slots=True)
class Analysed:
    """`head` and `vector` are tsvectors as text; `words`: folded word → (how it is shown, its stem)."""

    title: str
    head: str
    vector: str
    facets: list[str]
    words: dict[str, tuple[str, str]]


def analysed(document: Document) -> Analysed:
    """What the index keeps of a document."""
    title, simple = clean_text(document.title), clean_text(document.simple)
    cards, rest = clean_text(document.cards), clean_text(document.rest)
    head = [(tokens_for_index(title), "A"), (tokens_for_index(simple), "A")]
    return Analysed(
        title=title,
        head=vector_of_stems(*head),
        vector=vector_of_stems(*head, (tokens_for_index(cards), "B"), (tokens_for_index(rest), "C")),
        facets=sorted({clean_text(facet) for facet in document.facets})[:MAX_FACETS],
        words=_vocabulary(f"{title}\n{simple}\n{cards}\n{rest}"),
    )


def _vocabulary(text: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    read: set[str] = set()
    for token in analyse(text):
        if token.text in read:
            continue
        read.add(token.text)
        folded = fold(token.text)
        if token.text.isalpha() and MIN_LETTERS <= len(folded) <= MAX_LETTERS and folded not in found:
            found[folded] = (folded.upper() if folded in ACRONYMS else token.text.lower(), token.stem)
            if len(found) == MAX_WORDS:
                break
    return found

"""The words of a text that carry its meaning, and those that go into an index."""

from typing import NamedTuple

from nuserus_analysis.text.folding import normalise
from nuserus_analysis.text.limits import MAX_INDEX_CHARACTERS
from nuserus_analysis.text.stems import second_stem
from nuserus_analysis.text.synonyms import Synonyms, longest_match, longest_wording
from nuserus_analysis.text.tokens import lexemes


class Token(NamedTuple):
    """A word of a text: ``normalise(text)[start:end] == token.text``, in code points."""

    text: str
    start: int
    end: int
    stem: str


def analyse(text: str, *, synonyms: Synonyms | None = None, keep_stop_words: bool = False) -> list[Token]:
    """Return the tokens of *text* in order, stop words left out unless asked for.

    With *synonyms*, the longest wording known to the table becomes one token that
    covers it, whose stem is the same for all its synonyms (the first of them in
    alphabetical order, parts joined by ``_``). Never raises, whatever the string.

    >>> [(token.text, token.stem) for token in analyse("Les éducateur·rice·s de l'IME")]
    [('éducateur·rice·s', 'educ'), ('IME', 'ime')]
    """
    text = normalise(text)
    tokens = [
        Token(found.text, found.start, found.end, found.stem)
        for found in lexemes(text)
        if found.stem and (keep_stop_words or not found.empty)
    ]
    return _merged(text, tokens, synonyms) if synonyms else tokens


def _merged(text: str, tokens: list[Token], synonyms: Synonyms) -> list[Token]:
    stems = tuple(token.stem for token in tokens)
    longest = longest_wording(synonyms)
    merged: list[Token] = []
    at = 0
    while at < len(tokens):
        size = longest_match(stems, at, synonyms, longest)
        if size:
            start, end = tokens[at].start, tokens[at + size - 1].end
            wording = stems[at : at + size]
            merged.append(Token(text[start:end], start, end, "_".join(min(wording, *synonyms[wording]))))
        else:
            merged.append(tokens[at])
        at += size or 1
    return merged


def tokens_for_index(text: str) -> list[str]:
    """Return the stems under which *text* is found, in order.

    A hyphenated compound gives its whole and its parts, so that "vidéo-projecteur" is
    found by "vidéoprojecteur" and by "projecteur"; a word that may be a verb in the
    plural present gives both its readings. Text beyond :data:`MAX_INDEX_CHARACTERS` is left out.

    >>> tokens_for_index("Le vidéo-projecteur de l'atelier")
    ['videoprojecteur', 'video', 'projecteur', 'ateli']
    """
    stems: list[str] = []
    for lexeme in lexemes(text[:MAX_INDEX_CHARACTERS]):
        if lexeme.joined:
            stems.append(lexeme.joined)
        if not lexeme.empty:
            stems.append(lexeme.stem)
            spoken = second_stem(lexeme.text)
            if spoken:
                stems.append(spoken)
    return stems

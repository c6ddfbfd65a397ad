"""What a person looks for: every group of the query, each in one of its wordings."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from nuserus_analysis.text.folding import fold
from nuserus_analysis.text.limits import MAX_ALTERNATIVES, MAX_GROUPS, MAX_QUERY_CHARACTERS
from nuserus_analysis.text.synonyms import Stems, Synonyms, acronym_synonyms, longest_match, longest_wording
from nuserus_analysis.text.tokens import Lexeme, lexemes


class Group(NamedTuple):
    """One thing looked for: any of the alternatives, each with all its stems."""

    text: str
    """The words of the query, as typed."""
    alternatives: tuple[Stems, ...]
    prefix: str = ""
    """Folded letters that a stem may begin with instead: the word is still being typed."""

    def matches(self, stems: Collection[str]) -> bool:
        """Tell whether a document with these stems answers the group."""
        return any(all(stem in stems for stem in wording) for wording in self.alternatives) or (
            bool(self.prefix) and any(stem.startswith(self.prefix) for stem in stems)
        )


class Query(NamedTuple):
    """All the groups of a query: a document answers when each of them does."""

    groups: tuple[Group, ...] = ()

    def matches(self, tokens: Collection[str]) -> bool:
        """Tell whether a document indexed with *tokens* answers every group."""
        stems = tokens if isinstance(tokens, (set, frozenset)) else frozenset(tokens)
        return all(group.matches(stems) for group in self.groups)


class _Word(NamedTuple):
    text: str
    stem: str
    parts: int
    """On the first full word of a compound: how many full words it has."""
    joined: str


def tokens_for_query(text: str, *, synonyms: Synonyms | None = None, prefix_last: bool = False) -> Query:
    """Return what *text* asks for; a query without groups asks for everything.

    *synonyms* replaces the acronyms of the field, used when it is ``None``. With
    *prefix_last*, the last word also finds the words that it begins. Reads
    :data:`MAX_QUERY_CHARACTERS` and keeps :data:`MAX_GROUPS` groups. Never raises.

    >>> tokens_for_query("un IME").groups[0].alternatives
    (('ime',), ('institut', 'medico', 'educ'), ('centr', 'medico', 'educ'))
    """
    read = list(lexemes(text[:MAX_QUERY_CHARACTERS]))
    groups = _groups(list(_full_words(read)), acronym_synonyms() if synonyms is None else synonyms)
    if prefix_last and groups and not read[-1].empty and not text[-1].isspace():
        shortest = min(fold(read[-1].text), read[-1].stem, key=len)
        groups[-1] = groups[-1]._replace(prefix=shortest)
    return Query(tuple(groups))


def _full_words(read: list[Lexeme]) -> Iterator[_Word]:
    at = 0
    while at < len(read):
        head = read[at]
        full = [lexeme for lexeme in read[at : at + head.size] if not lexeme.empty]
        for place, lexeme in enumerate(full):
            first = place == 0
            yield _Word(lexeme.text, lexeme.stem, len(full) if first else 1, head.joined if first else "")
        at += head.size


def _groups(words: list[_Word], synonyms: Synonyms) -> list[Group]:
    """Part the words into the longest known wordings, then compounds, then single words."""
    stems = tuple(word.stem for word in words)
    longest = longest_wording(synonyms)
    groups: dict[Stems, Group] = {}
    at = 0
    while at < len(words) and len(groups) < MAX_GROUPS:
        word = words[at]
        size = longest_match(stems, at, synonyms, longest) or word.parts
        wording = stems[at : at + size]
        if wording not in groups:
            whole = ((word.joined, *wording[word.parts :]),) if word.joined and word.parts <= size else ()
            alternatives = dict.fromkeys((wording, *whole, *synonyms.get(wording, ())))
            text = " ".join(each.text for each in words[at : at + size])
            groups[wording] = Group(text, tuple(alternatives)[:MAX_ALTERNATIVES])
        at += size
    return list(groups.values())

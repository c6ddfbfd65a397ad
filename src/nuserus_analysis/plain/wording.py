"""Words that many people do not know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nuserus_analysis.plain.advice import RULES, Advice
from nuserus_analysis.plain.hard_words import ABBREVIATED, ENGLISH, HARD, WITH_A_DOT
from nuserus_analysis.plain.sentences import Sentence, Word
from nuserus_analysis.text.acronyms import ACRONYM_RINGS

LONGEST_ENTRY = max(len(entry.split()) for entry in (*HARD, *ENGLISH))
# Short words in capitals that everybody says.
KNOWN_ACRONYMS = frozenset({"TV", "OK", "CD", "DVD", "FALC", "SMS"})
# The plainest of the wordings that teams use stands last in its ring.
MEANINGS = {
    one: ring[-1].replace("'", "’")
    for ring in ACRONYM_RINGS
    for one in ring
    if one.isupper() and not ring[-1].isupper()
}
_ELIDED = ("l’", "d’", "qu’", "s’", "n’", "j’", "m’", "t’", "c’", "jusqu’", "lorsqu’", "puisqu’")
# Endings of the verbs in -er that the list holds: « favorise », « utilisons », « utilisées ».
_ENDINGS = ("e", "es", "ons", "ez", "ent", "é", "ée", "és", "ées", "ait", "aient", "era", "eront", "ant")


def read_wording(text: str, sentences: Sequence[Sentence]) -> Iterator[Advice]:
    """Hard words, foreign words, acronyms and abbreviations, each with plainer words when there are any."""
    for sentence in sentences:
        yield from _entries(text, sentence)
        for word in sentence.words:
            yield from _short(text, word)


def _entries(text: str, sentence: Sentence) -> Iterator[Advice]:
    skip = 0
    for rank in range(len(sentence.words)):
        if rank < skip:
            continue
        for length in range(min(LONGEST_ENTRY, len(sentence.words) - rank), 0, -1):
            words = sentence.words[rank : rank + length]
            rule, instead = _listed([bare(word) for word in words])
            if rule:
                start, end = words[0].end - len(bare(words[0])), words[-1].end
                yield Advice(RULES[rule], start, end, text[start:end], instead)
                skip = rank + length
                break


def bare(word: Word) -> str:
    """A word in small letters without the article that is elided before it."""
    low = word.low
    return next((low[len(elided) :] for elided in _ELIDED if low.startswith(elided) and len(low) > len(elided)), low)


def _listed(words: list[str]) -> tuple[str, str]:
    said = " ".join(words)
    for rule, entries in (("word", HARD), ("english", ENGLISH)):
        for form in _forms(said):
            if form in entries:
                return rule, entries[form]
    return "", ""


def _forms(said: str) -> Iterator[str]:
    """A word as the list may hold it: itself, its singular, its infinitive."""
    yield said
    if said.endswith(("s", "x")) and len(said) > 3:
        yield said[:-1]
    if " " in said:
        return
    for ending in _ENDINGS:
        if said.endswith(ending) and len(said) - len(ending) > 3:
            yield f"{said[: -len(ending)]}er"


def _short(text: str, word: Word) -> Iterator[Advice]:
    said = bare(word)
    written = text[word.end - len(said) : word.end]
    start = word.end - len(said)
    dotted = text[word.end : word.end + 1] == "."
    if said in ABBREVIATED and (dotted or said not in WITH_A_DOT) and not (written.isupper() and len(said) > 1):
        end = word.end + dotted if said in WITH_A_DOT or said == "etc" else word.end
        yield Advice(RULES["abbreviation"], start, end, text[start:end], ABBREVIATED[said])
    elif _is_acronym(written):
        yield Advice(RULES["acronym"], start, word.end, written, MEANINGS.get(written, ""))


def _is_acronym(written: str) -> bool:
    shouted = 2 <= len(written) <= 6 and written.isupper() and written.isalpha()
    roman = set(written) <= set("IVXLC") and written != "CV"
    return shouted and not roman and written not in KNOWN_ACRONYMS

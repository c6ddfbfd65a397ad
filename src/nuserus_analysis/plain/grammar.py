"""Sentences that ask for a calculation: negations, passive, conditional, pronouns, several ideas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nuserus_analysis.plain.advice import RULES, Advice
from nuserus_analysis.plain.sentences import Sentence, Word, listed

_NEGATED = listed(
    """
    impossible inutile incapable invisible inconnu inconnue incomplet incomplète indifférent indifférente
    inaccessible inadmissible injuste incorrect incorrecte insuffisant insuffisante interdit interdite défavorable
    désagréable mécontent mécontente malheureux malheureuse anormal anormale illégal illégale irrégulier
    irrégulière rare
    """
)
_SECOND = frozenset({"pas", "plus", "jamais", "rien", "personne", "aucun", "aucune", "guère", "point"})
_ONLY_STOP = frozenset({"pas", "plus", "jamais", "rien", "personne", "aucun", "aucune"})
_PRONOUNS = frozenset({"il", "elle", "ils", "elles"})
_POINTING = frozenset(
    {"celui-ci", "celle-ci", "ceux-ci", "celles-ci", "celui-là", "celle-là", "ceux-là", "celles-là", "lequel",
     "laquelle", "lesquels", "lesquelles", "duquel", "auquel", "auxquels", "desquels"}
)  # fmt: skip
_LAST_NAMED = re.compile(r"\b(?:ce dernier|cette dernière|ces derniers|ces dernières)\b", re.IGNORECASE)
# What « il » does not stand for anybody in.
_IMPERSONAL = re.compile(
    r"^il\s+(?:y\s+a|y\s+avait|n’y\s+a|faut|fallait|faudra|ne\s+faut|est\s+(?:possible|important|interdit|temps|utile|facile|"
    r"nécessaire|préférable|bon|tard|tôt|midi)|s’agit|suffit|pleut|fait\s+(?:froid|chaud|beau|nuit|jour)|reste|existe|vaut)\b",
    re.IGNORECASE,
)
_LINKS = frozenset(
    {"qui", "que", "dont", "où", "car", "donc", "mais", "puis", "lorsque", "quand", "si", "comme", "puisque",
     "tandis", "alors", "afin", "parce", "ainsi", "cependant", "ensuite"}
)  # fmt: skip
# At the start of a sentence, these announce another one; « Mais », « Puis » do not.
_OPENING = frozenset({"si", "quand", "lorsque", "comme", "puisque"})
MOST_LINKS = 1
_BE = listed(
    """
    est sont était étaient sera seront serait seraient fut furent suis sommes êtes soit soient été être
    """
)
_ADVERBS = listed(
    """
    bien mal souvent toujours parfois encore déjà alors ensuite aussi ainsi régulièrement vite tout toute tous
    toutes pas plus jamais
    """
)
_MOVES = listed(
    """
    allé venu parti arrivé resté né mort entré sorti monté descendu tombé devenu revenu retourné passé rentré
    intervenu parvenu
    """
)
# Past participles that do not end in -é.
_PARTICIPLES = listed(
    """
    fait dit écrit mis pris permis promis appris compris vu lu reçu rendu vendu perdu tenu obtenu connu cru voulu
    choisi fini rempli réuni suivi servi construit produit conduit traduit détruit ouvert offert couvert découvert
    peint craint éteint joint plaint inscrit décrit prévu conçu aperçu entendu attendu défini réfléchi établi
    """
)
_NOT_CONDITIONAL = listed(
    """
    trait portrait retrait extrait attrait abstrait distrait soustrait parait paraît apparait disparait attirait
    serait-ce montrait entrait rentrait ouvrait offrait couvrait découvrait souffrait tirait retirait inspirait
    respirait durait adorait ignorait préparait réparait séparait comparait pleurait demeurait mesurait rassurait
    assurait figurait jurait délirait virait désirait admirait espérait préférait opérait considérait exagérait
    différait accélérait libérait récupérait générait gérait suggérait digérait tolérait modérait altérait
    intégrait enregistrait rencontrait administrait illustrait filtrait centrait concentrait livrait délivrait
    célébrait vibrait sombrait courait parcourait mourait enterrait serrait barrait bourrait fourrait errait
    verrait-on dorait explorait améliorait décorait honorait labourait entourait savourait enfourait empirait
    expirait aspirait transpirait prospérait énumérait rémunérait vénérait repérait tempérait éclairait flairait
    déclarait égarait garait démarrait emparait accaparait marrait rembourrait
    """
)
_CONDITIONAL = re.compile(r"\w{2,}r(?:ais|ait|ions|iez|aient)$")


def read_grammar(text: str, sentences: Sequence[Sentence]) -> Iterator[Advice]:
    """Double negations, « ne… que », passive, conditional, several ideas, pronouns far from their noun."""
    for rank, sentence in enumerate(sentences):
        yield from _negations(text, sentence)
        yield from _passive(text, sentence)
        yield from _conditional(sentence)
        yield from _ideas(sentence)
        yield from _pronouns(text, sentence, sentences[rank - 1] if rank else None)


def _is_ne(word: Word) -> bool:
    return word.low == "ne" or word.low.startswith("n’")


def _span(rule: str, text: str, first: Word, last: Word, instead: str = "") -> Advice:
    return Advice(RULES[rule], first.start, last.end, text[first.start : last.end], instead)


def _negations(text: str, sentence: Sentence) -> Iterator[Advice]:
    words = sentence.words
    places = [rank for rank, word in enumerate(words) if _is_ne(word)]
    for number, rank in enumerate(places):
        end = places[number + 1] if number + 1 < len(places) else len(words)
        clause = words[rank + 1 : end]
        other = next((word for word in clause if word.low in _NEGATED or word.low == "sans"), None)
        denied = next((word for word in clause if word.low in _SECOND), None)
        if denied is not None and other is not None and denied.start < other.start:
            yield _span("double_negation", text, words[rank], other)
        elif number + 1 < len(places) and denied is not None and _follows(words, places[number + 1]):
            yield _span("double_negation", text, words[rank], words[places[number + 1]])
        yield from _only(text, words[rank], clause)


def _follows(words: Sequence[Word], rank: int) -> bool:
    """Whether the second negation belongs to the first: « ne peut pas ne pas », « pas qui ne soit »."""
    before = words[rank - 1].low
    return before in _SECOND or before in {"de", "qui"} or words[rank - 1].low.startswith("qu’")


def _only(text: str, negation: Word, clause: Sequence[Word]) -> Iterator[Advice]:
    for word in clause[:6]:
        if word.low in _ONLY_STOP:
            return
        if word.low == "que" or word.low.startswith("qu’"):
            yield _span("only", text, negation, word, "seulement")
            return


def _participle(word: str) -> bool:
    base = word
    for ending in ("es", "s", "e"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            base = word[: -len(ending)]
            if base in _PARTICIPLES or base.endswith("é"):
                break
            base = word
    return (base in _PARTICIPLES or base.endswith("é")) and base not in _MOVES


def _passive(text: str, sentence: Sentence) -> Iterator[Advice]:
    words = sentence.words
    for rank, word in enumerate(words):
        if word.low.split("’")[-1] not in _BE:
            continue
        after = rank + 1
        while after < len(words) and words[after].low in _ADVERBS:
            after += 1
        if after >= len(words) or not _participle(words[after].low):
            continue
        by = next((one for one in words[after + 1 : after + 4] if one.low == "par"), None)
        been = word.low == "été"
        if by is not None or been:
            yield _span("passive", text, word, words[after])


def _conditional(sentence: Sentence) -> Iterator[Advice]:
    for word in sentence.words:
        low = word.low.split("’")[-1]
        stem = re.sub(r"(?:ais|ions|iez|aient)$", "ait", low)
        if _CONDITIONAL.search(low) and not {low, stem} & _NOT_CONDITIONAL:
            yield Advice(RULES["conditional"], word.start, word.end, word.text)


def _ideas(sentence: Sentence) -> Iterator[Advice]:
    opens = sentence.words[0].low in _OPENING
    links = opens + sum(word.low in _LINKS or word.low.startswith("qu’") for word in sentence.words[1:])
    commas = sentence.text.count(",")
    ands = sum(word.low in {"et", "ou"} for word in sentence.words[1:])
    if links > MOST_LINKS or (links and ands and len(sentence.words) > 10) or (commas > 2 and links):
        yield Advice(RULES["ideas"], sentence.start, sentence.end, sentence.text)


def _pronouns(text: str, sentence: Sentence, before: Sentence | None) -> Iterator[Advice]:
    first = sentence.words[0]
    starts = first.low in _PRONOUNS and not _IMPERSONAL.match(sentence.text)
    far = before is None or before.words[0].low in _PRONOUNS
    if starts and far:
        yield Advice(RULES["pronoun"], first.start, first.end, first.text)
    for word in sentence.words:
        if word.low.split("’")[-1] in _POINTING:
            yield Advice(RULES["pronoun"], word.start, word.end, word.text)
    for found in _LAST_NAMED.finditer(text, sentence.start, sentence.end):
        yield Advice(RULES["pronoun"], found.start(), found.end(), found.group())

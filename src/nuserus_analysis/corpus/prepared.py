"""From documents to tables: segments, lemmas, and how often each is in each.

Rows are segments, columns the active lemmas that enough segments hold; supplementary words have tables
of their own. Everything downstream (classes, specificities, axes, graphs) starts from here.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nuserus_analysis.corpus.documents import Corpus
from nuserus_analysis.text.function_words import is_function_word
from nuserus_analysis.text.lemmas import Lemmas, lemmatise
from nuserus_analysis.text.occurrences import Kind, Occurrence, is_counted, occurrences
from nuserus_analysis.text.segments import WORDS, Cutting, cut, cut_sentences

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn with its occurrences (offsets count from the beginning of the turn) and their lemmas."""

    document: int
    speaker: str
    start: int
    text: str
    read: tuple[Occurrence, ...]
    lemmas: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """Occurrences `first` to `last` of a turn; ``text[start:end]`` of its document."""

    document: int
    turn: int
    first: int
    last: int
    start: int
    end: int
    speaker: str
    words: int


@dataclass(frozen=True)
class Tables:
    """Segments × lemmas: `presence` (ones) and `counts`, as sparse matrices, with the names of the columns.

    `forms`: for each lemma, the forms it stands for, the most frequent first. `supplementary…`: the same
    for words that take no part in the classes.
    """

    segments: tuple[Segment, ...]
    vocabulary: tuple[str, ...]
    presence: sparse.csr_matrix
    counts: sparse.csr_matrix
    forms: Mapping[str, tuple[str, ...]]
    supplementary_vocabulary: tuple[str, ...]
    supplementary_counts: sparse.csr_matrix

    @property
    def frequencies(self) -> Numbers:
        """Occurrences of each active lemma."""
        return np.asarray(self.counts.sum(axis=0)).ravel().astype(np.int64)


def read_turns(
    corpus: Corpus,
    how: Lemmas = Lemmas.SIMPLE,
    *,
    lexicon: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[ReadTurn]:
    """Read every turn that says something. `progress` hears (turns so far, turns)."""
    found = [
        (rank, turn, document.said(turn)) for rank, document in enumerate(corpus.documents) for turn in document.turns
    ]
    read = [occurrences(text) for _rank, _turn, text in found]
    turns: list[ReadTurn] = []
    for done, ((rank, turn, text), here, lemmas) in enumerate(
        zip(found, read, lemmatise(read, how, lexicon=lexicon), strict=True), start=1
    ):
        if any(map(is_counted, here)):
            turns.append(ReadTurn(rank, turn.speaker, turn.start, text, tuple(here), tuple(lemmas)))
        if progress is not None:
            progress(done, len(found))
    return turns


def segment(turns: Sequence[ReadTurn], cutting: Cutting = Cutting.WORDS, *, words: int = WORDS) -> list[Segment]:
    """The segments of all turns, none across two of them."""
    found: list[Segment] = []
    for rank, turn in enumerate(turns):
        if cutting == Cutting.WORDS:
            ends = [(piece.first, piece.last) for piece in cut(turn.read, words=words)]
        elif cutting == Cutting.SENTENCES:
            ends = [(piece.first, piece.last) for piece in cut_sentences(turn.text, turn.read)]
        else:
            ends = [(0, len(turn.read))]
        found += [_segment(turn, rank, first, last) for first, last in ends]
    return found


def _segment(turn: ReadTurn, rank: int, first: int, last: int) -> Segment:
    start, end = turn.start + turn.read[first].start, turn.start + turn.read[last - 1].end
    words = sum(map(is_counted, turn.read[first:last]))
    return Segment(turn.document, rank, first, last, start, end, turn.speaker, words)


def units_of(
    turns: Sequence[ReadTurn], one: Sequence[Segment], other: Sequence[Segment]
) -> tuple[list[Segment], Numbers, Numbers]:
    """The largest pieces that neither segmentation cuts, with the segment of each that holds them."""
    units: list[Segment] = []
    places: tuple[list[int], list[int]] = ([], [])
    at = [0, 0]
    for rank, turn in enumerate(turns):
        first = 0
        while first < len(turn.read):
            both = (one, other)
            for side in (0, 1):
                while both[side][at[side]].turn < rank or both[side][at[side]].last <= first:
                    at[side] += 1
            last = min(one[at[0]].last, other[at[1]].last)
            units.append(_segment(turn, rank, first, last))
            places[0].append(at[0])
            places[1].append(at[1])
            first = last
    return units, np.array(places[0], dtype=np.int64), np.array(places[1], dtype=np.int64)


@dataclass(slots=True)
class _Cells:
    """Where a word was met: compact, for corpora of millions of words."""

    rows: array[int] = field(default_factory=lambda: array("q"))
    columns: array[int] = field(default_factory=lambda: array("q"))

    def table(self, height: int, width: int) -> sparse.csr_matrix:
        places = (np.asarray(self.rows, dtype=np.int64), np.asarray(self.columns, dtype=np.int64))
        found = sparse.csr_matrix((np.ones(len(self.rows)), places), shape=(height, width))
        found.sum_duplicates()
        return found


def tabulate(
    turns: Sequence[ReadTurn], segments: Sequence[Segment], *, least: int = 3, most: int | None = None
) -> Tables:
    """Count the lemmas of each segment.

    `least`: segments that must hold an active lemma; `most`: how many lemmas are kept, the most
    frequent first, equal ones in alphabetical order. A lemma is supplementary when its forms are words
    of grammar; numbers and addresses are left out.
    """
    active: dict[str, int] = {}
    other: dict[str, int] = {}
    forms: dict[str, Counter[str]] = {}
    cells = (_Cells(), _Cells())
    grammar: dict[tuple[str, str], bool] = {}
    for row, one in enumerate(segments):
        turn = turns[one.turn]
        for found, lemma in zip(turn.read[one.first : one.last], turn.lemmas[one.first : one.last], strict=True):
            if found.kind != Kind.WORD or not any(map(str.isalpha, found.form)):
                continue
            key = (found.form, lemma)
            if key not in grammar:
                grammar[key] = is_function_word(*key)
            names, place = (other, cells[1]) if grammar[key] else (active, cells[0])
            place.rows.append(row)
            place.columns.append(names.setdefault(lemma, len(names)))
            if not grammar[key]:
                forms.setdefault(lemma, Counter())[found.form] += 1
    counts = cells[0].table(len(segments), len(active))
    lemmas = list(active)
    held = np.asarray((counts > 0).sum(axis=0)).ravel()
    said = np.asarray(counts.sum(axis=0)).ravel()
    kept = sorted(np.flatnonzero(held >= least).tolist(), key=lambda place: (-said[place], lemmas[place]))[:most]
    counts = counts[:, kept]
    vocabulary = tuple(str(lemmas[place]) for place in kept)
    presence = counts.copy()
    presence.data = np.ones_like(presence.data)
    return Tables(
        tuple(segments),
        vocabulary,
        presence,
        counts,
        {lemma: tuple(form for form, _times in forms[lemma].most_common()) for lemma in vocabulary},
        tuple(other),
        cells[1].table(len(segments), len(other)),
    )

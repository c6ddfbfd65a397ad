"""One corpus, analysed: classes, what they say, and what the variables of the documents have to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from nuserus_analysis.corpus.documents import Corpus
from nuserus_analysis.corpus.prepared import ReadTurn, Segment, Tables, read_turns, segment, tabulate, units_of
from nuserus_analysis.correspondence import Correspondence, correspondence
from nuserus_analysis.reinert import (
    Classification,
    Crossed,
    Mode,
    Profile,
    classify,
    cross,
    profile,
    typical_segments,
)
from nuserus_analysis.report.plan import (
    FEWEST_SEGMENTS,
    LOOKED_FOR,
    OTHER_SIZE,
    NothingToCompare,
    Plan,
    Progress,
    Reason,
    Step,
    unheard,
)
from nuserus_analysis.similarity import SimilarityGraph, similarity_graph
from nuserus_analysis.specificity import specificities
from nuserus_analysis.text.segments import Cutting

Array = NDArray[np.float64]

SPEAKER = "locuteur"
MOST_VALUES = 20  # of a variable that is compared: beyond, each part says too little
GRAPH_FORMS = 60
TYPICAL = 5


@dataclass(frozen=True)
class Parts:
    """A variable of the documents (or who speaks): its values, the value of each segment (-1: none), and
    specificities, lemmas × values.
    """

    name: str
    values: tuple[str, ...]
    of_segment: NDArray[np.int64]
    counts: Array
    scores: Array
    against_classes: Profile


@dataclass(frozen=True)
class Study:
    """All that a report says."""

    plan: Plan
    corpus: Corpus
    tables: Tables
    classes: NDArray[np.int64]
    k: int
    advised: bool
    tree: Classification
    crossed: Crossed | None
    profile: Profile
    typical: tuple[tuple[tuple[int, float], ...], ...]
    parts: tuple[Parts, ...]
    plane: Correspondence | None
    plane_forms: tuple[int, ...]
    graph: SimilarityGraph
    graph_forms: tuple[int, ...]

    def text_of(self, number: int) -> str:
        """A segment as it was written."""
        one = self.tables.segments[number]
        return self.corpus.documents[one.document].text[one.start : one.end]


def study(corpus: Corpus, plan: Plan | None = None, progress: Progress = unheard) -> Study:
    """Analyse a corpus. Raises NothingToCompare when it says too little, ModelMissing for absent lemmas."""
    plan = plan or Plan()
    turns = read_turns(corpus, plan.lemmas, progress=lambda done, total: progress(Step.READING, done, total))
    progress(Step.CUTTING, 0, 1)
    segments = segment(turns, plan.cutting, words=plan.words)
    tables = _told(tabulate(turns, segments, least=plan.least, most=plan.most), corpus)
    progress(Step.CUTTING, 1, 1)
    tree, advised = _tree(tables, plan, progress)
    crossed: Crossed | None = None
    if plan.double:
        tables, crossed = _crossed(turns, segments, tree, plan, progress)
    classes, k = (tree.classes, tree.k) if crossed is None else (crossed.classes, len(crossed.nodes))
    if k < 2:
        raise NothingToCompare(Reason.NO_DIVISION, len(segments))
    progress(Step.COMPARING, 0, 4)
    found = profile(tables.presence, classes, tokens=tables.counts)
    typical = tuple(tuple(typical_segments(tables.presence, classes, found, one, most=TYPICAL)) for one in range(k))
    progress(Step.COMPARING, 1, 4)
    parts = tuple(_parts(corpus, tables, classes))
    progress(Step.COMPARING, 2, 4)
    plane, plane_forms = _plane(found)
    progress(Step.COMPARING, 3, 4)
    graph_forms = tuple(range(min(GRAPH_FORMS, len(tables.vocabulary))))  # columns are in order of frequency
    graph = similarity_graph(tables.presence[:, list(graph_forms)], least=2)
    progress(Step.COMPARING, 4, 4)
    return Study(
        plan, corpus, tables, classes, k, advised, tree, crossed, found, typical, parts, plane, plane_forms, graph,
        graph_forms,
    )  # fmt: skip


def _told(tables: Tables, corpus: Corpus) -> Tables:
    """The tables, unless they say too little."""
    many = len(tables.segments)
    if not many:
        raise NothingToCompare(Reason.NO_WORD)
    if many < FEWEST_SEGMENTS:
        one = len(corpus.documents) == 1
        raise NothingToCompare(Reason.ONE_SHORT_DOCUMENT if one else Reason.FEW_SEGMENTS, many)
    if len(tables.vocabulary) < 2:
        raise NothingToCompare(Reason.ONLY_GRAMMAR, many)
    return tables


def _tree(tables: Tables, plan: Plan, progress: Progress) -> tuple[Classification, bool]:
    """The classification, and whether its number of classes was advised by the fall of the divisions."""

    def dividing(done: int, total: int) -> None:
        progress(Step.DIVIDING, done, total)

    def grown(k: int) -> Classification:
        return classify(tables.presence, k=k, mode=plan.mode, progress=dividing)

    if plan.k is not None:
        return grown(plan.k), False
    whole = grown(min(LOOKED_FOR, max(2, len(tables.segments) // FEWEST_SEGMENTS)))
    if not whole.divisions:
        raise NothingToCompare(Reason.NO_DIVISION, len(tables.segments))
    k = max(2, min(whole.suggested(), len(whole.divisions) + 1))
    # the rules of IRaMuTeQ put small classes aside by the number of classes that was asked
    return (whole.cut(k) if plan.mode == Mode.REINERT else grown(k)), True


def _crossed(
    turns: Sequence[ReadTurn], segments: list[Segment], tree: Classification, plan: Plan, progress: Progress
) -> tuple[Tables, Crossed]:
    """What a second classification, on shorter segments, finds too; tables of the pieces that neither cuts."""
    if plan.cutting != Cutting.WORDS:
        raise ValueError("A double classification needs segments of two lengths in words")
    shorter = segment(turns, words=max(1, round(plan.words * OTHER_SIZE)))
    table = tabulate(turns, shorter, least=plan.least, most=plan.most)
    k = max(tree.k, 2)
    other = classify(table.presence, k=k, mode=plan.mode, progress=lambda d, t: progress(Step.DIVIDING, d, t))
    units, of_first, of_second = units_of(turns, segments, shorter)
    smallest = max(3, len(units) // (20 * k))
    crossed = cross(tree, other, k=k, units=(of_first, of_second), smallest=smallest)
    return tabulate(turns, units, least=plan.least, most=plan.most), crossed


def _parts(corpus: Corpus, tables: Tables, classes: NDArray[np.int64]) -> list[Parts]:
    """Each variable with two values or more, up to as many as can be compared."""
    found = []
    for name in (*corpus.variables, SPEAKER):
        said = [
            one.speaker
            if name == SPEAKER and name not in corpus.variables
            else corpus.documents[one.document].variables.get(name, "")
            for one in tables.segments
        ]
        values = tuple(sorted({value for value in said if value}))
        if not 2 <= len(values) <= MOST_VALUES:
            continue
        number = {value: rank for rank, value in enumerate(values)}
        of_segment = np.array([number.get(value, -1) for value in said], dtype=np.int64)
        held = np.flatnonzero(of_segment >= 0)
        member = sparse.csr_matrix((np.ones(held.size), (held, of_segment[held])), shape=(len(said), len(values)))
        counts = np.asarray((tables.counts.T @ member).todense())
        words = np.array([one.words for one in tables.segments], dtype=float)
        scores = specificities(counts, sizes=np.asarray(member.T @ words)).scores
        found.append(Parts(name, values, of_segment, counts, scores, profile(member, classes)))
    return found


def _plane(found: Profile) -> tuple[Correspondence | None, tuple[int, ...]]:
    """Correspondence analysis of lemmas × classes: a plane needs three classes."""
    kept = np.flatnonzero(found.in_all > 0)
    if found.frequencies.shape[1] < 3 or kept.size < 3:
        return None, ()
    plane = correspondence(found.frequencies[kept], axes=found.frequencies.shape[1] - 1)
    return (plane, tuple(kept.tolist())) if plane.inertias.size > 1 else (None, ())

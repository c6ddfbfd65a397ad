"""The descending classification: which set is divided next, and which forms each half keeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from nuserus_analysis.reinert.bisection import Halves, best_cut, first_axis
from nuserus_analysis.reinert.presence import Array, Numbers, Presence, binary
from nuserus_analysis.reinert.switching import steepest, sweeping

UNCLASSIFIED = -1
CONTINGENCY = 0.3  # contingency coefficient up to which a form is common to both halves
FREQUENT = 3  # segments below which a common form is kept only where it is over-represented
STEP = 1.9  # of the elimination threshold of IRaMuTeQ
ASIDE = 30  # times that few segments are put aside before a set counts as one that cannot be divided


class Mode(StrEnum):
    """Whose rules."""

    REINERT = "reinert"
    IRAMUTEQ = "iramuteq"


class Note(StrEnum):
    """What a reader must know of a division: another one was as good."""

    SEVERAL_PARTS = "several parts"  # segments that share no form, even through others
    TIED = "tied"  # two axes or two cuts were equally good
    FEW_APART = "few apart"  # fewer segments than a class needs opposed all others: divided without them


@dataclass(frozen=True)
class Division:
    """One division: of node `parent` into `children`; its χ², with the ones of the table it was made on."""

    parent: int
    children: tuple[int, int]
    chi2: float
    size: float
    moves: int
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Classification:
    """`classes`: of each segment, 0 to k−1 by size, -1 where it has none; `divisions` in their order.

    `nodes` gives for each node of the tree (0 is everything) its segments; `terminal` the node of each
    class; `empty`: segments without any form, which cannot be classified.
    """

    classes: Numbers
    divisions: tuple[Division, ...]
    nodes: tuple[Numbers, ...]
    terminal: tuple[int, ...]
    empty: int

    @property
    def k(self) -> int:
        return len(self.terminal)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(int(self.nodes[node].size) for node in self.terminal)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every kind of note that a division has."""
        return tuple(note for note in Note if any(note in division.notes for division in self.divisions))

    def cut(self, k: int) -> Classification:
        """The same tree stopped at k classes. Raises ValueError above the classes there are."""
        if not 1 <= k <= len(self.divisions) + 1:
            raise ValueError(f"This tree has 1 to {len(self.divisions) + 1} classes, not {k}")
        return _classified(self.divisions[: k - 1], self.nodes, self.classes.size, self.empty)

    def suggested(self, *, least: int = 3) -> int:
        """Classes before the division that opposes vocabularies least, in proportion, after the one before it.

        Each division has a share χ²/size, between 0 and 1; the largest fall from one to the next marks
        where dividing further says little more.
        """
        shares = [division.chi2 / division.size for division in self.divisions]
        falls = [(shares[rank] / shares[rank - 1], rank + 1) for rank in range(max(least - 1, 1), len(shares))]
        return min(falls)[1] if falls else self.k


@dataclass(slots=True)
class _Node:
    """A set of segments with the forms it still has."""

    segments: Numbers
    columns: Numbers
    final: bool = False
    halves: Callable[[], Halves] | None = field(default=None)


def classify(
    table: ArrayLike | sparse.spmatrix,
    *,
    k: int = 10,
    mode: Mode = Mode.REINERT,
    smallest: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Classification:
    """Divide segments (rows of a binary table of forms) until there are k classes, the largest set first.

    `smallest`: in Reinert's mode no half has fewer segments (default 3), and fewer that oppose all others
    follow the larger half; in IRaMuTeQ's mode terminals below it are put aside (default: segments / 2k).
    `progress` hears (classes so far, k). Fewer than k classes come back when nothing more can be divided.
    Raises ValueError for an empty table or k < 2.
    """
    rows = binary(table)
    if k < 2:
        raise ValueError("Two classes at least")
    filled = np.flatnonzero(np.diff(rows.indptr))
    if not filled.size:
        raise ValueError("No segment has any of the forms")
    nodes = [_Node(filled, np.arange(rows.shape[1]))]
    divisions: list[Division] = []
    least = smallest if smallest is not None else 3
    while len(divisions) < k - 1:
        open_nodes = [rank for rank, node in enumerate(nodes) if not node.final]
        if not open_nodes:
            break
        parent = max(open_nodes, key=lambda rank: (nodes[rank].segments.size, -rank))
        division = _divide(rows, nodes, parent, mode, least)
        nodes[parent].final = True
        if division is not None:
            divisions.append(division)
            if progress is not None:
                progress(len(divisions) + 1, k)
    found = _classified(
        tuple(divisions), tuple(node.segments for node in nodes), rows.shape[0], rows.shape[0] - filled.size
    )
    if mode == Mode.IRAMUTEQ:
        return _pruned(found, smallest if smallest is not None else max(1, round(filled.size / (2 * k))))
    return found


def _divide(rows: sparse.csr_matrix, nodes: list[_Node], parent: int, mode: Mode, least: int) -> Division | None:
    node = nodes[parent]
    part = rows[node.segments][:, node.columns]
    found = _without_few(part, mode, least if mode == Mode.REINERT else 1)
    if found is None:
        return None
    held, table, halves, notes = found
    in_first = np.zeros(node.segments.size, dtype=bool)
    in_first[held] = halves.first[table.members]
    # a segment that lost all its forms, or was put aside, follows the larger half
    lost = np.ones(node.segments.size, dtype=bool)
    lost[held] = False
    in_first[lost] = in_first[held].mean() > 0.5
    if in_first[np.flatnonzero(~lost)[0]] != _leads(table, halves):
        in_first = ~in_first
    keep = _kept_by_contingency if mode == Mode.REINERT else _kept_by_threshold
    first, second = keep(part, in_first)
    nodes.append(_Node(node.segments[in_first], node.columns[first]))
    nodes.append(_Node(node.segments[~in_first], node.columns[second]))
    return Division(parent, (len(nodes) - 2, len(nodes) - 1), halves.chi2, table.size, halves.moves, notes)


def _without_few(
    part: sparse.csr_matrix, mode: Mode, least: int
) -> tuple[Numbers, Presence, Halves, tuple[Note, ...]] | None:
    """The halves of a set, and the segments they are made of: those with forms, less the few that oppose all others.

    A handful of segments with rare forms of their own can hold the first axis of thousands: no class is to be
    made of them, and they are no reason not to divide the rest.
    """
    held = np.flatnonzero(np.diff(part.indptr))
    notes: set[Note] = set()
    for _round in range(ASIDE):
        if held.size < 2 * least:
            return None
        table = Presence.of(part[held])
        halves = _halves(table, mode)
        if halves is None:
            return None
        notes |= {Note.SEVERAL_PARTS} if halves.parts > 1 else set()
        first = halves.first[table.members]
        if min(first.sum(), (~first).sum()) >= least:
            notes |= {Note.TIED} if halves.tied else set()
            return held, table, halves, tuple(note for note in Note if note in notes)
        notes.add(Note.FEW_APART)
        held = held[first if first.sum() > (~first).sum() else ~first]
    return None


def _leads(table: Presence, halves: Halves) -> bool:
    """The larger half stands first; equal ones are told apart by what their rows hold."""
    inside, outside = float(table.weights @ halves.first), float(table.weights @ ~halves.first)
    first_of_all = bool(halves.first[0]) if inside == outside else inside > outside
    return bool(halves.first[table.members[0]]) == first_of_all


def _halves(table: Presence, mode: Mode) -> Halves | None:
    if table.weights.size < 2:
        return None
    coordinates, parts, tied_axis = first_axis(table)
    first, _chi2, tied_cut = best_cut(table, coordinates)
    if not first.any():
        return None
    state = steepest(table, first) if mode == Mode.REINERT else sweeping(table, first)
    return Halves(state.first, state.chi2, state.moves, parts, tied_axis or tied_cut)


def _kept_by_contingency(part: sparse.csr_matrix, in_first: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """Forms that each half keeps: common and frequent ones in both, the others where they are over-represented."""
    counts, sizes, chi2 = _by_half(part, in_first)
    n = sizes.sum()
    common = np.sqrt(chi2 / (chi2 + n)) <= CONTINGENCY
    expected = np.outer(sizes, counts.sum(axis=0)) / n
    kept = (common & (counts >= FREQUENT)) | (counts > expected)
    return np.flatnonzero(kept[0]), np.flatnonzero(kept[1])


def _kept_by_threshold(part: sparse.csr_matrix, in_first: NDArray[np.bool_]) -> tuple[Numbers, Numbers]:
    """A form whose χ² passes 1.9·(larger/smaller) + 1.9 leaves the half that under-uses it, for good; rare ones too."""
    counts, sizes, chi2 = _by_half(part, in_first)
    threshold = STEP * sizes.max() / max(sizes.min(), 1) + STEP
    expected = np.outer(sizes, counts.sum(axis=0)) / sizes.sum()
    kept = ((chi2 <= threshold) | (counts > expected)) & (counts > FREQUENT)
    return np.flatnonzero(kept[0]), np.flatnonzero(kept[1])


def _by_half(part: sparse.csr_matrix, in_first: NDArray[np.bool_]) -> tuple[Array, Array, Array]:
    """Segments of each half that hold each form (2 × forms), sizes of the halves, χ² of presence × half."""
    first = np.asarray(part.T @ in_first.astype(float))
    counts = np.vstack([first, np.asarray(part.sum(axis=0)).ravel() - first])
    sizes = np.array([in_first.sum(), (~in_first).sum()], dtype=float)
    n, present = sizes.sum(), counts.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        crossed = counts[0] * (sizes[1] - counts[1]) - counts[1] * (sizes[0] - counts[0])
        chi2 = n * crossed**2 / (present * (n - present) * sizes[0] * sizes[1])
    return counts, sizes, np.nan_to_num(chi2)


def _classified(
    divisions: tuple[Division, ...], nodes: tuple[Numbers, ...], segments: int, empty: int
) -> Classification:
    divided = {division.parent for division in divisions}
    reached = {0, *(child for division in divisions for child in division.children)}
    terminal = sorted(reached - divided, key=lambda node: (-nodes[node].size, node))
    return _named(divisions, nodes, tuple(terminal), segments, empty)


def _named(
    divisions: tuple[Division, ...], nodes: tuple[Numbers, ...], terminal: tuple[int, ...], segments: int, empty: int
) -> Classification:
    classes = np.full(segments, UNCLASSIFIED, dtype=np.int64)
    for rank, node in enumerate(terminal):
        classes[nodes[node]] = rank
    return Classification(classes, divisions, nodes, terminal, empty)


def _pruned(found: Classification, smallest: int) -> Classification:
    """Put small terminals aside: a division with one small half goes on in the other; with two, it is undone."""
    by_parent = {division.parent: division for division in found.divisions}
    terminal: list[int] = []
    waiting = [0]
    while waiting:
        node = waiting.pop()
        division = by_parent.get(node)
        large = [child for child in division.children if found.nodes[child].size >= smallest] if division else []
        if large:
            waiting += large
        elif found.nodes[node].size >= smallest or node == 0:
            terminal.append(node)
    terminal.sort(key=lambda node: (-found.nodes[node].size, node))
    return _named(found.divisions, found.nodes, tuple(terminal), found.classes.size, found.empty)

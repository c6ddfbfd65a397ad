"""Multiple correspondence analysis of a table of answers, exact, from the Burt table.

Individuals × questions, one answer each (a missing answer is an answer of its own name, `question.NA`,
or an error). The eigenproblem has the size of the number of categories, whatever the number of
individuals. Row weights are those of a survey; supplementary questions and individuals are placed, not
counted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import eigh

Array = NDArray[np.float64]

NOTHING = 1e-12


@dataclass(frozen=True)
class MultipleCorrespondence:
    """Inertias of the axes; principal coordinates of individuals and of categories, with their names.

    `categories` are (question, answer) in the order of the rows of `category_points`.
    `modified` are the inertias above the mean, stretched (Benzécri, 1979), with their shares.
    """

    inertias: Array
    individuals: Array
    category_points: Array
    categories: tuple[tuple[str, Any], ...]
    weights: Array
    masses: Array
    questions: int

    @property
    def shares(self) -> Array:
        """Part of the whole inertia, which is categories / questions − 1."""
        return np.asarray(self.inertias / (len(self.categories) / self.questions - 1))

    @property
    def modified(self) -> Array:
        """Benzécri's rates: shares of the axes above 1/Q once stretched."""
        q = self.questions
        above = self.inertias[self.inertias > 1 / q + NOTHING]
        stretched = (q / (q - 1) * (above - 1 / q)) ** 2
        return np.asarray(stretched / stretched.sum()) if stretched.size else stretched

    @property
    def category_contributions(self) -> Array:
        """Part of the inertia of each axis that each category makes."""
        return np.asarray(self.masses[:, None] * self.category_points**2 / self.inertias)

    def place_question(self, answers: Sequence[Any]) -> dict[Any, Array]:
        """Principal coordinates of the categories of a supplementary question (None: not answered)."""
        if len(answers) != self.individuals.shape[0]:
            raise ValueError("A supplementary question needs one answer per individual")
        found = {}
        for answer in dict.fromkeys(answer for answer in answers if answer is not None):
            here = np.fromiter((one == answer for one in answers), dtype=bool, count=len(answers))
            mean = np.average(self.individuals[here], axis=0, weights=self.weights[here])
            found[answer] = mean / np.sqrt(self.inertias)
        return found

    def place_individual(self, answers: Mapping[str, Any]) -> Array:
        """Principal coordinates of somebody else: the mean of the categories chosen, over √λ.

        Raises ValueError for an answer that nobody active gave.
        """
        place = {category: rank for rank, category in enumerate(self.categories)}
        unknown = [f"{question}: {answer}" for question, answer in answers.items() if (question, answer) not in place]
        if unknown or len(answers) != self.questions:
            raise ValueError(f"One known answer per question is needed; unknown: {', '.join(unknown) or 'none'}")
        ranks = [place[category] for category in answers.items()]
        return np.asarray(self.category_points[ranks].mean(axis=0) / np.sqrt(self.inertias))


def multiple_correspondence(
    answers: Mapping[str, Sequence[Any]], *, axes: int | None = None, row_weights: ArrayLike | None = None
) -> MultipleCorrespondence:
    """Analyse the answers to several questions: a column of answers per question.

    A missing answer (None, NaN) is a category of its own, named None. Raises ValueError with fewer
    than two questions, columns of different lengths, or a question to which all gave one answer.
    """
    names = list(answers)
    lengths = {len(column) for column in answers.values()}
    if len(names) < 2 or len(lengths) != 1:
        raise ValueError("Two questions at least, with as many answers to each")
    n = lengths.pop()
    weights = np.ones(n) if row_weights is None else np.asarray(row_weights, dtype=float)
    if weights.shape != (n,) or (weights <= 0).any():
        raise ValueError("Row weights must be above zero, one per individual")
    weights = weights / weights.sum()
    codes, categories = _coded(answers)
    width, q = len(categories), len(names)
    mass = np.bincount(codes.ravel(), weights=np.tile(weights, q), minlength=width)
    burt = _burt(codes, weights, width)
    scaled = (burt / q - np.outer(mass, mass) / q) / np.sqrt(np.outer(mass, mass))
    most = width - q
    wanted = most if axes is None else min(axes, most)
    values, vectors = eigh(scaled, subset_by_index=(width - wanted, width - 1))
    values, vectors = values[::-1], vectors[:, ::-1]
    kept = values > NOTHING
    values, vectors = values[kept], vectors[:, kept]
    largest = np.abs(vectors).argmax(axis=0)
    vectors = vectors * np.sign(vectors[largest, np.arange(values.size)])
    standard = vectors / np.sqrt(mass / q)[:, None]
    individuals = standard[codes].sum(axis=0) / q
    return MultipleCorrespondence(values, individuals, standard * np.sqrt(values), categories, weights, mass / q, q)


def _coded(answers: Mapping[str, Sequence[Any]]) -> tuple[NDArray[np.int64], tuple[tuple[str, Any], ...]]:
    """Codes of answers, questions × individuals, numbered across questions; and the categories."""
    columns, categories = list[NDArray[np.int64]](), list[tuple[str, Any]]()
    for name, column in answers.items():
        known: dict[Any, int] = {}
        told = list(column)  # so that each NaN is one and the same below
        given = set(told)
        missing = {one for one in given if one is None or (isinstance(one, float) and np.isnan(one))}
        for answer in sorted(given - missing, key=_by_kind):
            known[answer] = len(known)
        names = [*known, None] if missing else list(known)
        known.update(dict.fromkeys(missing, len(known)))
        if len(names) < 2:
            raise ValueError(f"Everybody gave the same answer to {name}: leave it out")
        start = len(categories)
        columns.append(start + np.fromiter(map(known.__getitem__, told), dtype=np.int64, count=len(told)))
        categories += [(name, answer) for answer in names]
    return np.asarray(columns, dtype=np.int64), tuple(categories)


def _burt(codes: NDArray[np.int64], weights: Array, width: int) -> Array:
    """Weighted co-occurrences of categories: two questions at a time, without the indicator table."""
    table = np.zeros((width, width))
    for rank, first in enumerate(codes):
        for second in codes[rank:]:
            low, high = second.min(), second.max() + 1
            span = int(high - low)
            start, stop = first.min(), first.max() + 1
            flat = (first - start) * span + (second - low)
            block = np.bincount(flat, weights=weights, minlength=int(stop - start) * span)
            block = block.reshape(int(stop - start), span)
            table[start:stop, low:high] = block
            table[low:high, start:stop] = block.T
    return table


def _by_kind(value: Any) -> tuple[str, Any]:
    return (type(value).__name__, value)

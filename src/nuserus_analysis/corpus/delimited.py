"""A table of texts: one column holds them, the others are variables."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from nuserus_analysis.corpus.documents import Corpus, Document
from nuserus_analysis.corpus.limits import MAX_DOCUMENTS, Problem, UnreadableCorpus
from nuserus_analysis.corpus.speech import conversation
from nuserus_analysis.text.folding import fold

TEXT_COLUMNS = ("texte", "text", "verbatim", "contenu", "reponse", "entretien", "recit")
_DELIMITERS = ";,\t|"
_LONGEST_CELL = 10_000_000
_LOOKED_AT = 200  # rows that the column of texts is guessed from


def read_delimited(text: str, file: str, *, column: str | None = None) -> Corpus:
    """A document for each row whose text says something, named by its line.

    `column`: name of the column of texts; else the first named *texte*, *verbatim*…, else the one with
    most letters. Raises UnreadableCorpus.
    """
    rows = _rows(text, file)
    if len(rows) < 2:
        raise UnreadableCorpus(Problem.EMPTY, file)
    header = [name.strip() or f"colonne {rank + 1}" for rank, name in enumerate(rows[0])]
    place = _text_column(header, rows[1:], file, column)
    documents: list[Document] = []
    for line, row in enumerate(rows[1:], start=2):
        cells = [*row, *[""] * (len(header) - len(row))]
        if not cells[place].strip():
            continue
        if len(documents) == MAX_DOCUMENTS:
            raise UnreadableCorpus(Problem.TOO_MANY, file, str(MAX_DOCUMENTS))
        variables = {name: cells[rank].strip() for rank, name in enumerate(header) if rank != place}
        documents.append(conversation(str(line), cells[place], variables))
    return Corpus(tuple(documents))


def _rows(text: str, file: str) -> list[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda sign: (first.count(sign), -_DELIMITERS.index(sign)))
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise UnreadableCorpus(Problem.DAMAGED, file, str(error)) from error
    finally:
        csv.field_size_limit(before)


def _text_column(header: Sequence[str], rows: Sequence[Sequence[str]], file: str, wanted: str | None) -> int:
    folded = [fold(name) for name in header]
    if wanted is not None:
        if fold(wanted) not in folded:
            raise UnreadableCorpus(Problem.NO_COLUMN, file, ", ".join(header))
        return folded.index(fold(wanted))
    for name in TEXT_COLUMNS:
        if name in folded:
            return folded.index(name)
    letters = [sum(len(row[rank]) for row in rows[:_LOOKED_AT] if rank < len(row)) for rank in range(len(header))]
    return max(range(len(header)), key=letters.__getitem__)

"""Tables of text with a header: the separator is seen, short rows are told, long ones too."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from nuserus.directory.readers.decoding import Lines
from nuserus.directory.readers.opening import Source, UnreadableFile
from nuserus.directory.readers.records import Problem

_SEPARATORS: Final = (",", ";", "\t", "|")
_MOST_COLUMNS: Final = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A row by the names of its columns; `line` is that of its beginning, from 1."""

    line: int
    cells: dict[str, str]


def rows_of(source: Source, needed: Sequence[str]) -> Iterator[Row | Problem]:
    """The rows of a table whose header holds at least the columns `needed`.

    A row that has not the cells of the header is a problem; a header that is not the one expected, or
    a file that breaks off, is a fatal one.
    """
    lines = Lines(source)
    try:
        header, separator = _header(next(lines, ""))
    except UnreadableFile as error:
        yield Problem(line=1, sentence=error.sentence, fatal=True)
        return
    missing = [name for name in needed if name not in header]
    if missing:
        yield Problem(line=1, sentence=_no_header(header, missing), fatal=True)
        return
    reader = csv.reader(lines, delimiter=separator, strict=False)
    start = 2
    try:
        for cells in reader:
            line, start = start, reader.line_num + 2
            if not any(cells):
                continue
            if len(cells) != len(header):
                yield Problem(
                    line=line,
                    sentence=_("La ligne a %(count)d cases ; la première ligne en annonce %(expected)d.")
                    % {"count": len(cells), "expected": len(header)},
                )
                continue
            yield Row(line, dict(zip(header, cells, strict=True)))
    except UnreadableFile as error:
        yield Problem(line=start, sentence=error.sentence, fatal=True)
    except csv.Error:
        yield Problem(
            line=start,
            sentence=_("À partir d’ici, les cases ne se lisent plus : un guillemet est sans doute resté ouvert."),
            fatal=True,
        )
    if lines.odd:
        yield Problem(
            line=lines.odd[0],
            sentence=_("%(count)d lignes sont écrites dans un autre encodage que le reste : elles ont été lues.")
            % {"count": len(lines.odd)},
        )


def _header(first: str) -> tuple[list[str], str]:
    best: tuple[list[str], str] = ([], ",")
    for separator in _SEPARATORS:
        try:
            names = next(csv.reader([first], delimiter=separator), [])
        except csv.Error:
            continue
        if len(best[0]) < len(names) <= _MOST_COLUMNS:
            best = ([name.strip().lower() for name in names], separator)
    return best


def _no_header(header: list[str], missing: list[str]) -> str:
    if len(header) < 2:
        return _("La première ligne ne se découpe pas en colonnes : ce n’est pas le fichier attendu.")
    return _("Il manque des colonnes à la première ligne : %(names)s.") % {"names": ", ".join(missing)}

"""What was read, laid in temporary tables of the session of the system role: nothing of the directory moves yet.

COPY can't write a table under row-level security, and a temporary table leaves nothing behind a process
that dies. Only what the register says otherwise than last time is laid; the rest is counted.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from os import urandom
from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.utils.translation import gettext as _

from nuserus.directory.actions.imports.lists import Lists, Refused
from nuserus.directory.actions.imports.marks import mark_of, mark_of_words
from nuserus.directory.actions.imports.rows import institution_row, place_row, service_row
from nuserus.directory.actions.imports.targets import (
    CATEGORIES,
    INSTITUTIONS,
    OPERATORS,
    PLACES,
    SERVICES,
    TARGETS,
    Target,
)
from nuserus.directory.enums import ChangedKind
from nuserus.directory.readers.records import (
    InstitutionRecord,
    LocationRecord,
    PlaceRecord,
    Problem,
    Record,
    SameRecord,
    ServiceRecord,
)
from nuserus.foundation.asking import as_system

BATCH: Final = 2_000
MOST_PROBLEMS: Final = 500
# What stands for the mark of a row: it was met in this file; it never came from a register; it is closed.
_MET, _NOT_OF_THE_REGISTER, _CLOSED = -1, -2, -3

_LOW: Final = (1 << 62) - 1
_POINTS = """
CREATE TEMP TABLE import_points (
  seq integer, rank integer, finess varchar(9), latitude float8, longitude float8, precision varchar(8))
"""


class Problems:
    """What could not be read: all counted, the first ones kept, and the numbers that they are about."""

    def __init__(self) -> None:
        self.count = 0
        self.kept: list[tuple[int, str]] = []
        self.fatal = ""

    def add(self, line: int, sentence: str) -> None:
        self.count += 1
        if len(self.kept) < MOST_PROBLEMS:
            self.kept.append((line, sentence))


class Staging:
    """One file on its way into the temporary tables."""

    def __init__(self, *, source: str, day: date, lists: Lists) -> None:
        self.problems = Problems()
        self.unchanged: Counter[ChangedKind] = Counter()
        self.read: Counter[ChangedKind] = Counter()
        self.lists = lists
        self.has_points = False
        self._source = source
        self._day = day
        self._marks: dict[ChangedKind, dict[str, int]] = {}
        self._spared: set[str] = set()  # badly told of, so not gone
        self._open: Counter[ChangedKind] = Counter()
        self._waiting: dict[str, list[tuple[Any, ...]]] = {}
        self._seq = 0

    def prepare(self, targets: Iterable[Target]) -> None:
        """Make the tables, and learn what the register said last time."""
        with as_system("stage an import", recorded=False), connections["system"].cursor() as cursor:
            for target in TARGETS:
                forget(cursor, target)
                columns = ", ".join(f"t.{column}" for column in target.columns)
                cursor.execute(
                    f"CREATE TEMP TABLE {target.staging} AS SELECT 0 AS seq, 0 AS rank, false AS is_new, t.id, "
                    f"''::varchar AS place_key, {columns} FROM {target.table} t WITH NO DATA"
                )
            cursor.execute("DROP TABLE IF EXISTS import_points")
            cursor.execute(_POINTS)
            for target in targets:
                marks = self._marks[target.kind] = self._last_time(cursor, target)
                self._open[target.kind] = sum(mark >= 0 for mark in marks.values())

    def _last_time(self, cursor: Any, target: Target) -> dict[str, int]:
        ours = "true" if len(target.keys) == 1 else "source = %s"
        cursor.execute(
            f"SELECT {target.key}, CASE WHEN register_mark IS NULL THEN {_NOT_OF_THE_REGISTER} "
            f"WHEN closed_on IS NOT NULL THEN {_CLOSED} ELSE register_mark END "
            f"FROM {target.table} WHERE {target.key} IS NOT NULL AND {ours}",
            [self._source] if len(target.keys) > 1 else None,
        )
        return dict(cursor.fetchall())

    def said_before(self, finess: str, words: str) -> bool:
        """Whether the register said the same of this institution last time, in the same words."""
        last = self._marks[INSTITUTIONS.kind].get(finess, _NOT_OF_THE_REGISTER)
        return last >= 0 and last == mark_of_words(words, self._source)

    def take(self, record: Record | Problem) -> None:
        """One thing that the reader gave."""
        if isinstance(record, Problem):
            self._take_problem(record)
            return
        if isinstance(record, SameRecord):
            self._marks[INSTITUTIONS.kind][record.finess] = _MET
            self.read[INSTITUTIONS.kind] += 1
            self.unchanged[INSTITUTIONS.kind] += 1
            return
        self._seq += 1
        if isinstance(record, LocationRecord):
            self._take_point(record)
            return
        try:
            self._take_object(record)
        except Refused as refused:
            self.problems.add(record.line, refused.sentence)

    def _take_problem(self, problem: Problem) -> None:
        self.problems.add(problem.line, problem.sentence)
        if problem.fatal:
            self.problems.fatal = problem.sentence
        if problem.key:
            self._spared.add(problem.key)

    def _take_object(self, record: InstitutionRecord | PlaceRecord | ServiceRecord) -> None:
        if isinstance(record, InstitutionRecord):
            target, key = INSTITUTIONS, record.finess
        else:
            target, key = (PLACES if isinstance(record, PlaceRecord) else SERVICES), record.source_id[:120]
        marks = self._marks[target.kind]
        last, mark = marks.get(key), mark_of(record, self._source)
        if last == _MET:
            raise Refused(
                _("« %(key)s » est déjà plus haut dans le fichier : la première ligne compte.") % {"key": key}
            )
        marks[key] = _MET
        self.read[target.kind] += 1
        if last == mark:
            self.unchanged[target.kind] += 1
            return
        place = ""
        if isinstance(record, InstitutionRecord):
            row = institution_row(record, self.lists, day=self._day, mark=mark)
        elif isinstance(record, PlaceRecord):
            row = place_row(record, self.lists, source=self._source, mark=mark)
        else:
            row, place = service_row(record, source=self._source, mark=mark), record.place_id[:120]
        is_new = last is None
        self._lay(target.staging, (self._seq, record.line, is_new, _new_id() if is_new else None, place, *row))

    def _take_point(self, record: LocationRecord) -> None:
        point = record.point
        self.has_points = True
        values = (record.line, record.finess, point.latitude, point.longitude, str(point.precision))
        self._lay("import_points", (self._seq, *values))

    def _lay(self, table: str, row: tuple[Any, ...]) -> None:
        waiting = self._waiting.setdefault(table, [])
        waiting.append(row)
        if len(waiting) >= BATCH:
            self._copy(table)

    def _copy(self, table: str) -> None:
        rows = self._waiting.pop(table, [])
        if not rows:
            return
        # no rest after it: the database has one while the next rows are read
        with (
            as_system("stage an import", recorded=False),
            connections["system"].cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN") as copy,
        ):
            copy.write("".join(map(copy_line, rows)))

    def finish(self) -> None:
        """Lay what waits still: the last rows, and the operators and categories that the file brought."""
        for pk, code, label, line in self.lists.new_categories:
            self._seq += 1
            self._lay(CATEGORIES.staging, (self._seq, line, True, pk, "", code, label, self.lists.list_version))
        for number, told in self.lists.told_operators.items():
            self._seq += 1
            row = (self._seq, told.line, told.is_new, told.id, "", number, told.name, told.status)
            self._lay(OPERATORS.staging, row)
        for table in list(self._waiting):
            self._copy(table)

    def missing(self, target: Target) -> tuple[int, int]:
        """How many that the register had last time are not in the file, of how many that are open."""
        return sum(1 for _key in self._gone(target)), self._open[target.kind]

    def _gone(self, target: Target) -> Iterator[str]:
        return (key for key, mark in self._marks.get(target.kind, {}).items() if mark >= 0 and key not in self._spared)

    def lay_the_gone(self, closing: Iterable[Target]) -> None:
        """Lay the numbers of what is to be closed, and let the database count everything."""
        gone = {target.kind for target in closing}
        with as_system("stage an import", recorded=False), connections["system"].cursor() as cursor:
            for target in TARGETS:
                cursor.execute(f"CREATE TEMP TABLE {target.gone} (key varchar(120))")
                if target.kind in gone:
                    with cursor.copy(f"COPY {target.gone} FROM STDIN") as copy:
                        for key in self._gone(target):
                            copy.write_row((key,))
                cursor.execute(f"CREATE INDEX ON {target.staging} (seq)")
                # each plan only depends on how many rows there are, and on their order
                cursor.execute(f"ANALYZE {target.staging} (seq, id)")
                cursor.execute(f"ANALYZE {target.gone}")
            cursor.execute("ANALYZE import_points")
        self._marks.clear()


def copy_line(row: tuple[Any, ...]) -> str:
    """A row as COPY reads it; written here because a national file has three million cells.

    >>> copy_line((1, None, "a\\tb", True, ["x", 'y"z']))
    '1\\t\\\\N\\ta\\\\tb\\tt\\t{"x","y\\\\\\\\"z"}\\n'
    """
    cells = [
        value if type(value) is str and value.isprintable() and "\\" not in value else _said(value) for value in row
    ]
    return "\t".join(cells) + "\n"


def _said(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True:
        return "t"
    if value is False:
        return "f"
    if type(value) is UUID:
        return value.hex
    if type(value) is list:
        quoted = ('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in value)
        return _escaped("{" + ",".join(quoted) + "}")
    return _escaped(value) if isinstance(value, str) else str(value)


def _new_id() -> str:
    """As `new_id`, in the letters that COPY reads."""
    milliseconds, drawn = time.time_ns() // 1_000_000, int.from_bytes(urandom(10))
    high, low = drawn >> 68, drawn & _LOW
    return f"{milliseconds << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"


def _escaped(text: str) -> str:
    return text.replace("\x00", "").replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def forget(cursor: Any, target: Target) -> None:
    """Drop the temporary tables of one target, if they are there."""
    for table in (target.staging, target.differences, target.gone):
        cursor.execute(f"DROP TABLE IF EXISTS {table}")

"""A workbook as spreadsheets wrote them before 2007 (BIFF8 in a compound file), written by hand from its description.

Texts go in the shared table and numbers in cells of their own, as programs of the time did it.
"""

from __future__ import annotations

from struct import pack

from nuserus.instruments.standard.workbook import Cell, Sheets

SECTOR = 512
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
# A shorter stream would stand among the small ones, elsewhere in the file.
LEAST_STREAM = 4096
LONGEST_RECORD = 8224


def old_workbook(sheets: Sheets) -> bytes:
    """The sheets as an XLS file."""
    texts = list(dict.fromkeys(cell for rows in sheets.values() for row in rows for cell in row if _is_text(cell)))
    ranks = {text: rank for rank, text in enumerate(texts)}
    bodies = [_sheet(rows, ranks) for rows in sheets.values()]
    head = _record(0x0809, pack("<HHHHII", 0x0600, 5, 0x0DBB, 1996, 0x41, 6))
    head += _record(0x0042, pack("<H", 1200)) + _record(0x0022, pack("<H", 0))
    shared = b"".join(_text(str(text), "<H") for text in texts)
    tail = _record(0x00FC, pack("<II", len(texts), len(texts)) + shared) + _record(0x000A)
    index = sum(12 + 2 * len(name) for name in sheets)
    at = len(head) + index + len(tail)
    for name, body in zip(sheets, bodies, strict=True):
        head += _record(0x0085, pack("<IBB", at, 0, 0) + _text(name, "<B"))
        at += len(body)
    return _compound(head + tail + b"".join(bodies))


def _is_text(cell: Cell) -> bool:
    return isinstance(cell, str) and cell != ""


def _record(kind: int, content: bytes = b"") -> bytes:
    assert len(content) <= LONGEST_RECORD, "longer records would have to be cut"
    return pack("<HH", kind, len(content)) + content


def _text(text: str, length: str) -> bytes:
    return pack(length, len(text)) + b"\x01" + text.encode("utf-16-le")


def _sheet(rows: list[list[Cell]], ranks: dict[Cell, int]) -> bytes:
    wide = max((len(row) for row in rows), default=0)
    made = _record(0x0809, pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 1996, 0x41, 6))
    made += _record(0x0200, pack("<IIHHH", 0, len(rows), 0, wide, 0))
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            where = pack("<HHH", number, place, 0)
            if isinstance(cell, bool):
                made += _record(0x0205, where + pack("<BB", cell, 0))
            elif isinstance(cell, int | float):
                made += _record(0x0203, where + pack("<d", cell))
            elif _is_text(cell):
                made += _record(0x00FD, where + pack("<I", ranks[cell]))
    return made + _record(0x000A)


def _compound(stream: bytes) -> bytes:
    """A file of sectors: its table, its two directory entries, then the stream."""
    stream = stream.ljust(LEAST_STREAM, b"\x00")
    count = -(-len(stream) // SECTOR)
    assert count + 2 <= SECTOR // 4, "a longer file needs a second table"
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<IIIIIIIII", 0, 1, 1, 0, LEAST_STREAM, END, 0, END, 0) + pack("<I", 0) + pack("<I", FREE) * 108
    chain = [TABLE, END, *range(3, count + 2), END]
    table = b"".join(pack("<I", one) for one in chain).ljust(SECTOR, b"\xff")
    entries = _entry("Root Entry", 5, child=1, first=END, size=0) + _entry("Workbook", 2, first=2, size=len(stream))
    directory = entries + 2 * _entry("", 0)
    return head + table + directory + stream.ljust(count * SECTOR, b"\x00")


def _entry(name: str, kind: int, *, child: int = FREE, first: int = 0, size: int = 0) -> bytes:
    said = (name + "\x00").encode("utf-16-le") if name else b""
    made = said.ljust(64, b"\x00") + pack("<HBB", len(said), kind, 1) + pack("<III", FREE, FREE, child)
    return made + bytes(36) + pack("<II", first, size) + bytes(4)

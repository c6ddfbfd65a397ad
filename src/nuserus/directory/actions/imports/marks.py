"""What a register said of an object, in one number: the same words give the same number.

A line whose number is that of the last reading is not compared further, nor written again.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

from nuserus.directory.readers.records import InstitutionRecord, PlaceRecord, ServiceRecord

# To be raised when what is made of the same words changes: every row is then compared again.
READING: Final = 1
_POSITIVE: Final = (1 << 63) - 1


def mark_of(record: InstitutionRecord | PlaceRecord | ServiceRecord, source: str) -> int:
    """The number of what is said, wherever in the file."""
    if isinstance(record, InstitutionRecord):
        return mark_of_words(record.words or _of_institution(record), source)
    names = [name for name in type(record).__slots__ if name != "line"]
    return mark_of_words(repr([getattr(record, name) for name in names]), source)


def mark_of_words(said: str, source: str) -> int:
    """The number of these very words."""
    digest = blake2b(f"{READING}\x1f{source}\x1f{said}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) & _POSITIVE


def _of_institution(record: InstitutionRecord) -> str:
    # written out: a national file has a hundred thousand of them
    words = "\x1f".join(
        (
            record.name, record.long_name, record.category, record.category_label, record.department, record.commune,
            record.town_name, record.operator_finess, record.operator_name, record.siret, record.activity,
            record.funding, record.street, record.post_code, record.phone, record.email,
        )
    )  # fmt: skip
    point = record.point
    where = "" if point is None else f"{point.latitude!r} {point.longitude!r} {point.precision}"
    return f"{words}\x1f{record.operator_status}\x1f{where}\x1f{record.opened_on}\x1f{record.closed_on}"

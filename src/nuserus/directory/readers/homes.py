"""What may be the home of the family that welcomes is never shown closer than its town."""

from __future__ import annotations

from dataclasses import replace

from nuserus.directory.enums import PRIVATE_HOMES, Precision
from nuserus.directory.readers.records import InstitutionRecord


def sheltered(record: InstitutionRecord) -> InstitutionRecord:
    """The record; of a place that may be a private home, without street, telephone, address nor close point."""
    if record.category not in PRIVATE_HOMES:
        return record
    point = record.point if record.point is not None and record.point.precision == Precision.TOWN else None
    return replace(record, street="", phone="", email="", point=point)

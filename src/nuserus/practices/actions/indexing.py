"""Telling the search index that a sheet changed."""

from __future__ import annotations

from nuserus.practices.models import Sheet
from nuserus.practices.queries.documents import KIND
from nuserus.search.actions.index_object import index_object


def index_sheet(sheet: Sheet) -> None:
    """Bring the index to what the sheet now is; one that is not published is taken out."""
    index_object(kind=KIND, object_id=sheet.pk)

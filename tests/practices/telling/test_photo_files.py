"""No photo stays on the disk without a row that says whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError

from nuserus.practices.models import Picture
from tests.factories.practices import make_cover, make_draft

pytestmark = pytest.mark.usefixtures("database")


def stored() -> set[Path]:
    storage = Picture._meta.get_field("file").storage
    assert isinstance(storage, FileSystemStorage)
    return {path for path in Path(storage.location).rglob("*") if path.is_file()}


def test_photo_whose_row_is_refused_leaves_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise DatabaseError("no room for this row")

    sheet, before = make_draft(), stored()
    monkeypatch.setattr(Picture, "save", refuse)
    with pytest.raises(DatabaseError):
        make_cover(sheet)
    assert stored() == before


def test_photo_that_is_replaced_leaves_the_disk_once_committed() -> None:
    sheet, before = make_draft(), stored()
    make_cover(sheet)
    first = stored() - before
    make_cover(sheet)
    assert len(first) == 2
    assert not first & stored()

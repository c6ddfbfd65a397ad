"""The photo of a sheet."""

from __future__ import annotations

from functools import partial

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.files import take_picture
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.plain import plain_line
from nuserus.practices.actions.publish import record_change, require_leave_to_change
from nuserus.practices.actions.writing import require_writing
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Picture, Sheet
from nuserus.practices.queries.drafts import cover_of

PHOTO_REMOVED = "practices.photo_removed"


def put_cover(*, actor: Asking, sheet: Sheet, upload: UploadedFile[bytes], alternative: str = "") -> Picture:
    """Take in a photo and make it the one of the sheet, in place of the one before.

    Raises ValidationError, in words, when the file is not a photo that can be taken; PermissionDenied
    for who does not write the sheet.
    """
    require_writing(actor, sheet)
    require_leave_to_change(sheet)
    taken = take_picture(upload)
    picture = Picture(
        sheet=sheet,
        alternative=plain_line(alternative)[:300],
        width=taken.width,
        height=taken.height,
        sha256=taken.sha256,
        is_cover=True,
    )
    try:
        picture.file.save("large.jpg", ContentFile(taken.large), save=False)
        picture.small.save("small.jpg", ContentFile(taken.small), save=False)
        _drop_cover(sheet)
        picture.save(force_insert=True)
    except Exception:
        _delete_files(picture)  # the database forgets the row by itself, the disk forgets nothing
        raise
    _published(sheet, actor)
    return picture


def remove_cover(*, actor: Asking, sheet: Sheet) -> None:
    """Take the photo off the sheet; its files go once that is committed."""
    require_writing(actor, sheet)
    _drop_cover(sheet)
    _published(sheet, actor)


def _published(sheet: Sheet, actor: Asking) -> None:
    """A photo is public at once: a published sheet gets its next version with it."""
    if sheet.status == SheetStatus.PUBLISHED:
        record_change(sheet, actor=actor, what=_("la photo"))


def _drop_cover(sheet: Sheet) -> None:
    cover = cover_of(sheet)
    if cover is None:
        return
    transaction.on_commit(partial(_delete_files, cover))
    note_withdrawal(PHOTO_REMOVED, object_id=cover.pk)
    cover.delete()


def _delete_files(picture: Picture) -> None:
    for file in (picture.file, picture.small):
        if file.name:
            file.storage.delete(file.name)

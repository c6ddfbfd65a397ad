"""Sheets on their way: started, complete, sent, reviewed; each step by the person who takes it."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from nuserus.foundation.asking import acting_as
from nuserus.people.models import Account
from nuserus.practices.actions.answers import Conflict, Saved, Typed, save_answer
from nuserus.practices.actions.pictures import put_cover
from nuserus.practices.actions.review import publish_sheet
from nuserus.practices.actions.send import send_sheet
from nuserus.practices.actions.start import start_sheet
from nuserus.practices.enums import ETHICS
from nuserus.practices.models import Answer, Picture, Review, Sheet
from tests.factories.directory import make_institution
from tests.factories.sheets import make_member

TOLD: dict[str, dict[str, Any]] = {
    "device": {"devices": ["tablette"], "own_devices": ""},
    "public": {"publics": ["enfants-autistes"]},
    "did": {"text_1": "Nous photographions le car.", "text_2": "L’enfant range les photos."},
}
COMPLETED: dict[str, dict[str, Any]] = {
    "simple": {"simple_version": "On montre des photos.\nL’enfant sait ce qui vient."},
    "facets": {
        "axes": ["relation-interpersonnelle"],
        "planes": ["accompagnement-personnes"],
        "ways": ["avec"],
        "modalities": ["copresence"],
        "themes": ["vie-quotidienne"],
    },
    "ethics": dict.fromkeys(ETHICS, "Nous en avons parlé ensemble."),
}


def make_draft(author: Account | None = None, *, answers: dict[str, dict[str, Any]] | None = None) -> Sheet:
    """A draft by a confirmed member, with these answers saved (none: nothing but the start)."""
    author = author or make_member(make_institution())
    with acting_as(author.pk) as asking:
        sheet = start_sheet(actor=asking)
    for question, fields in (answers or {}).items():
        answer(sheet, author, question, fields)
    return get_sheet(sheet, author)


def make_told(author: Account | None = None) -> Sheet:
    """A draft that can be sent."""
    return make_draft(author, answers=TOLD)


def make_complete(author: Account | None = None) -> Sheet:
    """A draft that can be sent and has all that publication asks."""
    return make_draft(author, answers=TOLD | COMPLETED)


def make_sent(author: Account | None = None, *, complete: bool = True) -> tuple[Sheet, Review]:
    """A sheet in review and its review, with a reviewer when there is one."""
    sheet = make_complete(author) if complete else make_told(author)
    with acting_as(sheet.author_id) as asking:
        review = send_sheet(actor=asking, sheet=sheet, licence_accepted=True)
    return get_sheet(sheet, author), review


def make_published(author: Account | None = None, reviewer: Account | None = None) -> Sheet:
    """A sheet that a peer published."""
    sheet, review = make_sent(author)
    assert review.reviewer_id is not None, "make a reviewer first"
    with acting_as(review.reviewer_id) as asking:
        publish_sheet(actor=asking, review=review)
    return get_sheet(sheet)


def answer(
    sheet: Sheet, by: Account, question: str, fields: dict[str, Any], *, revision: int | None = None
) -> Saved | Conflict:
    """Save an answer as somebody, on the current revision unless another is given."""
    with acting_as(by.pk) as asking:
        if revision is None:
            held = Answer.objects.filter(sheet=sheet, question=question).first()
            revision = held.revision if held else 0
        return save_answer(actor=asking, sheet_id=sheet.pk, typed=Typed(question, fields, revision))


def get_sheet(sheet: Sheet | UUID, by: Account | None = None) -> Sheet:
    """The sheet as somebody reads it now; its author when nobody is named."""
    if isinstance(sheet, Sheet) and by is None:
        reader = sheet.author_id
    else:
        reader = by.pk if by else None
    with acting_as(reader):
        return Sheet.objects.select_related("institution", "author").get(
            pk=sheet.pk if isinstance(sheet, Sheet) else sheet
        )


def photo(width: int = 60, height: int = 40, *, kind: str = "JPEG", name: str = "", **more: Any) -> SimpleUploadedFile:
    """A small photo as a browser sends it."""
    target = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(target, kind, **more)
    return SimpleUploadedFile(name or f"photo.{kind.lower()}", target.getvalue(), content_type="image/jpeg")


def make_cover(sheet: Sheet, alternative: str = "Une tablette sur un coussin.") -> Picture:
    """A photo on a draft."""
    with acting_as(sheet.author_id) as asking:
        return put_cover(actor=asking, sheet=sheet, upload=photo(), alternative=alternative)

"""Saving an answer: acknowledged is stored, and no text is ever lost to another.

A save says on which revision it was typed. When the question has moved on since, and the texts
differ, the newer one stays, the late one is kept beside it for who typed it, and both are shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.practices.actions.applying import Fields, apply_answer, cleaned_fields
from nuserus.practices.actions.history import log_event
from nuserus.practices.actions.presence import note_presence
from nuserus.practices.actions.slugs import refuse_unknown_slugs
from nuserus.practices.enums import SheetEventKind, SheetStatus
from nuserus.practices.models import Answer, AnswerSave, Sheet
from nuserus.practices.queries.drafts import current_fields, fields_of
from nuserus.practices.queries.writers import is_writer, may_answer, open_review_of
from nuserus.practices.rules import can_read_sheet

# The same person typing on: the page was sent while its own last save was on its way.
SAME_BREATH = timedelta(seconds=20)
_FOLLOWING = {SheetStatus.DRAFT, SheetStatus.TO_REWORK, SheetStatus.IN_REVIEW}
_TYPED = {SheetStatus.DRAFT, SheetStatus.TO_REWORK, SheetStatus.PUBLISHED}


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed in one question, on which revision.

    `from_page` is the form of the page itself, which may leave before the reply to its own last
    save arrived.
    """

    question: str
    fields: Fields
    revision: int
    from_page: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The answer is stored; `revision` is the one to base the next save on."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Another text was saved since: it is `fields`, at `revision`; the late text is kept beside it."""

    revision: int
    fields: Fields


def save_answer(*, actor: Asking, sheet_id: UUID, typed: Typed) -> Saved | Conflict:
    """Save what one question holds. The same content twice is the same save.

    Raises Unreadable, PermissionDenied for who may not write this question or when the sheet can't
    be written now, ValidationError when the fields are not those of the question.
    """
    typed = replace(typed, fields=cleaned_fields(typed.question, typed.fields))
    with transaction.atomic():
        sheet = _locked(actor, sheet_id)
        _require_answer(actor, sheet, typed.question)
        note_presence(actor, sheet, typed.question)
        answer = Answer.objects.filter(sheet=sheet, question=typed.question).first()
        now = answer.revision if answer is not None else 0
        current = current_fields(sheet, typed.question, answer)
        # what a page does not show it does not empty
        shown = {name: said for name, said in current.items() if not name.startswith("card_")}
        typed = replace(typed, fields={**shown, **typed.fields})
        if _same(current, typed.fields):
            return Saved(now, answer.changed_at if answer is not None else timezone.now())
        if typed.revision != now and not (typed.from_page and _same_breath(actor, answer)):
            _keep_refused(actor, sheet, typed)
            return Conflict(now, shown)
        refuse_unknown_slugs(actor, typed.question, typed.fields, known=current)
        _refuse_changing_words(actor, sheet, typed)
        return _store(actor, sheet, typed, answer)


def _locked(actor: Asking, sheet_id: UUID) -> Sheet:
    """The sheet, alone for this transaction: saves of one sheet are one after the other."""
    sheet = Sheet.objects.select_for_update().filter(pk=sheet_id).first()
    if sheet is None:
        # what one may read and not write can't be locked either
        readable = Sheet.objects.filter(pk=sheet_id).first()
        if readable is None:
            raise Unreadable
        raise PermissionDenied(_("Vous pouvez lire cette fiche, mais pas la modifier."))
    can_read_sheet.require(actor, sheet)
    return sheet


def _require_answer(actor: Asking, sheet: Sheet, question: str) -> None:
    if not may_answer(actor, sheet, question):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    if is_writer(actor, sheet) and sheet.status not in _TYPED:
        raise PermissionDenied(
            _("Votre fiche est en relecture. Pour la modifier, reprenez-la depuis sa page ; rien n’est perdu.")
        )


def _store(actor: Asking, sheet: Sheet, typed: Typed, answer: Answer | None) -> Saved:
    if answer is None:
        answer = Answer(
            sheet=sheet,
            question=typed.question,
            scope_level=Level.RESTRICTED,
            scope_author=sheet.author_id,
            scope_mission=sheet.pk,
        )
    answer.revision += 1
    answer.fields = typed.fields
    answer.changed_by_id = _user(actor)
    if sheet.status in _FOLLOWING:
        apply_answer(sheet, typed.question, typed.fields)
        answer.applied_revision = answer.revision
    answer.save()
    _keep(actor, sheet, typed, answer.revision)
    return Saved(answer.revision, answer.changed_at)


def _keep_refused(actor: Asking, sheet: Sheet, typed: Typed) -> None:
    """Keep a text that came late, once, for who typed it."""
    mine = AnswerSave.objects.filter(sheet=sheet, question=typed.question, refused=True, saved_by=actor.user_id)
    last = mine.order_by("-saved_at", "-id").first()
    if last is None or last.fields != typed.fields:
        _keep(actor, sheet, typed, typed.revision, refused=True)


def _keep(actor: Asking, sheet: Sheet, typed: Typed, revision: int, *, refused: bool = False) -> None:
    AnswerSave.objects.create(
        sheet=sheet,
        question=typed.question,
        revision=revision,
        refused=refused,
        fields=typed.fields,
        saved_by_id=_user(actor),
        scope_level=Level.RESTRICTED,
        scope_author=actor.user_id,
    )


def _refuse_changing_words(actor: Asking, sheet: Sheet, typed: Typed) -> None:
    """A reviewer fills in what is empty and rewords what they filled in; nothing else."""
    review = open_review_of(sheet)
    if review is None or is_writer(actor, sheet):
        return
    question, fields = typed.question, typed.fields
    mine: dict[str, list[str]] = review.completed
    own = set(mine.get(question, []))
    before = fields_of(sheet, question)
    if question in {"simple", "ethics"}:
        for name, value in fields.items():
            if before.get(name) and before[name] != value and name not in own:
                raise ValidationError({name: _("Ces mots sont de l’auteur ou l’autrice : proposez dans une remarque.")})
        own |= {name for name, value in fields.items() if before.get(name) != value}
    first = question not in mine
    review.completed = {**mine, question: sorted(own)}
    review.save(update_fields=["completed"])
    if first:
        log_event(sheet, SheetEventKind.COMPLETED, actor=actor.user_id, reason=question)


def _same(current: Fields, typed: Fields) -> bool:
    """Same answers: a missing one is an empty one; ids of cards that only we know do not count."""
    names = (set(current) | set(typed)) - {name for name in current if name.startswith("card_")}
    return all((current.get(name) or "") == (typed.get(name) or "") for name in names) and _same_cards(current, typed)


def _same_cards(current: dict[str, Any], typed: dict[str, Any]) -> bool:
    ids = [name for name in typed if name.startswith("card_") and typed[name]]
    return all(current.get(name) == typed[name] for name in ids)


def _same_breath(actor: Asking, answer: Answer | None) -> bool:
    return (
        answer is not None
        and answer.changed_by_id == actor.user_id
        and timezone.now() - answer.changed_at < SAME_BREATH
    )


def _user(actor: Asking) -> UUID:
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour enregistrer."))
    return actor.user_id

"""Details of a sheet that may point at somebody: found, decided, replaced by a neutral wording."""

from __future__ import annotations

from collections import defaultdict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.actions.writing import require_writing
from nuserus.practices.models import Sheet
from nuserus.practices.queries.drafts import answers_of, current_fields
from nuserus.practices.queries.told import KIND, told_in
from nuserus.screening.actions.deciding import keep_detail, mark_replaced, reopen_detail
from nuserus.screening.actions.screening import look_for_names_soon, screen_texts
from nuserus.screening.queries.flags import Detail, Screening, flag_to_decide, screening_of
from nuserus.screening.registry import Told
from nuserus_analysis.screening import replace


def screen_sheet(*, actor: Asking, sheet: Sheet, by_model: bool = True) -> tuple[Told, Screening]:
    """Screen the sheet by the rules, let a job look for names unless told not to, and say what was found."""
    told = told_in(sheet)
    screen_texts(actor=actor, kind=KIND, told=told)
    if by_model:
        look_for_names_soon(actor=actor, kind=KIND, told=told)
    return told, screening_of(actor, KIND, told)


@transaction.atomic
def keep_in_sheet(*, actor: Asking, sheet: Sheet, flag_id: UUID, reason: str) -> None:
    """Keep a detail for a reason. Raises PermissionDenied for who does not write the sheet."""
    require_writing(actor, sheet)
    keep_detail(actor=actor, flag=flag_to_decide(actor, KIND, sheet.pk, flag_id), reason=reason)


@transaction.atomic
def reopen_in_sheet(*, actor: Asking, sheet: Sheet, flag_id: UUID) -> None:
    """Decide again about a detail that was kept."""
    require_writing(actor, sheet)
    reopen_detail(actor=actor, flag=flag_to_decide(actor, KIND, sheet.pk, flag_id))


@transaction.atomic
def replace_in_sheet(*, actor: Asking, sheet: Sheet, flag_id: UUID) -> None:
    """Put the proposed wording in the place of a detail, wherever its words stand in the sheet.

    Raises PermissionDenied for who does not write the sheet, ValidationError when the text changed
    meanwhile: nothing is replaced then.
    """
    require_writing(actor, sheet)
    flag = flag_to_decide(actor, KIND, sheet.pk, flag_id)
    told, screening = screen_sheet(actor=actor, sheet=sheet)
    words = {(flag.kind, flag.words_digest)}
    changed: dict[str, str] = {}
    for text in screening.texts:
        same = [detail for detail in text.details if (detail.flag.kind, detail.flag.words_digest) in words]
        if same:
            changed[text.field] = _replaced(told.texts[text.field], same)
    if not changed:
        raise ValidationError(_("Ce détail n’est plus dans votre texte. Rien n’a changé."))
    mark_replaced(actor=actor, flag=flag)
    _save(actor, sheet, changed)
    sheet.refresh_from_db()
    screen_sheet(actor=actor, sheet=sheet)


def _replaced(text: str, details: list[Detail]) -> str:
    for detail in sorted(details, key=lambda detail: detail.proposal.start, reverse=True):
        text = replace(text, detail.proposal)
    return text


def _save(actor: Asking, sheet: Sheet, changed: dict[str, str]) -> None:
    by_question: dict[str, dict[str, str]] = defaultdict(dict)
    for field, text in changed.items():
        question, _dot, name = field.partition(".")
        by_question[question][name] = text
    answers = answers_of(sheet)
    for question, texts in by_question.items():
        answer = answers.get(question)
        fields = {**current_fields(sheet, question, answer), **texts}
        fields = {name: value for name, value in fields.items() if name != "picture"}
        typed = Typed(question, fields, answer.revision if answer is not None else 0)
        if isinstance(save_answer(actor=actor, sheet_id=sheet.pk, typed=typed), Conflict):
            raise ValidationError(
                _("Ce texte a changé entre-temps. Rien n’a été remplacé : relisez, puis recommencez.")
            )

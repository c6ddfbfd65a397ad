"""Answers in plain words: one short question, one field of the sheet."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from nuserus.facilitation.actions.saying import put_words
from nuserus.facilitation.enums import PLAIN_STEPS, Speaker, Teller
from nuserus.facilitation.models import PersonWords, Telling
from nuserus.foundation.asking import Asking
from nuserus.foundation.plain import plain_line
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.models import Contributor
from nuserus.practices.queries.drafts import answers_of, current_fields


def plain_answer(telling: Telling, slug: str) -> str:
    """What a question holds now."""
    step = PLAIN_STEPS[slug]
    if step.field == "name":
        return telling.name
    if step.field == "words":
        words = own_words(telling)
        return words.text if words else ""
    answer = answers_of(telling.sheet).get(step.question)
    return str(current_fields(telling.sheet, step.question, answer).get(step.field) or "")


def own_words(telling: Telling) -> PersonWords | None:
    """The words that the teller says themselves."""
    return PersonWords.objects.filter(sheet=telling.sheet_id, subject=telling.subject, erased_at=None).first()


def save_plain_answer(*, actor: Asking, telling: Telling, slug: str, text: str) -> None:
    """Save the answer to one short question; empty is an answer too. Raises as `save_answer`, ValidationError."""
    step = PLAIN_STEPS[slug]
    if step.field == "name":
        _save_name(actor, telling, plain_line(text)[:80])
    elif step.field == "words":
        _save_words(actor, telling, text)
    else:
        # the person alone types here: what they see is what they last wrote, so theirs is the newest
        answer = answers_of(telling.sheet).get(step.question)
        revision = answer.revision if answer else 0
        typed = Typed(step.question, {step.field: text}, revision, from_page=True)
        saved = save_answer(actor=actor, sheet_id=telling.sheet_id, typed=typed)
        if isinstance(saved, Conflict):
            typed = Typed(step.question, {step.field: text}, saved.revision, from_page=True)
            save_answer(actor=actor, sheet_id=telling.sheet_id, typed=typed)


def _save_name(actor: Asking, telling: Telling, name: str) -> None:
    if telling.scope_author != actor.user_id:
        raise PermissionDenied(_("La personne choisit son nom."))
    telling.name = name
    telling.save(update_fields=["name"])
    if name and telling.teller_id is not None:
        Contributor.objects.filter(sheet=telling.sheet_id, account=telling.teller_id).update(name=name)
        words = own_words(telling)
        if words is not None:
            _save_words(actor, telling, words.text)


def _save_words(actor: Asking, telling: Telling, text: str) -> None:
    known = own_words(telling)
    if not text.strip():
        if known is not None:
            known.delete()
        return
    speaker = Speaker.RELATIVE if telling.who == Teller.RELATIVE else Speaker.ACCOMPANIED
    said_by = telling.name or str(Speaker(speaker).label)
    put_words(
        actor=actor,
        sheet=telling.sheet,
        text=text,
        said_by=said_by,
        speaker=speaker,
        known=known,
        own=telling.teller_id == actor.user_id,
    )

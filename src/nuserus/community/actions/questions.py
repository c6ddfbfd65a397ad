"""Asking, answering, saying that an answer helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.community.actions.words import (
    ANSWERS_A_DAY,
    QUESTIONS_A_DAY,
    refuse_too_many,
    said_line,
    said_text,
    who,
)
from nuserus.community.enums import QUESTION_LEVELS
from nuserus.community.models import Answer, Helped, Question
from nuserus.community.queries.documents import KIND
from nuserus.community.queries.questions import was_answered
from nuserus.community.rules import (
    can_answer_question,
    can_ask_question,
    can_change_question,
    can_delete_answer,
    can_delete_question,
    can_read_answer,
)
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.noting import note_withdrawal
from nuserus.foundation.levels import Level
from nuserus.notifications.actions import notify
from nuserus.practices.queries.facets import facet_words
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.sheets import sheets_visible_to
from nuserus.search.actions.index_object import index_object, remove_object
from nuserus_analysis.text import fold

QUESTION_DELETED = "community.question_deleted"
ANSWER_DELETED = "community.answer_deleted"

MAX_SHEETS = 5
_MAX_SLUGS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is sent; the lists hold slugs."""

    title: str
    detail: str = ""
    level: str = Level.NETWORK
    devices: Sequence[str] = ()
    families: Sequence[str] = ()
    publics: Sequence[str] = ()
    categories: Sequence[str] = ()
    themes: Sequence[str] = ()


@transaction.atomic
def ask_question(*, actor: Asking, asked: Asked) -> Question:
    """Ask peers. What the words name (a device of the catalogue) is noted with it.

    Raises PermissionDenied for who is not verified, ValidationError for an empty or too long question,
    an impossible level, or the eleventh in a day.
    """
    author = who(actor)
    if asked.level not in QUESTION_LEVELS:
        raise ValidationError(_("Choisissez qui lira votre question."))
    question = Question(
        author_id=author,
        title=said_line(asked.title, 200),
        detail=said_text(asked.detail, 2000, empty=True),
        asked_level=asked.level,
        scope_level=asked.level,
        scope_author=author,
    )
    if not can_ask_question.allows(actor, question):
        raise PermissionDenied(_("Ce sont les professionnels vérifiés qui posent des questions ici."))
    refuse_too_many(Question.objects.filter(author=author), since="asked_at", most=QUESTIONS_A_DAY)
    lists = labels()
    devices = [*_known(asked.devices, lists.device_names), *_named(question.title, lists.device_names)]
    question.devices = list(dict.fromkeys(devices))[:_MAX_SLUGS]
    families = [*_known(asked.families, lists.families), *lists.families_of(question.devices)]
    question.families = list(dict.fromkeys(families))[:_MAX_SLUGS]
    question.publics = _known(asked.publics, lists.publics)
    question.categories = _known(asked.categories, lists.categories)
    question.themes = _known(asked.themes, facet_words("theme", lists))
    question.save(force_insert=True)
    record("ask question", actor=author, object_id=question.pk, content=f"{question.title}\n{question.detail}")
    index_object(kind=KIND, object_id=question.pk)
    return question


@transaction.atomic
def delete_question(*, actor: Asking, question: Question) -> None:
    """Take back one's own question while nobody answered. Raises PermissionDenied, ValidationError."""
    can_delete_question.require(actor, question)
    if question.hidden_at is not None:
        raise ValidationError(_("Cette question est chez les modérateurs : répondez-leur depuis sa page."))
    if was_answered(question):
        raise ValidationError(
            _("Des collègues ont répondu : la question reste avec leurs réponses. Si elle pose problème, signalez-la.")
        )
    removed = question.pk
    remove_object(kind=KIND, object_id=removed)
    question.delete()
    record("delete question", actor=actor.user_id, object_id=removed)
    note_withdrawal(QUESTION_DELETED, object_id=removed)


@transaction.atomic
def answer_question(*, actor: Asking, question: Question, text: str, sheets: Sequence[UUID] = ()) -> Answer:
    """Answer a peer, pointing to sheets if any. Tells who asked.

    Raises Unreadable, PermissionDenied, ValidationError.
    """
    author = who(actor)
    if question.hidden_at is not None:
        raise PermissionDenied(_("Cette question est masquée : on n’y répond pas pour le moment."))
    can_answer_question.require(actor, question)
    refuse_too_many(Answer.objects.filter(author=author), since="written_at", most=ANSWERS_A_DAY)
    wanted = list(dict.fromkeys(sheets))[:MAX_SHEETS]
    readable = set(sheets_visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    answer = Answer(
        question=question,
        author_id=author,
        text=said_text(text, 4000),
        sheets=[one for one in wanted if one in readable],
        scope_level=question.scope_level,
        scope_author=author,
    )
    answer.save(force_insert=True)
    record("answer question", actor=author, object_id=answer.pk, content=answer.text)
    notify(
        kind="community.answer",
        recipients=[question.author_id],
        about=question.pk,
        address=f"{reverse('questions:question', args=[question.pk])}#reponse-{answer.pk}",
        details={"question": question.title},
        actor=author,
    )
    return answer


@transaction.atomic
def delete_answer(*, actor: Asking, answer: Answer) -> None:
    """Take back one's own answer; nothing of it stays. Raises PermissionDenied, ValidationError."""
    can_delete_answer.require(actor, answer)
    if answer.hidden_at is not None:
        raise ValidationError(_("Cette réponse est chez les modérateurs : elle ne peut pas être retirée maintenant."))
    removed = answer.pk
    # the mark of who asked goes by the cascade of the database
    answer.delete()
    record("delete answer", actor=actor.user_id, object_id=removed)
    note_withdrawal(ANSWER_DELETED, object_id=removed)


@transaction.atomic
def say_helped(*, actor: Asking, answer: Answer, helped: bool = True) -> None:
    """Say that an answer to one's own question helps, or take it back. Tells who answered, once.

    Raises Unreadable, PermissionDenied.
    """
    author = who(actor)
    can_read_answer.require(actor, answer)
    can_change_question.require(actor, answer.question)
    if not helped:
        Helped.objects.filter(answer=answer, author=author).delete()
        return
    _mark, is_new = Helped.objects.get_or_create(
        answer=answer, defaults={"author_id": author, "scope_level": answer.scope_level, "scope_author": author}
    )
    if is_new:
        record("say that an answer helped", actor=author, object_id=answer.pk)
        notify(
            kind="community.helped",
            recipients=[answer.author_id],
            about=answer.question_id,
            address=f"{reverse('questions:question', args=[answer.question_id])}#reponse-{answer.pk}",
            details={"question": answer.question.title},
            actor=author,
        )


def _known(slugs: Sequence[str], words: dict[str, str]) -> list[str]:
    return [slug for slug in dict.fromkeys(slugs) if slug in words][:_MAX_SLUGS]


def _named(text: str, names: dict[str, str]) -> list[str]:
    """Devices of the catalogue whose name stands in the question, as whole words."""
    said = f" {fold(text).replace('’', ' ')} "
    return [slug for slug, name in names.items() if len(name) > 3 and f" {fold(name)} " in said]

"""Questions and answers, as they are read and listed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connections, router
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from nuserus.community.models import Answer, Helped, Question
from nuserus.community.rules import can_read_answer, can_read_question
from nuserus.devices.enums import AppropriationStage
from nuserus.devices.models import Deployment
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Sheet
from nuserus.practices.queries.labels import labels
from nuserus.practices.queries.sheets import sheets_visible_to

# Filters of the list: the word in the address → the column.
FILTERS = {"famille": "families", "public": "publics", "categorie": "categories"}
# Values offered by the filters are those of the newest questions.
_READ_FOR_FILTERS = 500


def questions_visible_to(asking: Asking) -> QuerySet[Question]:
    """Questions that this person may read; one's own that is hidden is on its own page only."""
    return can_read_question.filter(Question.objects.filter(hidden_at=None), asking)


def without_answer(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Those among them that nobody answered, as far as the person who asks may know."""
    return questions.exclude(Exists(Answer.objects.filter(question=OuterRef("pk"), hidden_at=None)))


def questions_listed(asking: Asking, chosen: Mapping[str, str], *, unanswered: bool = False) -> QuerySet[Question]:
    """Questions with `answer_count`, newest first; `chosen` holds one slug per filter."""
    questions = questions_visible_to(asking)
    for name, column in FILTERS.items():
        if value := chosen.get(name):
            questions = questions.filter(**{f"{column}__contains": [value]})
    if unanswered:
        questions = without_answer(questions)
    counted = questions.annotate(answer_count=Count("answers", filter=Q(answers__hidden_at=None)))
    return counted.select_related("author__trade").order_by("-asked_at", "id")


def values_in_use(asking: Asking) -> dict[str, list[str]]:
    """For each filter, the slugs that questions have, most frequent first; one query."""
    rows = questions_visible_to(asking).order_by("-asked_at").values_list(*FILTERS.values())[:_READ_FOR_FILTERS]
    counts: dict[str, dict[str, int]] = {name: {} for name in FILTERS}
    for row in rows:
        for name, slugs in zip(FILTERS, row, strict=True):
            for slug in slugs:
                counts[name][slug] = counts[name].get(slug, 0) + 1
    return {name: sorted(found, key=lambda slug: (-found[slug], slug)) for name, found in counts.items()}


def question_for_reading(asking: Asking, question_id: UUID) -> Question:
    """One question with its author. Raises Unreadable."""
    question = Question.objects.select_related("author__trade").filter(pk=question_id).first()
    if question is None:
        raise Unreadable
    can_read_question.require(asking, question)
    return question


def answer_for_reading(asking: Asking, answer_id: UUID) -> Answer:
    """One answer with its question. Raises Unreadable."""
    answer = Answer.objects.select_related("question").filter(pk=answer_id).first()
    if answer is None:
        raise Unreadable
    can_read_answer.require(asking, answer)
    return answer


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer with what its place on the page shows: sheets it points to, what it became, whether it helped."""

    answer: Answer
    sheets: Sequence[Sheet]
    became: Sheet | None
    helped: bool


def was_answered(question: Question) -> bool:
    """Whether anybody answered one's own question, hidden answers too: the database tells its author."""
    with connections[router.db_for_read(Answer)].cursor() as cursor:
        cursor.execute("SELECT community_was_answered(%s)", [question.pk])
        return bool(cursor.fetchone()[0])


def answers_of(asking: Asking, question: Question) -> list[ReadAnswer]:
    """Answers, those that helped first, then in the order they came; three queries."""
    read = can_read_answer.filter(Answer.objects.filter(question=question), asking)
    answers = list(read.select_related("author__trade").order_by("written_at", "id"))
    helped = set(Helped.objects.filter(answer__question=question).values_list("answer_id", flat=True))
    wanted = {one for answer in answers for one in [*answer.sheets, answer.became_id] if one}
    sheets = {sheet.pk: sheet for sheet in sheets_visible_to(asking).filter(pk__in=wanted).only("title", "scope_level")}
    lines = [
        ReadAnswer(
            answer=answer,
            sheets=[sheets[one] for one in answer.sheets if one in sheets],
            became=sheets.get(answer.became_id) if answer.became_id else None,
            helped=answer.pk in helped,
        )
        for answer in answers
    ]
    return sorted(lines, key=lambda line: not line.helped)


def question_behind(asking: Asking, sheet_id: UUID) -> Question | None:
    """The question whose answer became this sheet, if the person may read it."""
    answers = can_read_answer.filter(Answer.objects.filter(became=sheet_id), asking).select_related("question")
    answer = answers.first()
    if answer is None or not can_read_question.allows(asking, answer.question):
        return None
    return answer.question


def unanswered_questions_for(asking: Asking, limit: int = 5) -> list[Question]:
    """Unanswered questions of others about what the person's places own, newest first.

    Device by device, or by family; none for who is in no place. What was given up still counts: who
    did it knows why. One query, two with an inventory.
    """
    devices = _devices_of(asking.institutions)
    if not devices:
        return []
    about = Q(devices__overlap=devices) | Q(families__overlap=labels().families_of(devices))
    return list(_unanswered_by_others(asking).filter(about)[:limit])


def unanswered_questions(asking: Asking, limit: int = 3) -> list[Question]:
    """Unanswered questions for the first page: about what the person's places own, then the others."""
    first = unanswered_questions_for(asking, limit)
    if len(first) < limit:
        others = _unanswered_by_others(asking).exclude(pk__in=[question.pk for question in first])
        first += list(others[: limit - len(first)])
    return first


def _unanswered_by_others(asking: Asking) -> QuerySet[Question]:
    questions = without_answer(questions_visible_to(asking)).order_by("-asked_at", "id")
    return questions.exclude(author=asking.user_id) if asking.user_id else questions


def _devices_of(institutions: Collection[UUID]) -> list[str]:
    if not institutions:
        return []
    kept = Deployment.objects.filter(institution__in=institutions).exclude(stage=AppropriationStage.CONSIDERED)
    return list(kept.order_by("device__slug").values_list("device__slug", flat=True).distinct())

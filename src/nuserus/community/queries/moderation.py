"""What was reported, for moderators; what became of one's own words, for their author."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, router
from django.db.models import QuerySet
from django.urls import reverse

from nuserus.community.enums import URGENT, Content, Step
from nuserus.community.models import Answer, Comment, ModerationStep, Question, Report
from nuserus.community.rules import (
    can_read_answer,
    can_read_comment,
    can_read_question,
    can_read_report,
    can_read_step,
)
from nuserus.foundation.asking import Asking
from nuserus.foundation.policy import Unreadable
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet, Trial
from nuserus.practices.rules import can_read_sheet, can_read_trial


@dataclass(frozen=True, slots=True)
class Target:
    """Something that may be reported, as the person who asks reads it.

    `about` is the id in its address: of the question or the sheet that it belongs to.
    """

    content: Content
    id: UUID
    author: UUID
    hidden: bool
    title: str
    body: str
    about: UUID

    @property
    def address(self) -> str:
        """Where one reads it."""
        return address_of(self.content, self.about)


def address_of(content: str, about: UUID) -> str:
    """The page on which such a thing stands."""
    match content:
        case Content.QUESTION | Content.ANSWER:
            return reverse("questions:question", args=[about])
        case Content.COMMENT:
            return reverse("discussion:sheet", args=[about])
        case _:
            return reverse("sheets:detail", args=[about])


def target_for_reading(asking: Asking, content: Content, object_id: UUID) -> Target:
    """Something that the person may read, hidden or not. Raises Unreadable."""
    found = _READERS[content](asking, object_id)
    if found is None:
        raise Unreadable
    return found


def _question(asking: Asking, object_id: UUID) -> Target | None:
    row = can_read_question.filter(Question.objects.filter(pk=object_id), asking).first()
    if row is None:
        return None
    hidden = row.hidden_at is not None
    return Target(Content.QUESTION, row.pk, row.author_id, hidden, row.title, row.detail, row.pk)


def _answer(asking: Asking, object_id: UUID) -> Target | None:
    row = can_read_answer.filter(Answer.objects.filter(pk=object_id), asking).first()
    if row is None:
        return None
    # its author reads it even where the question is hidden
    title = Question.objects.filter(pk=row.question_id).values_list("title", flat=True).first() or ""
    return Target(Content.ANSWER, row.pk, row.author_id, row.hidden_at is not None, title, row.text, row.question_id)


def _comment(asking: Asking, object_id: UUID) -> Target | None:
    row = can_read_comment.filter(Comment.objects.filter(pk=object_id, removed_at=None), asking).first()
    if row is None:
        return None
    title = _title_around(row, asking)
    if title is None:
        return None
    return Target(Content.COMMENT, row.pk, row.author_id, row.hidden_at is not None, title, row.text, row.sheet_id)


def _title_around(row: Comment | Trial, asking: Asking) -> str | None:
    """The title of the sheet that it stands on; None where that sheet is out of reach, but for its own author."""
    title = Sheet.objects.filter(pk=row.sheet_id).values_list("title", flat=True).first()
    return "" if title is None and row.author_id == asking.user_id else title


def _trial(asking: Asking, object_id: UUID) -> Target | None:
    row = can_read_trial.filter(Trial.objects.filter(pk=object_id), asking).first()
    if row is None:
        return None
    title = _title_around(row, asking)
    if title is None:
        return None
    hidden = row.scope_level == "restricted"
    return Target(Content.TRIAL, row.pk, row.author_id, hidden, title, row.comment, row.sheet_id)


def _sheet(asking: Asking, object_id: UUID) -> Target | None:
    open_to_reports = Sheet.objects.filter(pk=object_id, status__in=[SheetStatus.PUBLISHED, SheetStatus.HIDDEN])
    row = can_read_sheet.filter(open_to_reports, asking).first()
    if row is None:
        return None
    hidden = row.status == SheetStatus.HIDDEN
    return Target(Content.SHEET, row.pk, row.author_id, hidden, row.title, row.simple_version, row.pk)


_READERS = {
    Content.QUESTION: _question,
    Content.ANSWER: _answer,
    Content.COMMENT: _comment,
    Content.TRIAL: _trial,
    Content.SHEET: _sheet,
}


@dataclass(frozen=True, slots=True)
class Case:
    """Something reported, as a moderator reads it; `step` is the last one, empty before the first.

    It waits when it was reported after the last decision, or when its author answered.
    """

    target: Target
    reports: int
    urgent: bool
    last_report: datetime
    step: str
    mine: bool

    @property
    def waits_for_answer_read(self) -> bool:
        """Whether the author answered and nobody decided since."""
        return self.step == Step.ANSWERED


_CASES = """
SELECT c.content, c.object_id, c.author_id, c.hidden, c.title, c.body, c.about,
  count(r.id), bool_or(r.reason = ANY (%(urgent)s)), max(r.made_at), coalesce(last.step, '')
FROM community_reported() c
JOIN community_report r ON r.content = c.content AND r.object_id = c.object_id
LEFT JOIN LATERAL (SELECT s.step, s.at FROM community_moderationstep s
  WHERE s.content = c.content AND s.object_id = c.object_id ORDER BY s.at DESC, s.id DESC LIMIT 1) last ON true
WHERE %(one)s::uuid IS NULL OR (c.object_id = %(one)s AND c.content = %(kind)s)
GROUP BY c.content, c.object_id, c.author_id, c.hidden, c.title, c.body, c.about, last.step, last.at
HAVING %(all)s OR last.step IS NULL OR last.step = 'answered' OR max(r.made_at) > last.at
ORDER BY 9 DESC, max(r.made_at), c.object_id
LIMIT %(limit)s
"""


def cases_waiting(asking: Asking, limit: int = 50) -> list[Case]:
    """What waits for a moderator, urgent first, then in the order of the reports; none for others."""
    return _cases(asking, everything=False, limit=limit)


def case_named(asking: Asking, content: Content, object_id: UUID) -> Case:
    """One case, decided or not. Raises Unreadable for who is no moderator or where nothing was reported."""
    found = _cases(asking, everything=True, limit=1, one=(content, object_id))
    if not found:
        raise Unreadable
    return found[0]


def _cases(asking: Asking, *, everything: bool, limit: int, one: tuple[Content, UUID] | None = None) -> list[Case]:
    if "moderator" not in asking.roles:
        return []
    values = {
        "urgent": [reason.value for reason in URGENT],
        "one": one[1] if one else None,
        "kind": one[0].value if one else "",
        "all": everything,
        "limit": limit,
    }
    with connections[router.db_for_read(Report)].cursor() as cursor:
        cursor.execute(_CASES, values)
        rows = cursor.fetchall()
    return [_case(asking, row) for row in rows]


def _case(asking: Asking, row: tuple) -> Case:  # type: ignore[type-arg]
    content, object_id, author, hidden, title, body, about, reports, urgent, last_report, step = row
    target = Target(Content(content), object_id, author, hidden, title, body, about)
    return Case(target, reports, urgent, last_report, step, author == asking.user_id)


def reports_about(asking: Asking, content: Content, object_id: UUID) -> QuerySet[Report]:
    """The reports of one thing that the person may read: a moderator all, others their own."""
    reports = Report.objects.filter(content=content, object_id=object_id)
    return can_read_report.filter(reports, asking).order_by("made_at", "id")


def steps_about(asking: Asking, content: Content, object_id: UUID) -> QuerySet[ModerationStep]:
    """What happened to one thing, oldest first."""
    steps = ModerationStep.objects.filter(content=content, object_id=object_id)
    return can_read_step.filter(steps, asking).order_by("at", "id")


def trials_to_report(asking: Asking, target: Target) -> list[Trial]:
    """The trials with words told about a sheet, by others: they have no page of their own to report from."""
    if target.content != Content.SHEET:
        return []
    told = can_read_trial.filter(Trial.objects.filter(sheet=target.id).exclude(comment=""), asking)
    return list(told.exclude(author=asking.user_id).order_by("-reported_at", "id")[:20])


def own_reports_waiting(asking: Asking, content: Content, object_id: UUID) -> bool:
    """Whether the person reported it already and nobody decided since."""
    if asking.user_id is None:
        return False
    last = reports_about(asking, content, object_id).filter(reporter=asking.user_id).last()
    return last is not None and last.pk not in decisions_after([last])


def decisions_after(reports: list[Report]) -> dict[UUID, str]:
    """By report of the person who asks, the last decision since it was made; nothing while it waits.

    Steps belong to who wrote what was reported; the database tells who reported the decision alone.
    """
    if not reports:
        return {}
    with connections[router.db_for_read(Report)].cursor() as cursor:
        cursor.execute("SELECT * FROM community_decisions(%s)", [[report.pk for report in reports]])
        return {report: step for report, step in cursor.fetchall() if step}


def moderators() -> list[UUID]:
    """Who moderates: only to tell them that something waits."""
    with connections[router.db_for_read(Report)].cursor() as cursor:
        cursor.execute("SELECT * FROM community_moderators()")
        return [row[0] for row in cursor.fetchall()]

"""What waits for invented people when they sign in: a call to return, a text to look at, one unread notice each."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from nuserus.community.enums import Content, Reason
from nuserus.community.models import Answer, Comment, Report
from nuserus.facilitation.enums import CallState
from nuserus.facilitation.models import CallRequest
from nuserus.notifications.models import Notice
from nuserus.people.models import Account
from nuserus.practices.models import Review, Sheet, Trial

FACILITATOR, MODERATOR, REPORTER = "malik-g", "rosa-p", "nadia-b"
_CALLS = (
    ("hugues-s", "En semaine, après quatorze heures.", "Au poste des animateurs, par le standard.", ""),
    ("samuel-i", "Le matin.", "Avec Agnès, dans la salle à manger.", "Je viens jeudi à dix heures, Agnès sera là."),
    ("odile-z", "Le soir, après vingt heures.", "Par téléphone.", "Je vous rappelle mardi à vingt heures quinze."),
)


def load_heard(people: dict[str, Account], sheets: dict[str, Sheet]) -> None:
    """Last of all: each notice tells something that is in the demonstration."""
    told: set[UUID] = set()
    _calls(people, told)
    _report(people, told)
    for review in Review.objects.filter(decision="").select_related("sheet", "reviewer"):
        if review.reviewer is not None:
            address = reverse("reviewing:review", args=[review.pk])
            _tell(told, review.reviewer, "practices.to_review", review.sheet_id, address, title=str(review.sheet))
    for answer in Answer.objects.select_related("question__author").order_by("-written_at"):
        address = f"{reverse('questions:question', args=[answer.question_id])}#reponse-{answer.pk}"
        asked = answer.question
        _tell(told, asked.author, "community.answer", asked.pk, address, question=asked.title)
    for trial in Trial.objects.filter(sheet__in=list(sheets.values())).select_related("sheet__author"):
        sheet = trial.sheet
        _tell(
            told, sheet.author, "practices.tried", sheet.pk, reverse("sheets:detail", args=[sheet.pk]), title=str(sheet)
        )


def _calls(people: dict[str, Account], told: set[UUID]) -> None:
    facilitator = people[FACILITATOR]
    for slug, when, how, answer in _CALLS:
        teller = people[slug]
        call = CallRequest.objects.create(
            teller=teller,
            when=when,
            how=how,
            state=CallState.ANSWERED if answer else CallState.WAITING,
            answered_by=facilitator if answer else None,
            answer=answer,
            answered_at=timezone.now() if answer else None,
            scope_author=teller.pk,
        )
        if answer:
            address = reverse("facilitation:start")
            _tell(told, teller, "facilitation.answered", None, address, name=facilitator.display_name)
        else:
            address = reverse("facilitation:answer_call", args=[call.pk])
            _tell(told, facilitator, "facilitation.asked", None, address, name=teller.display_name)


def _report(people: dict[str, Account], told: set[UUID]) -> None:
    comment = Comment.objects.order_by("-written_at").exclude(author=people[REPORTER]).first()
    if comment is None:
        return
    Report.objects.create(
        content=Content.COMMENT,
        object_id=comment.pk,
        reporter=people[REPORTER],
        reason=Reason.OTHER,
        words="La même remarque existe deux fois, je crois.",
        scope_author=people[REPORTER].pk,
    )
    address = reverse("moderation:case", args=[Content.COMMENT, comment.pk])
    _tell(told, people[MODERATOR], "community.report", comment.pk, address, content=Content.COMMENT)


def _tell(told: set[UUID], account: Account, kind: str, about: UUID | None, address: str, **details: str) -> None:
    if account.pk in told:
        return
    told.add(account.pk)
    Notice.objects.create(
        kind=kind,
        about=about,
        address=address,
        details=details,
        happened_at=timezone.now() - timedelta(hours=5),
        scope_author=account.pk,
    )

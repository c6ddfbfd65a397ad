"""What every screen of the telling shows: its words, its dots, where its form saves."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.enums import QUESTIONS, SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS, COMPLETING, TELLING
from nuserus.practices.forms.telling import FORMS, CheckForm, DidForm, FacetsForm, QuestionForm
from nuserus.practices.models import Answer, CardComment, Sheet
from nuserus.practices.queries.choices import institution_choices, public_choices, trade_choices
from nuserus.practices.queries.drafts import Fields, cover_of, current_fields, fields_of
from nuserus.practices.queries.reviews import comments_to_answer, reviews_owned_by

ORDER = list(TELLING)


def held_answer(sheet: Sheet, question: str) -> Answer | None:
    """What is being typed in a question, if anything was."""
    return Answer.objects.filter(sheet=sheet, question=question).first()


def form_for(asking: Asking, question: str, **given: Any) -> QuestionForm:
    """The form of a question, with the choices that this person has."""
    form_class = FORMS[question]
    if form_class is CheckForm:
        given["places"] = institution_choices(asking)
    if form_class is FacetsForm:
        given["trades"] = trade_choices()
    form = form_class(**given)
    if question == "public":
        form.fields["publics"].choices = public_choices(asking)  # type: ignore[attr-defined]
    return form


def initial_of(sheet: Sheet, question: str, answer: Answer | None) -> Fields:
    """What the form shows when it opens."""
    fields = dict(current_fields(sheet, question, answer))
    if question == "photo":
        fields["picture"] = shown_cover(sheet)
    return fields


class shown_cover:  # noqa: N801 (read like a function, kept as the value of a file control)
    """The photo as the file control shows it; empty when there is none."""

    def __init__(self, sheet: Sheet) -> None:
        self.cover = cover_of(sheet)
        self.url = reverse("pictures:small", args=[self.cover.pk]) if self.cover else ""

    def __bool__(self) -> bool:
        return self.cover is not None

    def __str__(self) -> str:
        return self.cover.alternative if self.cover else ""


def after(question: str) -> str:
    """The question that follows; the last screen after those that complete a sheet."""
    if question not in ORDER:
        return "check"
    return ORDER[min(ORDER.index(question) + 1, len(ORDER) - 1)]


def is_answered(sheet: Sheet, question: str) -> bool:
    """Whether the sheet says something to a question."""
    if question == "photo":
        return cover_of(sheet) is not None
    if question == "check":
        return sheet.status not in {SheetStatus.DRAFT, SheetStatus.TO_REWORK}
    fields = fields_of(sheet, question)
    # what the effects rest on has an answer from the start
    return any(value for name, value in fields.items() if name != "evidence" and not name.startswith("card_"))


def dots(sheet: Sheet, here: str) -> list[dict[str, Any]]:
    """The eight screens as dots: answered, passed, here, to come."""
    answered = [question for question in ORDER if is_answered(sheet, question)]
    reached = max([ORDER.index(question) for question in [*answered, here] if question in ORDER], default=0)
    return [
        {
            "label": TELLING[question],
            "url": reverse("telling:question", args=[sheet.pk, question]),
            "state": _state(question, here, question in answered, rank < reached),
        }
        for rank, question in enumerate(ORDER)
    ]


def _state(question: str, here: str, answered: bool, before: bool) -> str:  # noqa: FBT001
    if question == here:
        return "here"
    if answered:
        return "done"
    return "passed" if before else "todo"


def screen(request: HttpRequest, sheet: Sheet, question: str, form: QuestionForm) -> dict[str, Any]:
    """The context of one screen. `revision` is the one that the shown answers are at."""
    answer = held_answer(sheet, question)
    comments = [comment for comment in comments_to_answer(sheet) if comment.question == question]
    cards = _with_comments(form, comments) if isinstance(form, DidForm) else []
    return {
        "cards": cards,
        "empty_cards": [card for card in cards if card["place"] > 1 and not card["filled"]],
        "back_url": _back(request, sheet),
        "sheet": sheet,
        "slug": question,
        "words": QUESTIONS.get(question),
        "label": ALL_QUESTIONS[question],
        "form": form,
        "steps": dots(sheet, question) if question in TELLING else [],
        "completing": question in COMPLETING,
        "revision": answer.revision if answer else 0,
        "save_url": reverse("telling:save", args=[sheet.pk, question]),
        "account": asking_of(request).user_id,
        "is_published": sheet.status == SheetStatus.PUBLISHED,
        "comments": [comment for comment in comments if not (cards and comment.card_id)],
    }


def _with_comments(form: DidForm, comments: list[CardComment]) -> list[dict[str, Any]]:
    """The places of the cards, each with what the peer said of the card that is there."""
    return [
        {
            **card,
            "comments": [said for said in comments if said.card and said.card.position == card["place"] - 1],
        }
        for card in form.cards
    ]


def _back(request: HttpRequest, sheet: Sheet) -> str:
    """Where a screen of completion comes back to: the last screen, or the review."""
    asking = asking_of(request)
    review = None if sheet.author_id == asking.user_id else reviews_owned_by(asking).filter(sheet=sheet).first()
    if review is not None:
        return reverse("reviewing:review", args=[review.pk])
    return reverse("telling:question", args=[sheet.pk, "check"])

"""One review: the sheet card by card, remarks beside it, what lacks, and the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.practices.actions.review import (
    comment_card,
    pass_on_review,
    publish_sheet,
    remove_comment,
    return_sheet,
)
from nuserus.practices.enums import ETHICS, FACETS, REVIEW_REASONS, SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS, BY_REVIEWER, TELLING
from nuserus.practices.forms.reviewing import CommentForm, PassOnForm, PublishForm, ReturnForm
from nuserus.practices.models import CardComment, Review, Sheet
from nuserus.practices.queries.completeness import missing_to_publish
from nuserus.practices.queries.drafts import cover_of
from nuserus.practices.queries.places import said_place
from nuserus.practices.queries.reviews import history_of, is_late, owned_review, time_left
from nuserus.practices.queries.summary import summary_of
from nuserus.practices.queries.titles import proposed_title
from nuserus.practices.rules import can_read_sheet
from nuserus.practices.views.telling.details import details_context


@require_safe
def review(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """The sheet to review, for the peer who has it."""
    shown = owned_review(asking_of(request), review_id)
    return _show(request, shown)


def _show(request: HttpRequest, shown: Review, status: int = 200, **forms_tried: forms.Form) -> HttpResponse:
    asking = asking_of(request)
    sheet = shown.sheet
    cover = cover_of(sheet)
    comments = list(shown.comments.select_related("card"))
    missing = missing_to_publish(sheet)
    context: dict[str, Any] = {
        "review": shown,
        "sheet": sheet,
        "title": sheet.title or proposed_title(sheet),
        "promise": time_left(shown.due_at),
        "late": is_late(shown.due_at),
        "place": said_place(sheet.institution) if sheet.institution else "",
        "cover": cover,
        "sections": _sections(sheet, comments),
        "completing": [
            {"label": ALL_QUESTIONS[name], "url": reverse("telling:question", args=[sheet.pk, name]), "said": said}
            for name, said in _completed(sheet).items()
        ],
        "missing": missing,
        "reason_words": list(REVIEW_REASONS.values()),
        "return_form": ReturnForm(prefix="return"),
        "publish_form": PublishForm(prefix="publish"),
        "pass_on_form": PassOnForm(prefix="pass"),
        "already_public": sheet.status == SheetStatus.PUBLISHED,
        "history": history_of(asking, sheet),
        "why": can_read_sheet.why(asking, sheet),
        **details_context(asking, sheet),
    }
    return render(request, "practices/reviewing/review.html", context | forms_tried, status=status)


def _sections(sheet: Sheet, comments: list[CardComment]) -> list[dict[str, Any]]:
    """The answers in order, each card apart, with the remarks made about it."""
    sections: list[dict[str, Any]] = []
    for question, row in zip(TELLING, summary_of(sheet, ""), strict=False):
        if question == "did":
            sections += [
                {
                    "key": _("Étape %(place)s") % {"place": place},
                    "value": card.text,
                    "about": str(card.pk),
                    "comments": [comment for comment in comments if comment.card_id == card.pk],
                }
                for place, card in enumerate(sheet.cards.all(), 1)
            ]
            continue
        said = [comment for comment in comments if comment.question == question and comment.card_id is None]
        sections.append({"key": row["key"], "value": row["value"], "about": question, "comments": said})
    return sections


def _completed(sheet: Sheet) -> dict[str, str]:
    """How far each part that a reviewer may complete is."""
    facets = sum(bool(getattr(sheet, name)) for name in FACETS)
    answered = sum(bool(sheet.ethics.get(slug)) for slug in ETHICS)
    words = {
        "simple": sheet.simple_version,
        "facets": _("%(done)s sur %(total)s") % {"done": facets, "total": len(FACETS)},
        "ethics": _("%(done)s questions sur %(total)s") % {"done": answered, "total": len(ETHICS)},
    }
    return {name: words[name] for name in BY_REVIEWER}


@require_POST
def comment(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Say something about one card or one question."""
    asking = asking_of(request)
    shown = owned_review(asking, review_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Écrivez une remarque de 1 à 2 000 caractères, puis envoyez-la de nouveau."))
        return redirect("reviewing:review", shown.pk)
    card = form.card_among(list(shown.sheet.cards.all()))
    question = "did" if card else form.cleaned_data["about"]
    try:
        comment_card(actor=asking, review=shown, text=form.cleaned_data["text"], card=card, question=question)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    return redirect(f"{reverse('reviewing:review', args=[shown.pk])}#{form.cleaned_data['about'][:50]}")


@require_POST
def uncomment(request: HttpRequest, review_id: UUID, comment_id: UUID) -> HttpResponse:
    """Take back a remark."""
    asking = asking_of(request)
    shown = owned_review(asking, review_id)
    remove_comment(actor=asking, review=shown, comment_id=comment_id)
    return redirect("reviewing:review", shown.pk)


@require_POST
def give_back(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Decide: to rework, with a reason."""
    asking = asking_of(request)
    shown = owned_review(asking, review_id)
    form = ReturnForm(request.POST, prefix="return")
    if form.is_valid():
        try:
            return_sheet(actor=asking, review=shown, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("La fiche repart avec vos remarques. Merci pour votre lecture."))
            return redirect("reviewing:queue")
    return _show(request, shown, 422, return_form=form)


@require_POST
def publish(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Decide: publish, or confirm what is public already."""
    asking = asking_of(request)
    shown = owned_review(asking, review_id)
    form = PublishForm(request.POST, prefix="publish")
    if form.is_valid():
        try:
            publish_sheet(actor=asking, review=shown, message=form.cleaned_data["message"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("La fiche est publiée. Merci pour votre lecture."))
            return redirect("sheets:detail", shown.sheet_id)
    return _show(request, shown, 422, publish_form=form)


@require_POST
def pass_on(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Let another peer read it."""
    asking = asking_of(request)
    shown = owned_review(asking, review_id)
    form = PassOnForm(request.POST, prefix="pass")
    if not form.is_valid():
        return _show(request, shown, 422, pass_on_form=form)
    pass_on_review(actor=asking, review=shown, reason=form.cleaned_data["reason"])
    messages.success(request, _("Une autre personne relira cette fiche. Merci de l’avoir dit."))
    return redirect("reviewing:queue")

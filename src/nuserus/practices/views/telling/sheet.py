"""« Où en est ma fiche »: its state, its history, what the peer said, and what its author may do."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.foundation.plain import plain_line
from nuserus.practices.actions.details import screen_sheet
from nuserus.practices.actions.publish import publish_changes
from nuserus.practices.actions.send import take_back_sheet, withdraw_sheet
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS, BY_REVIEWER
from nuserus.practices.models import Review, Sheet
from nuserus.practices.queries.completeness import missing_to_publish
from nuserus.practices.queries.drafts import pending_answers
from nuserus.practices.queries.freshness import freshness_of, is_due
from nuserus.practices.queries.reviews import comments_to_answer, history_of, reasons_of, reviews_of, time_left
from nuserus.practices.queries.summary import summary_of
from nuserus.practices.queries.writers import written_sheet
from nuserus.practices.registry import TELLING_SECTIONS
from nuserus.practices.rules import can_read_sheet


@require_safe
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Where a sheet is on its way, for those who write it."""
    asking = asking_of(request)
    shown = written_sheet(asking, sheet_id)
    reviews = reviews_of(asking, shown)
    pending = pending_answers(shown)
    context = {
        "sheet": shown,
        "asks_anyway": request.GET.get("quand-meme") == "1",
        "is_author": shown.author_id == asking.user_id,
        "rows": summary_of(shown, "fiche"),
        "sections": TELLING_SECTIONS.of(request, shown),
        "history": history_of(asking, shown),
        "open_review": _open(reviews),
        "last_word": _last_word(shown, reviews),
        "comments": [
            {
                "text": comment.text,
                "about": comment.card.text if comment.card else ALL_QUESTIONS.get(comment.question, ""),
                "url": _address(shown, comment.question),
            }
            for comment in comments_to_answer(shown)
        ],
        "pending": [ALL_QUESTIONS[answer.question] for answer in pending if shown.status == SheetStatus.PUBLISHED],
        "later": missing_to_publish(shown) if shown.status != SheetStatus.PUBLISHED else [],
        "completing": [(ALL_QUESTIONS[name], _address(shown, name)) for name in (*BY_REVIEWER, "more", "names")],
        "freshness": freshness_of(shown),
        "asks_confirmation": is_due(shown) or shown.stopped_at is not None,
        "why": "" if shown.status == SheetStatus.PUBLISHED else can_read_sheet.why(asking, shown),
    }
    return render(request, "practices/telling/sheet.html", context)


def _open(reviews: list[Review]) -> dict[str, object] | None:
    review = next((review for review in reviews if review.decided_at is None), None)
    if review is None:
        return None
    return {"review": review, "promise": time_left(review.due_at)}


def _last_word(sheet: Sheet, reviews: list[Review]) -> dict[str, object] | None:
    """What the last peer decided and why, as long as it is what the author has to read."""
    review = next(
        (review for review in reviews if review.decided_at and review.decision in {"rework", "publish"}), None
    )
    if review is None or sheet.status == SheetStatus.IN_REVIEW or not (review.reasons or review.message):
        return None
    return {"review": review, "reasons": reasons_of(review)}


def _address(sheet: Sheet, question: str) -> str:
    name = question if question in ALL_QUESTIONS else "did"
    return reverse("telling:question", args=[sheet.pk, name]) + "?depuis=fiche"


@require_POST
def take_back(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Take the sheet back from review."""
    asking = asking_of(request)
    shown = written_sheet(asking, sheet_id)
    done = _try(request, lambda: take_back_sheet(actor=asking, sheet=shown))
    if done:
        messages.success(request, _("Votre fiche est de nouveau un brouillon. Renvoyez-la quand vous voulez."))
        return redirect("telling:question", shown.pk, "check")
    return redirect("telling:sheet", shown.pk)


@require_POST
def publish(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Publish what was changed since the last version."""
    asking = asking_of(request)
    shown = written_sheet(asking, sheet_id)
    if not request.POST.get("anyway") and screen_sheet(actor=asking, sheet=shown)[1].open:
        return redirect(f"{reverse('telling:sheet', args=[shown.pk])}?quand-meme=1#changements")
    what = plain_line(request.POST.get("what", ""))[:200]
    if _try(request, lambda: publish_changes(actor=asking, sheet=shown, what=what)):
        messages.success(request, _("La nouvelle version est publiée. Une ou un collègue la relira."))
    return redirect("telling:sheet", shown.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Ask once, then withdraw the sheet; its trials and adaptations stay."""
    asking = asking_of(request)
    shown = written_sheet(asking, sheet_id)
    if request.method == "POST":
        reason = plain_line(request.POST.get("reason", ""))[:200]
        if _try(request, lambda: withdraw_sheet(actor=asking, sheet=shown, reason=reason)):
            messages.success(request, _("Votre fiche est retirée. Vous seul·e pouvez encore la lire."))
        return redirect("telling:start")
    return render(request, "practices/telling/withdraw.html", {"sheet": shown})


def _try(request: HttpRequest, action: Callable[[], object]) -> bool:
    """Do it, or say why not."""
    try:
        action()
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.warning(request, message)
        return False
    return True

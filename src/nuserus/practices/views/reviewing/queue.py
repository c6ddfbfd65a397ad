"""The queue: what I promised to read, and what waits for somebody."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.actions.review import take_review
from nuserus.practices.queries.places import said_place
from nuserus.practices.queries.reviews import is_late, reviews_owned_by, time_left, unowned_reviews

MAX_SHOWN = 50


def require_reviewer(asking: Asking) -> None:
    """Raise PermissionDenied unless the person reviews."""
    if "reviewer" not in asking.roles:
        raise PermissionDenied(_("Les fiches sont relues par des collègues qui ont ce rôle."))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Own reviews with their promise, then those that nobody has."""
    asking = asking_of(request)
    require_reviewer(asking)
    owned = [
        {
            "review": review,
            "sheet": review.sheet,
            "promise": time_left(review.due_at),
            "late": is_late(review.due_at),
            "place": said_place(review.sheet.institution) if review.sheet.institution else "",
        }
        for review in reviews_owned_by(asking)[:MAX_SHOWN]
    ]
    context = {"owned": owned, "unowned": unowned_reviews()[:MAX_SHOWN]}
    return render(request, "practices/reviewing/queue.html", context)


@require_POST
def take(request: HttpRequest, review_id: UUID) -> HttpResponse:
    """Take a review that nobody has."""
    asking = asking_of(request)
    require_reviewer(asking)
    if take_review(actor=asking, review_id=review_id) is None:
        messages.info(request, _("Quelqu’un vient de prendre cette relecture, ou elle n’est plus à faire."))
        return redirect("reviewing:queue")
    return redirect("reviewing:review", review_id)

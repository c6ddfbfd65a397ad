"""What is said about a sheet: `/pratiques/<sheet>/discussion/`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.community.actions.discussion import add_comment, edit_comment, remove_comment
from nuserus.community.forms.discussion import CommentForm
from nuserus.community.models import Comment
from nuserus.community.queries.collections import own_collections
from nuserus.community.queries.discussion import (
    comment_count,
    comment_for_reading,
    may_edit,
    threads_of,
)
from nuserus.community.queries.questions import question_behind
from nuserus.community.queries.signatures import signature
from nuserus.community.views.refused import say_in
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.practices.models import Sheet
from nuserus.practices.queries.sheets import place_of, published_sheet


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The comments of a sheet; asked by the page of the sheet itself, how many there are."""
    asking = asking_of(request)
    read = published_sheet(asking, sheet_id)
    if request.method != "POST" and request.headers.get("HX-Request") == "true":
        return _part(request, asking, read)
    form = CommentForm(request.POST or None)
    parent = _parent(request, asking, sheet_id)
    if request.method == "POST":
        if not asking.verified:
            raise PermissionDenied(_("Les professionnels vérifiés commentent les fiches publiées."))
        if form.is_valid():
            try:
                comment = add_comment(actor=asking, sheet=read, text=form.cleaned_data["text"], parent=parent)
            except ValidationError as refusal:
                say_in(form, refusal)
            else:
                messages.success(request, _("Votre commentaire est là."))
                return _to(sheet_id, comment)
    context = {
        "sheet": read,
        "place": place_of(read),
        "threads": [
            {
                "comment": _line(asking, thread.comment) if thread.comment else None,
                "replies": [_line(asking, reply) for reply in thread.replies],
            }
            for thread in threads_of(asking, read)
        ],
        "form": form,
        "parent": _line(asking, parent) if parent else None,
        "may_comment": asking.verified,
    }
    response = render(request, "community/discussion/sheet.html", context, status=422 if form.errors else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _part(request: HttpRequest, asking: Asking, read: Sheet) -> HttpResponse:
    """What changes by itself around a sheet: comments, the question it comes from, one's last collection."""
    context = {
        "sheet": read,
        "count": comment_count(asking, read.pk),
        "behind": question_behind(asking, read.pk),
        "collection": own_collections(asking).first(),
    }
    response = render(request, "community/discussion/_around.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _parent(request: HttpRequest, asking: Asking, sheet_id: UUID) -> Comment | None:
    """The comment that one answers, named in the form or in the address; None where there is none."""
    named = request.POST.get("repondre") or request.GET.get("repondre") or ""
    try:
        return comment_for_reading(asking, sheet_id, UUID(named)) if named else None
    except (Unreadable, ValueError):
        return None


def _line(asking: Asking, comment: Comment) -> dict[str, Any]:
    return {
        "comment": comment,
        "by": signature(comment.author, asking),
        "mine": comment.author_id == asking.user_id,
        "may_edit": may_edit(asking, comment),
    }


def _to(sheet_id: UUID, comment: Comment) -> HttpResponse:
    response = redirect("discussion:sheet", sheet_id)
    response["Location"] += f"#commentaire-{comment.pk}"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, sheet_id: UUID, comment_id: UUID) -> HttpResponse:
    """Change one's own comment in its first minutes; what it said before is shown to its author."""
    asking = asking_of(request)
    read = published_sheet(asking, sheet_id)
    comment = comment_for_reading(asking, sheet_id, comment_id)
    if comment.author_id != asking.user_id:
        raise PermissionDenied(_("On ne change que ses propres commentaires."))
    form = CommentForm(request.POST or None, initial={"text": comment.text})
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(actor=asking, comment=comment, text=form.cleaned_data["text"])
        except ValidationError as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, _("Votre commentaire est changé."))
            return _to(sheet_id, comment)
    context = {"sheet": read, "comment": comment, "form": form, "edits": comment.edits.order_by("replaced_at")}
    return render(request, "community/discussion/edit.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, sheet_id: UUID, comment_id: UUID) -> HttpResponse:
    """Take back one's own comment."""
    asking = asking_of(request)
    published_sheet(asking, sheet_id)
    comment = comment_for_reading(asking, sheet_id, comment_id)
    try:
        remove_comment(actor=asking, comment=comment)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Votre commentaire est retiré. Les réponses qu’il avait restent."))
    return _to(sheet_id, comment)

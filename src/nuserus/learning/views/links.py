"""The notions that a sheet illustrates."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import Asking, asking_of
from nuserus.learning.actions.illustrations import illustrate, remove_illustration
from nuserus.learning.enums import CONCEPTS
from nuserus.learning.forms import IllustrationForm
from nuserus.learning.queries.concepts import illustrations_of
from nuserus.learning.rules import can_delete_illustration
from nuserus.practices.models import Sheet
from nuserus.practices.queries.sheets import published_sheet


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_links(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The notions of a published sheet; a verified professional adds one."""
    asking = asking_of(request)
    sheet = published_sheet(asking, sheet_id)
    form = IllustrationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not asking.verified:
            raise PermissionDenied
        if form.is_valid() and _linked(request, asking, sheet, form):
            return redirect("learning:sheet", sheet.pk)
    links = [
        (CONCEPTS[link.concept], link, can_delete_illustration.allows(asking, link))
        for link in illustrations_of(asking, sheet.pk)
        if link.concept in CONCEPTS
    ]
    return render(request, "learning/sheet.html", {"sheet": sheet, "links": links, "form": form})


@require_POST
def remove(request: HttpRequest, sheet_id: UUID, link_id: UUID) -> HttpResponse:
    """Take one link away."""
    asking = asking_of(request)
    link = get_object_or_404(illustrations_of(asking, sheet_id), pk=link_id)
    remove_illustration(actor=asking, link=link)
    messages.success(request, _("Le lien est retiré. La fiche et la notion n’ont pas changé."))
    return redirect("learning:sheet", sheet_id)


def _linked(request: HttpRequest, asking: Asking, sheet: Sheet, form: IllustrationForm) -> bool:
    concept = CONCEPTS[form.cleaned_data["concept"]]
    try:
        illustrate(actor=asking, sheet=sheet, concept=concept, words=form.cleaned_data["words"])
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Merci. La fiche se lit maintenant depuis cette notion."))
    return True

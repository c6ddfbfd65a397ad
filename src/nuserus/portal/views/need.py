"""« J'ai un besoin »: from a need to a search; where it finds nothing, the search offers to ask peers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nuserus.portal.forms.need import NeedForm


@login_not_required
@require_safe
def need(request: HttpRequest) -> HttpResponse:
    """The two questions; answered, they lead to what was found."""
    form = NeedForm(request.GET if "besoin" in request.GET or "mots" in request.GET else None)
    if form.is_valid():
        return redirect(form.address())
    return render(request, "portal/need.html", {"form": form}, status=422 if form.is_bound else 200)

"""The person's own field page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Visits, fiches that wait, and what to do next."""
    return render(request, "fieldwork/home.html", {})

"""Help: the guide, and every component on one page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.portal.queries.guide import guide_pages


@login_not_required
@require_safe
def guide(request: HttpRequest, slug: str = "index") -> HttpResponse:
    """One page of the guide for professionals."""
    pages = guide_pages()
    if slug not in pages:
        raise Http404
    context = {"page": pages[slug], "pages": [page for page in pages.values() if page.slug != "index"]}
    return render(request, "portal/guide.html", context)


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Every component of the interface, for those who write templates."""
    return render(request, "ui/styleguide.html")

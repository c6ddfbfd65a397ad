"""Collections as they are read and printed: `/selections/`."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from nuserus.community.models import Collection
from nuserus.community.queries.collections import (
    booklet_of,
    collection_for_reading,
    collections_visible_to,
    lines_of,
    own_collections,
)
from nuserus.community.queries.signatures import signature
from nuserus.community.rules import can_change_collection, can_read_collection
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.levels import Level
from nuserus.practices.paper.booklets import Booklet, Chapter, booklet_pdf

PAGE = 20


@login_not_required
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """One's own collections, then those of others that one may read."""
    asking = asking_of(request)
    others = collections_visible_to(asking)
    if asking.user_id:
        others = others.exclude(author=asking.user_id)
    page = Paginator(others, PAGE).get_page(request.GET.get("page"))
    context = {
        "own": list(own_collections(asking)[:PAGE]),
        "page": page,
        "may_compose": asking.is_anonymous or asking.verified,
    }
    return render(request, "community/collections/list.html", context)


@login_not_required
@require_safe
def collection(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """One collection: its intro, its sheets in order, a word for each."""
    asking = asking_of(request)
    read = collection_for_reading(asking, collection_id)
    context = {
        "collection": read,
        "by": by_whom(asking, read),
        "lines": lines_of(asking, read),
        "mine": can_change_collection.allows(asking, read),
        "why": can_read_collection.why(asking, read) if read.scope_level != Level.PUBLIC else "",
    }
    return render(request, "community/collections/collection.html", context)


@login_not_required
@require_safe
def booklet(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """The whole sheets one after the other, to print from the browser."""
    asking = asking_of(request)
    read = collection_for_reading(asking, collection_id)
    context = {
        "collection": read,
        "by": by_whom(asking, read),
        "sheets": booklet_of(asking, read),
        "address": request.build_absolute_uri(read_at(read)),
    }
    return render(request, "community/collections/booklet.html", context)


@login_not_required
@require_safe
def booklet_as_pdf(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """The booklet as PDF; a collection holds sixty sheets at most, so it is made at once."""
    asking = asking_of(request)
    read = collection_for_reading(asking, collection_id)
    sheets = booklet_of(asking, read)
    told = Booklet(
        title=read.title,
        introduction=read.intro,
        authors=[read.composed_by] if read.composed_by else [],
        address=read_at(read),
        fictitious=any(one.sheet.institution is not None and one.sheet.institution.is_fictitious for one in sheets),
    )
    chapters = [Chapter(one.sheet.pk, one.word) for one in sheets]
    site = request.build_absolute_uri("/").rstrip("/")
    content = booklet_pdf(asking, told, chapters, site=site, day=timezone.localtime())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slugify(read.title)[:60] or "selection"}.pdf"'
    return response


def by_whom(asking: Asking, collection: Collection) -> str:
    """Who composed it, in their words; else as its author signs."""
    return collection.composed_by or signature(collection.author, asking)


def read_at(collection: Collection) -> str:
    """The address of a collection."""
    return reverse("collections:collection", args=[collection.pk])

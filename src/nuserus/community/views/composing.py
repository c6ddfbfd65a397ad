"""Composing a collection: `/selections/…/modifier/`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.community.actions.collections import (
    add_sheet,
    change_collection,
    compose_collection,
    delete_collection,
    move_entry,
    remove_entry,
    say_word,
)
from nuserus.community.forms.collections import CollectionForm, WordForm
from nuserus.community.models import Collection
from nuserus.community.queries.collections import (
    collection_to_change,
    entry_to_change,
    lines_of,
    own_collections,
    own_places,
)
from nuserus.community.rules import can_compose_collection
from nuserus.community.views.refused import say_in
from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.models import Sheet
from nuserus.practices.queries.sheets import published_sheet


def _may_compose(asking: Asking) -> bool:
    return can_compose_collection.allows(asking, Collection(scope_author=asking.user_id))


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new collection."""
    asking = asking_of(request)
    if not _may_compose(asking):
        return render(request, "community/collections/not_yet.html", status=403)
    form = CollectionForm(request.POST or None, places=own_places(asking), initial={})
    if request.method == "POST" and form.is_valid():
        try:
            made = compose_collection(actor=asking, composed=form.composed())
        except ValidationError as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, _("Votre sélection est prête. Ajoutez-y des fiches depuis leur page."))
            return redirect("collections:change", made.pk)
    return render(request, "community/collections/new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Put a sheet in one of one's collections, or in a new one."""
    asking = asking_of(request)
    if not _may_compose(asking):
        return render(request, "community/collections/not_yet.html", status=403)
    sheet = published_sheet(asking, sheet_id)
    form = CollectionForm(request.POST or None, places=own_places(asking), initial={})
    if request.method == "POST":
        if chosen := _id(request.POST.get("selection", "")):
            return _added(request, asking, collection_to_change(asking, chosen), sheet)
        if form.is_valid():
            try:
                made = compose_collection(actor=asking, composed=form.composed())
            except ValidationError as refusal:
                say_in(form, refusal)
            else:
                return _added(request, asking, made, sheet)
    context = {"sheet": sheet, "own": list(own_collections(asking)[:20]), "form": form}
    return render(request, "community/collections/add.html", context, status=422 if form.is_bound else 200)


def _added(request: HttpRequest, asking: Asking, collection: Collection, sheet: Sheet) -> HttpResponse:
    try:
        is_new = add_sheet(actor=asking, collection=collection, sheet=sheet)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        words = _("La fiche est dans « %(title)s ».") if is_new else _("La fiche était déjà dans « %(title)s ».")
        messages.success(request, words % {"title": collection.title})
    return redirect("collections:collection", collection.pk)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """What a collection says of itself, and its sheets in order."""
    asking = asking_of(request)
    held = collection_to_change(asking, collection_id)
    form = CollectionForm(request.POST or None, places=own_places(asking), initial=_told(held))
    if request.method == "POST" and form.is_valid():
        try:
            change_collection(actor=asking, collection=held, composed=form.composed())
        except ValidationError as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, _("La sélection est enregistrée."))
            return redirect("collections:collection", held.pk)
    context = {"collection": held, "form": form, "lines": lines_of(asking, held)}
    return render(request, "community/collections/change.html", context, status=422 if form.errors else 200)


def _told(held: Collection) -> dict[str, Any]:
    place = {"institution": str(held.scope_institution)} if held.scope_institution else {}
    return {
        "title": held.title,
        "intro": held.intro,
        "composed_by": held.composed_by,
        "level": held.scope_level,
        **place,
    }


@require_POST
def entry(request: HttpRequest, collection_id: UUID, entry_id: UUID) -> HttpResponse:
    """One line: up, down, out, or a word about it, as the button says."""
    asking = asking_of(request)
    held = collection_to_change(asking, collection_id)
    line = entry_to_change(held, entry_id)
    match request.POST.get("faire", ""):
        case "monter":
            move_entry(actor=asking, entry=line, up=True)
        case "descendre":
            move_entry(actor=asking, entry=line, up=False)
        case "retirer":
            remove_entry(actor=asking, entry=line)
        case _:
            form = WordForm(request.POST)
            if form.is_valid():
                say_word(actor=asking, entry=line, word=form.cleaned_data["word"])
            else:
                messages.warning(request, _("Ce mot dépasse 500 caractères : raccourcissez-le. Il n’a pas été changé."))
    if request.headers.get("HX-Request") == "true":
        context = {"collection": held, "lines": lines_of(asking, held)}
        return render(request, "community/collections/_lines.html", context)
    response = redirect("collections:change", held.pk)
    response["Location"] += "#fiches"
    return response


@require_POST
def throw_away(request: HttpRequest, collection_id: UUID) -> HttpResponse:
    """Throw a collection away."""
    asking = asking_of(request)
    delete_collection(actor=asking, collection=collection_to_change(asking, collection_id))
    messages.success(request, _("La sélection est jetée. Ses fiches sont toujours à leur place."))
    return redirect("collections:list")

"""One's own field journal."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.fieldwork.actions.journal import carry_away, change_entry, remove_entry, write_entry
from nuserus.fieldwork.actions.revisions import ChangedMeanwhile
from nuserus.fieldwork.forms.journal import EntryForm
from nuserus.fieldwork.forms.revised import revision_in
from nuserus.fieldwork.models import JournalEntry
from nuserus.fieldwork.queries.journal import found_entries, own_entry, own_tags
from nuserus.fieldwork.queries.places import own_places, participants_of
from nuserus.fieldwork.queries.visits import visits_visible_to
from nuserus.foundation.asking import Asking, asking_of
from nuserus.studies.forms.opening import refuse

PER_PAGE = 20
MOST_VISITS = 60
MAX_TYPED = 120


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """The pages, the last day first; those that have the words one looks for."""
    asking = asking_of(request)
    typed = request.GET.get("q", "")[:MAX_TYPED]
    tag = request.GET.get("etiquette", "")[:MAX_TYPED]
    context = {
        "page": Paginator(found_entries(asking, typed, tag), PER_PAGE).get_page(request.GET.get("page")),
        "typed": typed,
        "tag": tag,
        "tags": own_tags(asking),
    }
    return render(request, "fieldwork/journal.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Another page, perhaps about a visit."""
    asking = asking_of(request)
    form = _form(request, asking, None)
    if form.is_bound and form.is_valid():
        try:
            entry = write_entry(actor=asking, words=form.words())
            messages.success(request, _("C’est gardé. Vous seul ou vous seule le lisez."))
            return redirect("fieldwork:entry", entry.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {"form": form, "heading": _("Écrire dans mon journal")}
    return render(request, "fieldwork/write_entry.html", context, status=422 if form.is_bound else 200)


@require_safe
def entry(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One page."""
    return render(request, "fieldwork/entry.html", {"entry": own_entry(asking_of(request), entry_id)})


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Other words on a page."""
    asking = asking_of(request)
    shown = own_entry(asking, entry_id)
    form = _form(request, asking, shown)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            change_entry(actor=asking, entry=shown, words=form.words(), revision=revision_in(request))
        except ChangedMeanwhile:
            shown = own_entry(asking, entry_id)
            form, status = _form(request, asking, shown), 409
            form.move_to(shown.revision)
        else:
            messages.success(request, _("C’est gardé. Vous seul ou vous seule le lisez."))
            return redirect("fieldwork:entry", shown.pk)
    context = {"form": form, "entry": shown, "heading": _("Changer cette page"), "meanwhile": status == 409}
    return render(request, "fieldwork/write_entry.html", context, status=status)


def _form(request: HttpRequest, asking: Asking, shown: JournalEntry | None) -> EntryForm:
    places = [place.pk for place in own_places(asking)]
    visits = list(visits_visible_to(asking).order_by("-starts_at")[:MOST_VISITS])
    if shown is not None and shown.visit is not None and shown.visit not in visits:
        visits.append(shown.visit)
    # who takes part no more is in no new page; where a page speaks of them already, it goes on saying so
    people = [one.participant for one in participants_of(asking, *places) if one.participant.left_at is None]
    if shown is not None:
        named = (one.participant for one in shown.mentions.all())
        people += [one for one in named if one is not None and one not in people]
    initial = EntryForm.initial_of(shown) if shown else {"visit": request.GET.get("visite", "")}
    return EntryForm(request.POST if request.method == "POST" else None, visits=visits, people=people, initial=initial)


@require_POST
def remove(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Take a page out, for good."""
    asking = asking_of(request)
    remove_entry(actor=asking, entry=own_entry(asking, entry_id))
    messages.success(request, _("La page est retirée."))
    return redirect("fieldwork:journal")


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The whole journal as text, for who wrote it."""
    text = carry_away(actor=asking_of(request))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="journal-de-terrain.txt"'
    response["Cache-Control"] = "private, no-store"
    return response

"""Adapter chez nous: starting from somebody else's sheet, then saying what changes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.directory.queries import institutions_by_id
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.practices.actions.adapt import adapt_sheet, save_adaptation
from nuserus.practices.enums import SheetStatus
from nuserus.practices.forms.adapting import AdaptationForm, PlaceForm
from nuserus.practices.models import Sheet
from nuserus.practices.queries.adaptations import own_draft_of, revision_of_cards
from nuserus.practices.queries.credits import credit_lines
from nuserus.practices.queries.differences import Row, compared_cards
from nuserus.practices.queries.sheets import cards_of, contributors_of, family_of, place_of, published_sheet
from nuserus.practices.queries.writers import written_sheet
from nuserus.practices.rules import can_adapt_sheet, can_read_sheet
from nuserus.practices.views.compared import compare_cards, marked
from nuserus.practices.views.family import lineage_nodes

_WRITABLE = {SheetStatus.DRAFT, SheetStatus.TO_REWORK}


@require_http_methods(["GET", "HEAD", "POST"])
def adapt(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Start an adaptation of a published sheet, or go on with the one already started."""
    asking = asking_of(request)
    origin = published_sheet(asking, sheet_id)
    places = list(institutions_by_id(asking.institutions))
    if not places or not can_adapt_sheet.allows(asking, origin):
        return render(request, "practices/adapting/not_here.html", {"sheet": origin}, status=403)
    form = PlaceForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        sheet = adapt_sheet(actor=asking, origin=origin, institution=UUID(form.cleaned_data["institution"]))
        return redirect("sheets:adaptation", sheet.pk)
    context = {
        "form": form,
        "sheet": origin,
        "place": place_of(origin),
        "cards": cards_of(origin),
        "credits": credit_lines(contributors_of(origin.pk)),
        "started": own_draft_of(asking, origin),
        "only_place": places[0] if len(places) == 1 else None,
    }
    return render(request, "practices/adapting/start.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def adaptation(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The draft of an adaptation: their steps beside ours, what changed and why."""
    asking = asking_of(request)
    sheet = written_sheet(asking, sheet_id)
    origin = sheet.adapted_from
    if origin is None:
        raise Unreadable
    if sheet.status not in _WRITABLE:
        return redirect("sheets:detail", sheet.pk)
    ours = cards_of(sheet)
    form = AdaptationForm(request.POST or None, cards=ours, sheet=sheet, revision=revision_of_cards(sheet))
    if request.method == "POST" and form.is_valid() and _saved(request, sheet, form):
        return redirect("sheets:adaptation", sheet.pk)
    rows = compared_cards(cards_of(origin), ours)
    kin = family_of(asking, sheet.family, shown=sheet.pk)
    context = {
        "form": form,
        "sheet": sheet,
        "origin": origin,
        "place": place_of(origin),
        "rows": _with_fields(rows, form),
        "credits": credit_lines(contributors_of(origin.pk)),
        "family": lineage_nodes(kin, here=sheet.pk),
        "why": can_read_sheet.why(asking, sheet),
    }
    return render(request, "practices/adapting/adaptation.html", context, status=422 if form.errors else 200)


def _saved(request: HttpRequest, sheet: Sheet, form: AdaptationForm) -> bool:
    said = form.cleaned_data
    try:
        saved = save_adaptation(
            actor=asking_of(request),
            sheet=sheet,
            cards=form.changes(),
            why_changed=said["why_changed"],
            revision=said["revision"],
        )
    except ValidationError as refused:
        for message in refused.messages:
            form.add_error(None, message)
        return False
    if not saved:
        form.add_error(
            None,
            _(
                "Ces étapes ont été modifiées ailleurs entre-temps. Vos mots sont gardés dans l’historique de "
                "la question « Ce que vous avez fait ». Rechargez la page pour partir de la dernière version."
            ),
        )
        return False
    messages.success(request, _("Enregistré. Voici ce qui change."))
    return True


def _with_fields(rows: list[Row], form: AdaptationForm) -> list[dict[str, Any]]:
    """The rows for the page; those of ours with the three fields of their card."""
    ranks = {id(card): rank for rank, card in enumerate(form.cards)}
    shown = []
    for row, compared in zip(rows, compare_cards(rows), strict=True):
        rank = ranks.get(id(row.ours))
        fields = dict(zip(("text", "what", "why"), form.card_fields(rank), strict=True)) if rank is not None else {}
        shown.append(compared | {"marked": marked(row.after)} | fields)
    return shown

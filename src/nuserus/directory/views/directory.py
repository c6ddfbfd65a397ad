"""The directory and the page of one institution: public."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nuserus.directory.forms import DirectorySearchForm
from nuserus.directory.models import Institution
from nuserus.directory.queries import (
    institution_for_page,
    institutions_matching,
    may_answer_requests,
    may_manage_members,
    own_membership_in,
    place_label,
    requests_count,
)
from nuserus.directory.sections import INSTITUTION_SECTIONS
from nuserus.foundation.asking import asking_of

PER_PAGE = 20
MAX_CHARACTERS = 200


@login_not_required
@require_safe
def institutions(request: HttpRequest) -> HttpResponse:
    """Search by name, town or kind; filter by department and category."""
    form = DirectorySearchForm(_tidied(request.GET))
    form.is_valid()
    kept = form.cleaned_data
    found = institutions_matching(kept.get("q", ""), department=kept.get("departement"), category=kept.get("type"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = {name: form.data[name] for name in form.fields if kept.get(name)}
    context = {
        "form": form,
        "page": page,
        "cards": [(place, [place.kind, place_label(place, detailed=True)]) for place in page],
        "asked": asked,
        "chosen": _chosen(kept, asked),
        "clear_url": request.path if len(asked) > 1 else "",
        "requests_to_answer": may_answer_requests(asking_of(request)),
    }
    return render(request, "directory/institutions.html", context)


@login_not_required
@require_safe
def institution(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Everything that is public about one institution, and what upper apps add to it."""
    place = get_object_or_404(institution_for_page(), pk=institution_id)
    asking = asking_of(request)
    context = {
        "institution": place,
        "place": place_label(place, detailed=True),
        "facts": _facts(place),
        "sections": INSTITUTION_SECTIONS.of(request, place),
        "membership": own_membership_in(asking, place),
        "may_manage": may_manage_members(asking, place),
        "requests_count": requests_count(asking, place),
    }
    return render(request, "directory/institution.html", context)


@login_not_required
@require_safe
def institution_by_slug(request: HttpRequest, slug: str) -> HttpResponse:
    """The address that can be read aloud leads to the stable one."""
    return redirect(get_object_or_404(Institution, slug=slug), permanent=True)


def _chosen(kept: dict[str, Any], asked: dict[str, str]) -> list[dict[str, str]]:
    """What was asked, as chips: each with the address of the same search without it."""
    return [
        {
            "label": str(kept[name]),
            "url": "?" + urlencode({key: value for key, value in asked.items() if key != name}),
        }
        for name in asked
    ]


def _facts(place: Institution) -> list[dict[str, str]]:
    """The summary of the page; what is not known is left out."""
    rows = [
        (_("Type"), str(place.category.label) if place.category else place.kind_label),
        (_("Ville"), place_label(place, detailed=True)),
        (_("Département"), f"{place.department}, {place.department.region}"),
        (_("Statut"), place.get_legal_status_display()),
        (_("Organisme gestionnaire"), str(place.operator or "")),
        (_("Numéro FINESS"), place.finess or ""),
        (_("Personnes accompagnées"), "\n".join(public.label for public in place.publics.all())),
        (_("Métiers"), "\n".join(trade.label for trade in place.trades.all())),
        (_("Premier programme NUSERUS"), _programme(place)),
        (_("Qui y a pris part"), "\n".join(place.participants)),
    ]
    return [{"key": key, "value": value} for key, value in rows if value]


def _programme(place: Institution) -> str:
    if place.programme_partner is None:
        return ""
    if place.programme_partner:
        return _("lieu partenaire, observé entre 2015 et 2018")
    return _("lieu observé entre 2015 et 2018")


def _tidied(given: QueryDict) -> dict[str, str]:
    """What was asked, without what no name has: NUL, and hundreds of characters."""
    return {name: str(value).replace("\x00", " ").strip()[:MAX_CHARACTERS] for name, value in given.items()}

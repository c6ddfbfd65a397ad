"""Starting rules of use: from a template, from another place's, from nothing."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.charters.actions.charters import start_charter
from nuserus.charters.enums import charter_templates
from nuserus.charters.forms.charters import StartForm, TakeForm
from nuserus.charters.models import Charter, CharterVersion
from nuserus.charters.queries.charters import place_of, versions_visible_to
from nuserus.charters.rules import can_start_charter
from nuserus.charters.views.answering import done
from nuserus.directory.models import Institution
from nuserus.directory.queries.institutions import institutions_in_brief
from nuserus.foundation.asking import asking_of


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Choose a template for a place that one is a referent of."""
    asking = asking_of(request)
    institution = _managed(request, institution_id)
    asked = request.GET.get("modele", "")
    form = StartForm(request.POST or None, initial={"template": asked if asked in charter_templates() else None})
    made: list[Charter] = []

    def write() -> None:
        template = charter_templates().get(form.cleaned_data["template"])
        title = form.cleaned_data["title"]
        made.append(start_charter(actor=asking, institution=institution, title=title, template=template))

    if request.method == "POST" and done(form, write):
        return _to_work(request, made[0])
    context = {"form": form, "institution": institution, "templates": charter_templates().values()}
    return render(request, "charters/start.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest, institution_id: UUID, version_id: UUID) -> HttpResponse:
    """Start from what another place adopted and shows."""
    asking = asking_of(request)
    institution = _managed(request, institution_id)
    version = get_object_or_404(versions_visible_to(asking), pk=version_id)
    form = TakeForm(request.POST or None)
    made: list[Charter] = []

    def write() -> None:
        title = form.cleaned_data["title"]
        made.append(start_charter(actor=asking, institution=institution, title=title, version=version))

    if request.method == "POST" and done(form, write):
        return _to_work(request, made[0])
    context = {"form": form, "institution": institution, "version": version, "place": _said(request, version)}
    return render(request, "charters/take.html", context, status=422 if form.is_bound else 200)


def _said(request: HttpRequest, version: CharterVersion) -> str:
    return place_of(version, asking_of(request))


def _managed(request: HttpRequest, institution_id: UUID) -> Institution:
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    if not can_start_charter.allows(asking_of(request), Charter(scope_institution=institution.pk)):
        raise PermissionDenied(_("Seuls les référents de ce lieu écrivent ses règles d’usage."))
    return institution


def _to_work(request: HttpRequest, charter: Charter) -> HttpResponse:
    messages.success(request, _("Les règles sont là, à travailler ensemble. Seul votre lieu les lit."))
    return redirect("charters:work", charter.pk)

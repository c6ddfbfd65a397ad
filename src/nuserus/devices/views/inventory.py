"""The inventory of an institution: read by whom its level says, written by its referents."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.devices.actions import record_deployment as actions
from nuserus.devices.forms import DeploymentForm, initial_answers
from nuserus.devices.models import Deployment
from nuserus.devices.queries import (
    accepted_devices,
    deployments_visible_to,
    inventory_of,
    lines_of,
    to_confirm,
)
from nuserus.devices.queries.alike import comparison_of
from nuserus.devices.rules import can_add_deployment, can_change_deployment, can_delete_deployment
from nuserus.devices.rules.blocks import THRESHOLD
from nuserus.directory.models import Institution
from nuserus.directory.queries import institution_for_page, institutions_in_brief
from nuserus.foundation.asking import asking_of

PER_PAGE = 50


@login_not_required
@require_safe
def inventory(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """What the person may read of the inventory."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    page = Paginator(inventory_of(asking, institution), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "institution": institution,
        "page": page,
        "lines": lines_of(asking, page),
        "may_add": can_add_deployment.allows(asking, _line_of(institution)),
        "stale": to_confirm(asking, institution).count() if institution.pk in asking.managed else 0,
    }
    return render(request, "devices/inventory.html", context)


@require_POST
def confirm_deployments(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """« Toujours exact » : one tap for what nobody confirmed for a year, or for one line of it."""
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    asking = asking_of(request)
    can_add_deployment.require(asking, _line_of(institution))
    try:
        only = UUID(request.POST["line"]) if "line" in request.POST else None
    except ValueError:
        return HttpResponseBadRequest(_("Ce bouton n’existe pas. Revenez à la page précédente."))
    number = actions.confirm_deployments(actor=asking, institution=institution, only=only)
    if not number:
        return _back_to_inventory(request, institution, _("Tout était déjà confirmé."))
    said = ngettext("%(n)d ligne confirmée aujourd’hui.", "%(n)d lignes confirmées aujourd’hui.", number)
    return _back_to_inventory(request, institution, said % {"n": number})


@require_safe
def compare(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Des lieux comme le nôtre : for a referent of the place."""
    institution = get_object_or_404(institution_for_page(), pk=institution_id)
    asking = asking_of(request)
    can_add_deployment.require(asking, _line_of(institution))
    context = {
        "institution": institution,
        "comparison": comparison_of(asking, institution),
        "threshold": THRESHOLD,
    }
    return render(request, "devices/compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_deployment(request: HttpRequest, institution_id: UUID) -> HttpResponse:
    """Add one device to the inventory."""
    institution = get_object_or_404(institution_for_page(), pk=institution_id)
    asking = asking_of(request)
    can_add_deployment.require(asking, _line_of(institution))
    chosen = accepted_devices().filter(slug=request.GET.get("materiel", "").replace("\x00", ""))
    form = DeploymentForm(
        request.POST if request.method == "POST" else None,
        asking=asking,
        institution=institution,
        initial={"device": chosen.first()},
    )
    if request.method == "POST" and form.is_valid():
        done = _done(form, actor=asking, institution=institution)
        if done:
            return _back_to_inventory(request, institution, _("La ligne est ajoutée."))
    context = {"institution": institution, "form": form}
    return render(request, "devices/deployment_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_deployment(request: HttpRequest, institution_id: UUID, deployment_id: UUID) -> HttpResponse:
    """Change one line of the inventory."""
    asking = asking_of(request)
    deployment = _deployment(request, institution_id, deployment_id)
    can_change_deployment.require(asking, deployment)
    institution = get_object_or_404(institution_for_page(), pk=institution_id)
    form = DeploymentForm(
        request.POST if request.method == "POST" else None,
        asking=asking,
        institution=institution,
        deployment=deployment,
        initial=initial_answers(deployment),
    )
    if request.method == "POST" and form.is_valid():
        done = _done(form, actor=asking, deployment=deployment)
        if done:
            return _back_to_inventory(request, institution, _("La ligne est à jour."))
    context = {"institution": institution, "deployment": deployment, "form": form}
    return render(request, "devices/deployment_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_deployment(request: HttpRequest, institution_id: UUID, deployment_id: UUID) -> HttpResponse:
    """Take one line off the inventory, after one confirmation."""
    asking = asking_of(request)
    deployment = _deployment(request, institution_id, deployment_id)
    can_delete_deployment.require(asking, deployment)
    institution = get_object_or_404(institutions_in_brief(), pk=institution_id)
    if request.method == "POST":
        actions.remove_deployment(actor=asking, deployment=deployment)
        return _back_to_inventory(request, institution, _("La ligne est retirée."))
    context = {"institution": institution, "deployment": deployment}
    return render(request, "devices/remove_deployment.html", context)


def _line_of(institution: Institution) -> Deployment:
    """A line that is not there yet, to ask the rules about it."""
    return Deployment(institution=institution, scope_institution=institution.pk)


def _deployment(request: HttpRequest, institution_id: UUID, deployment_id: UUID) -> Deployment:
    rows = deployments_visible_to(asking_of(request)).filter(institution=institution_id)
    return get_object_or_404(rows, pk=deployment_id)


def _done(form: DeploymentForm, **where: Any) -> bool:
    """Write the answers; what is wrong with them is said in the form."""
    action = actions.change_deployment if "deployment" in where else actions.record_deployment
    try:
        action(answers=form.answers(), **where)
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    return True


def _back_to_inventory(request: HttpRequest, institution: Institution, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("devices:inventory", institution.pk)

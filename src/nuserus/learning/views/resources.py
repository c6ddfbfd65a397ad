"""Resources: the list, proposing one, answering proposals."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.learning.actions import resources as actions
from nuserus.learning.forms import RefuseResourceForm, ResourceForm
from nuserus.learning.models import Resource
from nuserus.learning.queries.concepts import accepted_resources, own_resources, waiting_resources
from nuserus.learning.rules import can_read_resource

PER_PAGE = 20


@login_not_required
@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """What others found useful, and one's own proposals with their answers."""
    asking = asking_of(request)
    page = Paginator(accepted_resources(asking), PER_PAGE).get_page(request.GET.get("page"))
    mine = [] if asking.is_anonymous else list(own_resources(asking))
    return render(request, "learning/resources.html", {"page": page, "mine": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Propose a resource."""
    asking = asking_of(request)
    if not asking.verified:
        raise PermissionDenied(_("Pour proposer une ressource, il faut qu’un établissement ait confirmé votre métier."))
    form = ResourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _proposed(request, asking, form):
        return redirect("learning:resources")
    return render(request, "learning/propose.html", {"form": form})


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    """The proposals that wait, for the moderators."""
    asking = _moderator(request)
    page = Paginator(waiting_resources(asking), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(resource, RefuseResourceForm(prefix=str(resource.pk))) for resource in page]
    why = can_read_resource.why(asking, page[0]) if len(page) else ""
    return render(request, "learning/proposals.html", {"page": page, "rows": rows, "why": why})


@require_POST
def answer(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """Accept a proposal, or refuse it with a reason."""
    asking = _moderator(request)
    resource = get_object_or_404(can_read_resource.filter(Resource.objects.all(), asking), pk=resource_id)
    decision = request.POST.get("decision")
    if decision not in {"accept", "refuse"}:
        return HttpResponseBadRequest(_("Ce bouton n’existe pas. Revenez à la liste."))
    form = RefuseResourceForm(request.POST, prefix=str(resource.pk))
    try:
        _answer(asking, resource, decision, form)
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    else:
        accepted = decision == "accept"
        messages.success(
            request, _("La ressource est dans la liste.") if accepted else _("La proposition est refusée.")
        )
    return redirect("learning:proposals")


def _moderator(request: HttpRequest) -> Asking:
    asking = asking_of(request)
    if "moderator" not in asking.roles:
        raise Unreadable
    return asking


def _answer(asking: Asking, resource: Resource, decision: str, form: RefuseResourceForm) -> None:
    if decision == "accept":
        actions.accept_resource(actor=asking, resource=resource)
        return
    if not form.is_valid():
        raise ValidationError(form.errors["answer"].as_data())
    actions.refuse_resource(actor=asking, resource=resource, answer=form.cleaned_data["answer"])


def _proposed(request: HttpRequest, asking: Asking, form: ResourceForm) -> bool:
    try:
        actions.propose_resource(actor=asking, answers=actions.ResourceAnswers(**form.cleaned_data))
    except ValidationError as problem:
        form.add_error(None, problem)
        return False
    messages.success(request, _("Merci. La modération va répondre. Votre proposition est gardée ci-dessous."))
    return True

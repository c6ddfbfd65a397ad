"""What may be the same place twice: a moderator compares and decides."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.directory.actions import decide_duplicate as deciding
from nuserus.directory.enums import DuplicateStatus
from nuserus.directory.models import DuplicateProposal
from nuserus.directory.queries.duplicates import Pair, duplicates_waiting_for, hanging_on, lines_of, pairs_of
from nuserus.directory.rules import can_decide_duplicate
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable

PER_PAGE = 20


@require_safe
def duplicates(request: HttpRequest) -> HttpResponse:
    """What waits to be compared."""
    asking = asking_of(request)
    if "moderator" not in asking.roles:
        raise Unreadable
    page = Paginator(duplicates_waiting_for(asking), PER_PAGE).get_page(request.GET.get("page"))
    pairs = pairs_of(list(page))
    why = can_decide_duplicate.why(asking, page[0]) if len(page) else ""
    return render(request, "directory/duplicates.html", {"page": page, "pairs": pairs, "why": why})


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """Two objects side by side, what hangs on each, and the decision."""
    asking = asking_of(request)
    rows = can_decide_duplicate.filter(DuplicateProposal.objects.all(), asking)
    proposal = get_object_or_404(rows, pk=proposal_id)
    if proposal.status != DuplicateStatus.WAITING:
        messages.info(request, _("C’est déjà décidé. Rien n’a changé : relisez la liste."))
        return redirect("directory:duplicates")
    pair = next(iter(pairs_of([proposal])), None)
    if pair is None:
        raise Http404
    if request.method == "POST":
        return _decided(request, pair)
    context = {
        "pair": pair,
        "lines": lines_of(pair),
        "hanging": hanging_on(pair),
        "why": can_decide_duplicate.why(asking, proposal),
    }
    return render(request, "directory/duplicate.html", context)


def _decided(request: HttpRequest, pair: Pair) -> HttpResponse:
    asking, decision, proposal = asking_of(request), request.POST.get("decision", ""), pair.proposal
    try:
        if decision == "refuse":
            deciding.refuse_duplicate(actor=asking, proposal=proposal)
            messages.success(request, _("Ce sont deux lieux. Cela ne vous sera plus proposé."))
        elif decision == "link" and pair.is_link:
            deciding.link_place(actor=asking, proposal=proposal)
            messages.success(request, _("C’est le même lieu : chaque page mène maintenant à l’autre."))
        elif decision in ("keep_first", "keep_second") and not pair.is_link:
            kept = pair.first if decision == "keep_first" else pair.second
            done = deciding.merge_institutions(actor=asking, proposal=proposal, kept_id=kept.pk)
            messages.success(request, _("C’est fait : tout est réuni ici, et l’ancienne adresse mène à cette page."))
            return redirect(done)
        else:
            return HttpResponseBadRequest(_("Ce bouton n’existe pas. Revenez à la liste."))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
        if DuplicateProposal.objects.filter(pk=proposal.pk, status=DuplicateStatus.WAITING).exists():
            return redirect("directory:duplicate", proposal.pk)
    return redirect("directory:duplicates")

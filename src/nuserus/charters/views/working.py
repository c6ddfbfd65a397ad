"""Working on rules of use: the page of the place's members, its rules, its proposals."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.charters.actions import charters as actions
from nuserus.charters.actions.listening import decide_proposal, propose, take_back_proposal
from nuserus.charters.enums import ProposalKind, charter_templates
from nuserus.charters.forms.charters import DescribeForm, ProposedRuleForm, RuleForm
from nuserus.charters.models import Charter, CharterVersion, Consultation, HouseRule, Proposal
from nuserus.charters.queries.charters import (
    answered_proposals,
    charter_at_work,
    last_reading,
    rules_of,
    waiting_proposals,
)
from nuserus.charters.rules import can_propose, can_read_charter, can_work_on_charter
from nuserus.charters.views.answering import done
from nuserus.foundation.asking import Asking, asking_of


@require_safe
def work(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Everything that is being worked on, for the members of the place."""
    asking = asking_of(request)
    charter = charter_at_work(asking, charter_id)
    version = CharterVersion.objects.filter(charter=charter).order_by("-number").first()
    template = charter_templates().get(charter.topic)
    context = {
        "charter": charter,
        "rules": rules_of(charter),
        "waiting": waiting_proposals(asking, charter),
        "answered": answered_proposals(asking, charter),
        "consultations": list(Consultation.objects.filter(charter=charter)),
        "reading": last_reading(charter),
        "version": version,
        "questions": template.questions if template else (),
        "may_work": can_work_on_charter.allows(asking, charter),
        "may_propose": _may_propose(asking, charter),
        "me": asking.user_id,
        "why": can_read_charter.why(asking, charter),
    }
    return render(request, "charters/work.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """The title, and what it is about."""
    asking = asking_of(request)
    charter = charter_at_work(asking, charter_id)
    can_work_on_charter.require(asking, charter)
    form = DescribeForm(request.POST or None, initial={"title": charter.title, "about": charter.about})
    if request.method == "POST" and done(
        form, lambda: actions.describe_charter(actor=asking, charter=charter, **form.cleaned_data)
    ):
        return _back(request, charter, _("C’est enregistré."))
    return _form(request, charter, form, _("Titre et sujet"), _("Enregistrer"))


@require_http_methods(["GET", "HEAD", "POST"])
def add_rule(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Add a rule; a member who is not a referent proposes it."""
    asking = asking_of(request)
    charter = charter_at_work(asking, charter_id)
    return _rule_page(request, asking, charter, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_rule(request: HttpRequest, charter_id: UUID, rule_id: UUID) -> HttpResponse:
    """Change a rule, or propose to."""
    asking = asking_of(request)
    charter = charter_at_work(asking, charter_id)
    return _rule_page(request, asking, charter, get_object_or_404(HouseRule, pk=rule_id, charter=charter))


def _rule_page(request: HttpRequest, asking: Asking, charter: Charter, rule: HouseRule | None) -> HttpResponse:
    writes = can_work_on_charter.allows(asking, charter)
    names = ("sentence", "why", "otherwise", "pictogram")
    initial = {name: getattr(rule, name) for name in names} if rule else {}
    kind = RuleForm if writes else ProposedRuleForm
    form = kind(request.POST or None, initial=initial)

    def write() -> None:
        words = form.words()
        if not writes:
            change = ProposalKind.CHANGE if rule else ProposalKind.ADD
            reason = form.cleaned_data["reason"]
            propose(actor=asking, charter=charter, kind=change, words=words, rule=rule, reason=reason)
        elif rule is None:
            actions.add_rule(actor=asking, charter=charter, words=words)
        else:
            actions.change_rule(actor=asking, rule=rule, words=words)

    if request.method == "POST" and done(form, write):
        return _back(request, charter, _("La règle est enregistrée.") if writes else _thanks())
    if writes:
        title = _("Modifier la règle") if rule else _("Ajouter une règle")
        return _form(request, charter, form, title, _("Enregistrer"))
    title = _("Proposer de changer une règle") if rule else _("Proposer une règle")
    return _form(request, charter, form, title, _("Proposer"))


def _thanks() -> str:
    return _("Merci. Votre proposition se lit ici ; la personne référente y répond.")


@require_POST
def move_rule(request: HttpRequest, charter_id: UUID, rule_id: UUID) -> HttpResponse:
    """Up, or down."""
    charter, rule = _rule(request, charter_id, rule_id)
    actions.move_rule(actor=asking_of(request), rule=rule, up=request.POST.get("do") == "up")
    return redirect("charters:work", charter.pk)


@require_POST
def remove_rule(request: HttpRequest, charter_id: UUID, rule_id: UUID) -> HttpResponse:
    """Take a rule off, or propose to."""
    asking = asking_of(request)
    charter, rule = _rule(request, charter_id, rule_id)
    if can_work_on_charter.allows(asking, charter):
        actions.remove_rule(actor=asking, rule=rule)
        return _back(request, charter, _("La règle est retirée. Les versions adoptées la gardent."))
    reason = request.POST.get("reason", "")

    def write() -> None:
        propose(actor=asking, charter=charter, kind=ProposalKind.REMOVE, words=None, rule=rule, reason=reason)

    return _tried(request, charter, write, _thanks())


@require_POST
def decide(request: HttpRequest, charter_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Take a proposal, or decline it in words."""
    charter, proposal = _proposal(request, charter_id, proposal_id)
    take = request.POST.get("do") == "take"
    return _tried(
        request,
        charter,
        lambda: decide_proposal(
            actor=asking_of(request), proposal=proposal, take=take, answer=request.POST.get("answer", "")
        ),
        _("La proposition est reprise dans les règles.") if take else _("Votre réponse est enregistrée."),
    )


@require_POST
def take_back(request: HttpRequest, charter_id: UUID, proposal_id: UUID) -> HttpResponse:
    """Forget one's own proposal."""
    charter, proposal = _proposal(request, charter_id, proposal_id)
    return _tried(
        request,
        charter,
        lambda: take_back_proposal(actor=asking_of(request), proposal=proposal),
        _("Votre proposition est retirée."),
    )


@require_POST
def drop(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Throw away what was never adopted."""
    asking = asking_of(request)
    charter = charter_at_work(asking, charter_id)
    institution = charter.institution_id
    try:
        actions.drop_charter(actor=asking, charter=charter)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("charters:work", charter.pk)
    messages.success(request, _("Ce travail est jeté."))
    return redirect("directory:institution", institution)


def _may_propose(asking: Asking, charter: Charter) -> bool:
    row = Proposal(
        scope_level=charter.scope_level, scope_institution=charter.institution_id, scope_author=asking.user_id
    )
    return can_propose.allows(asking, row)


def _rule(request: HttpRequest, charter_id: UUID, rule_id: UUID) -> tuple[Charter, HouseRule]:
    charter = charter_at_work(asking_of(request), charter_id)
    return charter, get_object_or_404(HouseRule.objects.select_related("charter"), pk=rule_id, charter=charter)


def _proposal(request: HttpRequest, charter_id: UUID, proposal_id: UUID) -> tuple[Charter, Proposal]:
    charter = charter_at_work(asking_of(request), charter_id)
    rows = Proposal.objects.select_related("charter", "rule__charter")
    return charter, get_object_or_404(rows, pk=proposal_id, charter=charter)


def _tried(request: HttpRequest, charter: Charter, write: Any, said: str) -> HttpResponse:
    try:
        write()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("charters:work", charter.pk)
    return _back(request, charter, said)


def _back(request: HttpRequest, charter: Charter, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("charters:work", charter.pk)


def _form(request: HttpRequest, charter: Charter, form: Any, title: str, button: str) -> HttpResponse:
    context = {"charter": charter, "form": form, "title": title, "button": button}
    return render(request, "charters/form.html", context, status=422 if form.is_bound else 200)

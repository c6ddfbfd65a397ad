"""Reports: making one, deciding, answering. `/signalements/`."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.community.actions.moderation import answer_moderation, decide, report_content
from nuserus.community.enums import URGENT, Content, Reason, Step
from nuserus.community.forms.moderation import DecisionForm, ReportForm, ToModeratorsForm
from nuserus.community.models import ModerationStep, Report
from nuserus.community.queries.moderation import (
    case_named,
    cases_waiting,
    decisions_after,
    own_reports_waiting,
    reports_about,
    steps_about,
    target_for_reading,
    trials_to_report,
)
from nuserus.community.views.refused import say_in
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable
from nuserus.people.queries.accounts import shown_names


def _kind(content: str) -> Content:
    if content not in Content.values:
        raise Unreadable
    return Content(content)


def _require_moderator(asking: Asking) -> None:
    if "moderator" not in asking.roles:
        raise PermissionDenied(_("Les signalements sont lus par les modérateurs et modératrices."))


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for a moderator, urgent first."""
    asking = asking_of(request)
    _require_moderator(asking)
    return render(request, "community/moderation/queue.html", {"cases": cases_waiting(asking)})


@require_safe
def own_reports(request: HttpRequest) -> HttpResponse:
    """One's own reports and what became of them; one's own words that are hidden."""
    asking = asking_of(request)
    reports = list(Report.objects.filter(reporter=asking.user_id).order_by("-made_at", "id")[:50])
    decided = decisions_after(reports)
    context = {
        "lines": [(report, Step(decided[report.pk]).label if report.pk in decided else "") for report in reports],
        "hidden": _own_hidden(asking),
    }
    return render(request, "community/moderation/own_reports.html", context)


def _own_hidden(asking: Asking) -> list[ModerationStep]:
    """The last step of each of one's own texts that moderators looked at."""
    steps = ModerationStep.objects.filter(scope_author=asking.user_id).order_by("-at", "-id")[:200]
    last: dict[UUID, ModerationStep] = {}
    for step in steps:
        last.setdefault(step.object_id, step)
    return list(last.values())


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, content: str, object_id: UUID) -> HttpResponse:
    """Ask the moderators to look."""
    asking, kind = asking_of(request), _kind(content)
    target = target_for_reading(asking, kind, object_id)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report_content(actor=asking, content=kind, object_id=object_id, **form.cleaned_data)
        except ValidationError as refusal:
            say_in(form, refusal)
        else:
            urgent = form.cleaned_data["reason"] in URGENT
            messages.success(
                request,
                _("Merci. Les modérateurs sont prévenus tout de suite, et vous diront ce qu’ils ont décidé.")
                if urgent
                else _("Merci. Les modérateurs vont regarder, et vous diront ce qu’ils ont décidé."),
            )
            return redirect(target.address)
    context = {
        "target": target,
        "form": form,
        "already": own_reports_waiting(asking, kind, object_id),
        "mine": target.author == asking.user_id,
        "trials": trials_to_report(asking, target),
    }
    return render(request, "community/moderation/report.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, content: str, object_id: UUID) -> HttpResponse:
    """One case: what was written, who reported and why, what happened, what to decide."""
    asking, kind = asking_of(request), _kind(content)
    reported = case_named(asking, kind, object_id)
    form = DecisionForm(request.POST or None, hidden=reported.target.hidden)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            decide(
                actor=asking,
                case=reported,
                step=Step(told["step"]),
                reason=told.get("reason", ""),
                text=told["text"],
            )
        except ValidationError as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, _("C’est décidé. Les personnes concernées sont prévenues."))
            return redirect("moderation:queue")
    # who reported is never told to who is reported, a moderator no more than others
    reports = [] if reported.mine else list(reports_about(asking, kind, object_id))
    names = shown_names([report.reporter_id for report in reports])
    context = {
        "case": reported,
        "reports": [{"report": one, "by": names.get(one.reporter_id, "")} for one in reports],
        "steps": list(steps_about(asking, kind, object_id)),
        "form": form,
    }
    return render(request, "community/moderation/case.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, content: str, object_id: UUID) -> HttpResponse:
    """One's own words as a moderator hid them: the reason, what happened, and one's answer."""
    asking, kind = asking_of(request), _kind(content)
    target = target_for_reading(asking, kind, object_id)
    steps = list(steps_about(asking, kind, object_id))
    if target.author != asking.user_id or not steps:
        raise Unreadable
    form = ToModeratorsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_moderation(actor=asking, content=kind, object_id=object_id, text=form.cleaned_data["text"])
        except ValidationError as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, _("Votre réponse est chez les modérateurs. Vous serez prévenu·e de la suite."))
            return redirect("moderation:own", content, object_id)
    reasons = [step for step in steps if step.reason]
    context = {
        "target": target,
        "steps": steps,
        "reason": Reason(reasons[-1].reason).label if reasons else "",
        "may_answer": target.hidden and steps[-1].step != Step.ANSWERED,
        "form": form,
    }
    return render(request, "community/moderation/own.html", context, status=422 if form.errors else 200)

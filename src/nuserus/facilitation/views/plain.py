"""Telling in plain words: one short question a screen, « Passer » always there, help one tap away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.facilitation.actions.plain import own_words, plain_answer, save_plain_answer
from nuserus.facilitation.actions.telling import start_telling
from nuserus.facilitation.enums import PLAIN_STEPS
from nuserus.facilitation.forms.saying import PlainForm
from nuserus.facilitation.queries.tellings import readable_telling
from nuserus.foundation.asking import asking_of
from nuserus.practices.enums import SheetStatus

ORDER = list(PLAIN_STEPS)
_OPEN = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """What will happen, in five short lines; then the first question."""
    if request.method == "POST":
        try:
            telling = start_telling(actor=asking_of(request), in_plain_words=True)
        except PermissionDenied as refusal:
            messages.warning(request, str(refusal))
            return redirect("facilitation:plain")
        return redirect("facilitation:plain_step", telling.pk, ORDER[0])
    return render(request, "facilitation/plain_begin.html")


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, telling_id: UUID, step: str) -> HttpResponse:
    """One short question; an answer, or « Passer »."""
    if step not in PLAIN_STEPS:
        raise Http404
    asking = asking_of(request)
    telling = readable_telling(asking, telling_id)
    if telling.scope_author != asking.user_id or not telling.in_plain_words:
        raise PermissionDenied(_("La personne répond avec ses mots. Vous pouvez écrire avec elle sur la fiche."))
    if telling.sheet.status not in _OPEN:
        messages.warning(request, _("Ce récit est envoyé : il ne change plus ici. Rien n’est perdu."))
        return redirect("facilitation:telling", telling_id)
    form = PlainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if request.POST.get("do") == "skip":
            return _next(telling_id, step)
        if form.is_valid():
            try:
                save_plain_answer(actor=asking, telling=telling, slug=step, text=form.cleaned_data["answer"])
                return _after(request, telling_id, step)
            except ValidationError as refusal:
                form.refuse(refusal)
    elif request.method != "POST":
        form = PlainForm(initial={"answer": plain_answer(telling, step)})
    rank = ORDER.index(step)
    context = {
        "form": form,
        "step": PLAIN_STEPS[step],
        "telling": telling,
        "place": rank + 1,
        "total": len(ORDER),
        "before": ORDER[rank - 1] if rank else "",
    }
    return render(request, "facilitation/plain_step.html", context, status=422 if form.errors else 200)


def _after(request: HttpRequest, telling_id: UUID, step: str) -> HttpResponse:
    """After words of one's own: whether they may be shown; else the next question."""
    telling = readable_telling(asking_of(request), telling_id)
    words = own_words(telling)
    if step == ORDER[-1] and words is not None:
        return redirect("facilitation:words_agree", words.pk)
    return _next(telling_id, step)


def _next(telling_id: UUID, step: str) -> HttpResponse:
    rank = ORDER.index(step) + 1
    if rank == len(ORDER):
        return redirect("facilitation:telling", telling_id)
    return redirect("facilitation:plain_step", telling_id, ORDER[rank])

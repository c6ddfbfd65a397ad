"""Passages: those to check since the text changed, those in their place."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.corpus.actions.excerpts import confirm_excerpt, pick_excerpt, remove_excerpt
from nuserus.corpus.queries.excerpts import (
    doubts_of,
    holds_words_put_aside,
    placed_excerpts,
    readable_excerpt,
    sentences_of,
)
from nuserus.corpus.queries.sources import readable_source, turn_at, version_of
from nuserus.corpus.rules import can_change_source
from nuserus.foundation.asking import asking_of


@require_safe
def excerpts(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """The passages of a source, those in doubt first."""
    asking = asking_of(request)
    source = readable_source(asking, source_id)
    context = {"source": source, "study": source.study, "writes": can_change_source.allows(asking, source)}
    hidden = not context["writes"] and holds_words_put_aside(source)
    context["doubts"] = [] if hidden else doubts_of(asking, source)
    context["placed"] = [] if hidden else placed_excerpts(asking, source)
    return render(request, "corpus/excerpts.html", context)


@require_POST
def pick(request: HttpRequest, source_id: UUID, position: int) -> HttpResponse:
    """Pick out the sentences that were ticked (`sentence`: where each begins), from the first to the last."""
    asking = asking_of(request)
    source = readable_source(asking, source_id)
    can_change_source.require(asking, source)
    version = version_of(asking, source)
    turn = turn_at(asking, version, position - 1)
    ticked = set(request.POST.getlist("sentence"))
    chosen = [one for one in sentences_of(version.text, turn) if str(one.start) in ticked]
    if not chosen or request.POST.get("base") != str(version.number):
        messages.warning(request, _("Choisissez une phrase au moins, dans le texte d’aujourd’hui."))
        return redirect("corpus:turn", source.pk, position)
    try:
        pick_excerpt(actor=asking, version=version, start=chosen[0].start, end=chosen[-1].end)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
        return redirect("corpus:turn", source.pk, position)
    messages.success(request, _("Le passage est repéré."))
    return redirect("corpus:excerpts", source.pk)


@require_POST
def confirm(request: HttpRequest, excerpt_id: UUID) -> HttpResponse:
    """Say that a passage in doubt is where it is proposed."""
    asking = asking_of(request)
    found = readable_excerpt(asking, excerpt_id)
    try:
        confirm_excerpt(actor=asking, excerpt=found)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Le passage est à sa place dans le nouveau texte."))
    return redirect("corpus:excerpts", found.source_id)


@require_POST
def remove(request: HttpRequest, excerpt_id: UUID) -> HttpResponse:
    """No longer pick a passage out."""
    asking = asking_of(request)
    found = readable_excerpt(asking, excerpt_id)
    source_id = found.source_id
    remove_excerpt(actor=asking, excerpt=found)
    messages.success(request, _("Le passage n’est plus repéré. Le texte reste."))
    return redirect("corpus:excerpts", source_id)

"""Reading a source, its next step, its versions."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.corpus.actions.sources import make_ready, start_masking, take_back_ready
from nuserus.corpus.queries.excerpts import count_doubts
from nuserus.corpus.queries.reading import shown_turns, speakers_of
from nuserus.corpus.queries.sources import obstacle_of, readable_source, version_of, versions_of
from nuserus.corpus.rules import can_change_source, can_read_source
from nuserus.corpus.standard.differences import changes
from nuserus.foundation.asking import asking_of


@require_safe
def source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """The text of the last version, turn by turn."""
    asking = asking_of(request)
    found = readable_source(asking, source_id)
    last = version_of(asking, found)
    writes = can_change_source.allows(asking, found)
    hidden = found.withheld_at is not None and not writes
    context = {
        "source": found,
        "study": found.study,
        "version": last,
        "turns": [] if hidden else shown_turns(asking, last),
        "turns_at": reverse("corpus:source", args=[found.pk]) + "tours/",
        "speakers": speakers_of(asking, last),
        "obstacle": obstacle_of(found),
        "doubts": count_doubts(asking, found),
        "writes": writes,
        "why": can_read_source.why(asking, found),
    }
    return render(request, "corpus/source.html", context)


_STEPS = {"masking": start_masking, "ready": make_ready, "back": take_back_ready}


@require_POST
def advance(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """The next step of a source (`do`: masking, ready, back)."""
    asking = asking_of(request)
    found = readable_source(asking, source_id)
    can_change_source.require(asking, found)
    step = _STEPS.get(request.POST.get("do", ""))
    said = {
        "masking": _("Le matériau est à pseudonymiser."),
        "ready": _("Le matériau est prêt à coder."),
        "back": _("Le matériau est de nouveau à pseudonymiser : on ne le code plus."),
    }
    if step is not None:
        try:
            step(actor=asking, source=found)
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
        else:
            messages.success(request, said[request.POST["do"]])
    return redirect("corpus:source", found.pk)


@require_safe
def versions(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Every version, the last first."""
    asking = asking_of(request)
    found = readable_source(asking, source_id)
    context = {"source": found, "study": found.study, "versions": versions_of(asking, found)}
    return render(request, "corpus/versions.html", context)


@require_safe
def version(request: HttpRequest, source_id: UUID, number: int) -> HttpResponse:
    """What one version changed."""
    asking = asking_of(request)
    found = readable_source(asking, source_id)
    shown = version_of(asking, found, number)
    writes = can_change_source.allows(asking, found)
    before = version_of(asking, found, number - 1) if number > 1 and writes else None
    listed, more = changes(before.text, shown.text) if before else ([], 0)
    context = {"source": found, "study": found.study, "version": shown, "before": before, "changes": listed}
    return render(request, "corpus/version.html", context | {"more": more, "writes": writes})

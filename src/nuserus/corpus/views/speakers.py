"""Who speaks under each name."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.corpus.actions.speakers import bind_speakers
from nuserus.corpus.forms.sources import SpeakersForm, refuse
from nuserus.corpus.queries.reading import names_in, people_to_bind
from nuserus.corpus.queries.sources import readable_source, version_of
from nuserus.corpus.rules import can_change_source
from nuserus.foundation.asking import asking_of


@require_http_methods(["GET", "HEAD", "POST"])
def speakers(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Bind each name to a participant of the place, or to who asks the questions."""
    asking = asking_of(request)
    source = readable_source(asking, source_id)
    can_change_source.require(asking, source)
    names = names_in(asking, version_of(asking, source))
    people = people_to_bind(asking, source)
    form = SpeakersForm(request.POST or None, names=names, people=people)
    if form.is_bound and form.is_valid():
        try:
            bind_speakers(actor=asking, source=source, who=form.who())
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("C’est noté : on sait qui parle."))
            return redirect("corpus:source", source.pk)
    context = {"source": source, "study": source.study, "form": form, "people": people}
    return render(request, "corpus/speakers.html", context, status=422 if form.is_bound else 200)

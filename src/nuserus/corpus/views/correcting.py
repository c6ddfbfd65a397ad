"""Other words for a turn, or for the whole text: always another version."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.corpus.actions.versions import NewerVersion, correct_turn, rewrite_text
from nuserus.corpus.forms.sources import TextForm, TurnForm, refuse
from nuserus.corpus.models import SourceVersion
from nuserus.corpus.queries.excerpts import codable, sentences_of
from nuserus.corpus.queries.sources import readable_source, spoken_in, turn_at, turns_of, version_of
from nuserus.corpus.rules import can_change_source
from nuserus.corpus.standard.differences import changes
from nuserus.corpus.standard.spoken import to_typed
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.policy import Unreadable

# bytes of a text that a form sends back whole, far enough below what the site takes
MOST_AT_ONCE = 1_700_000


@require_http_methods(["GET", "HEAD", "POST"])
def turn(request: HttpRequest, source_id: UUID, position: int) -> HttpResponse:
    """One turn: its words, and picking a passage out of them. `position` counts from one."""
    asking = asking_of(request)
    source = readable_source(asking, source_id)
    can_change_source.require(asking, source)
    last = version_of(asking, source)
    shown = turn_at(asking, last, position - 1)
    words = last.text[shown.start : shown.end]
    form = TurnForm(request.POST or None, initial={"base": last.number, "speaker": shown.speaker, "words": words})
    meanwhile = False
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            base = _base(asking, last, given["base"])
            correct_turn(actor=asking, base=base, position=position - 1, speaker=given["speaker"], words=given["words"])
        except NewerVersion:
            meanwhile, form = True, TurnForm(initial=given | {"base": last.number})
        except ValidationError as refusal:
            refuse(form, refusal, "words")
        else:
            messages.success(request, _("La correction est gardée dans une nouvelle version."))
            response = redirect("corpus:source", source.pk)
            response["Location"] += f"#tour-{position}"
            return response
    context = {
        "source": source,
        "study": source.study,
        "turn": shown,
        "number": position,
        "words": words,
        "form": form,
        "meanwhile": meanwhile,
        "sentences": sentences_of(last.text, shown) if codable(source) else [],
        "version": last,
    }
    return render(request, "corpus/turn.html", context, status=409 if meanwhile else 422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def text(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """The whole text, as it is typed."""
    asking = asking_of(request)
    source = readable_source(asking, source_id)
    can_change_source.require(asking, source)
    last = version_of(asking, source)
    if len(last.text.encode()) > MOST_AT_ONCE:
        messages.warning(
            request, _("Ce texte est trop long pour être corrigé d’un bloc : ouvrez un tour par son numéro.")
        )
        return redirect("corpus:source", source.pk)
    form = TextForm(request.POST or None, initial={"base": last.number, "typed": _typed(asking, last)})
    meanwhile = False
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            base = _base(asking, last, given["base"])
            rewrite_text(actor=asking, base=base, typed=given["typed"], reason=given["reason"])
        except NewerVersion:
            meanwhile, form = True, TextForm(initial=given | {"base": last.number})
        except ValidationError as refusal:
            refuse(form, refusal, "typed")
        else:
            messages.success(request, _("Le texte est gardé dans une nouvelle version."))
            return redirect("corpus:source", source.pk)
    listed, more = changes(_typed(asking, last), form.initial["typed"]) if meanwhile else ([], 0)
    context = {"source": source, "study": source.study, "form": form, "meanwhile": meanwhile, "version": last}
    context |= {"changes": listed, "more": more}
    return render(request, "corpus/text.html", context, status=409 if meanwhile else 422 if form.is_bound else 200)


def _base(asking: Asking, last: SourceVersion, number: int) -> SourceVersion:
    """The version that was read. Raises ValidationError when there is no such one."""
    if number == last.number:
        return last
    try:
        return version_of(asking, last.source, number)
    except Unreadable:
        raise ValidationError(_("Cette version n’existe pas. Rouvrez le matériau.")) from None


def _typed(asking: Asking, version: SourceVersion) -> str:
    return to_typed(spoken_in(version, list(turns_of(asking, version))))

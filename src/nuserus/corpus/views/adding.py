"""Bringing a source in, and saying again what it is."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.corpus.actions.sources import add_source, describe_source
from nuserus.corpus.actions.versions import Draft
from nuserus.corpus.enums import INTERVIEWS
from nuserus.corpus.forms.sources import AddForm, DescribeForm, refuse
from nuserus.corpus.models import SourceVersion
from nuserus.corpus.queries.sources import places_to_add_to, readable_source
from nuserus.corpus.readers import UnreadableTranscript, read
from nuserus.corpus.readers.failing import MAX_BYTES
from nuserus.corpus.rules import can_change_source
from nuserus.corpus.standard.spoken import from_paragraphs, from_read, from_typed
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.files import megabytes, refused_upload_size
from nuserus.studies.queries.studies import readable_study


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """A source typed, pasted, or read from a file."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    places = places_to_add_to(asking, study)
    if not places:
        raise PermissionDenied(_("Seules les personnes nommées pour un lieu y ajoutent des matériaux."))
    form = AddForm(request.POST or None, request.FILES or None, places=places)
    if form.is_bound and form.is_valid():
        try:
            version, warnings = _brought(asking, form)
        except UnreadableTranscript as problem:
            form.add_error("file", problem.sentence)
        except ValidationError as refusal:
            refuse(form, refusal, "typed")
        else:
            messages.success(request, _("Le matériau est dans le corpus. Relisez-le, puis dites qui parle."))
            for warning in warnings:
                messages.warning(request, warning)
            return redirect("corpus:source", version.source_id)
    _say_too_heavy(request, form)
    return render(request, "corpus/add.html", {"study": study, "form": form}, status=422 if form.is_bound else 200)


def _brought(asking: Asking, form: AddForm) -> tuple[SourceVersion, tuple[str, ...]]:
    described = form.described()
    warnings: tuple[str, ...] = ()
    if form.cleaned_data["file"]:
        upload = form.cleaned_data["file"]
        found = read(form.content(), upload.name)
        turns, warnings = from_read(found.text, found.turns), found.warnings
        described |= {"title": described["title"] or found.title, "language": found.language or "fr"}
        reason = _("fichier importé")
    else:
        typed = form.cleaned_data["typed"]
        turns = from_typed(typed) if described["kind"] in INTERVIEWS else from_paragraphs(typed)
        reason = _("texte tapé ou collé")
    draft = Draft(turns, reason)
    return add_source(actor=asking, place=form.chosen_place(), described=described, draft=draft), tuple(warnings)


def _say_too_heavy(request: HttpRequest, form: AddForm) -> None:
    size = refused_upload_size(request)
    if size and form.is_bound:
        form.errors.pop("typed", None)
        form.errors.pop("file", None)
        limits = {"size": megabytes(size), "limit": megabytes(MAX_BYTES)}
        form.add_error("file", _("Le fichier fait %(size)s, la limite est %(limit)s.") % limits)


@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Its kind, title, reference, day and duration."""
    asking = asking_of(request)
    source = readable_source(asking, source_id)
    can_change_source.require(asking, source)
    names = ("kind", "title", "reference", "collected_on", "minutes")
    form = DescribeForm(request.POST or None, initial={name: getattr(source, name) for name in names})
    if form.is_bound and form.is_valid():
        describe_source(actor=asking, source=source, described=form.described())
        messages.success(request, _("C’est noté."))
        return redirect("corpus:source", source.pk)
    context = {"source": source, "form": form, "heading": _("Décrire ce matériau"), "done": _("Enregistrer")}
    return render(request, "corpus/form.html", context, status=422 if form.is_bound else 200)

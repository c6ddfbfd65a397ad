"""Scientific watch and bibliography."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.references import add_reference, change_reference, import_references, remove_reference
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.references import ImportForm, ReferenceForm
from nuserus.studies.queries.citations import written_bibtex, written_ris
from nuserus.studies.queries.references import readable_reference, references_of
from nuserus.studies.queries.studies import readable_study
from nuserus.studies.rules import can_change_reference

PER_PAGE = 40


@require_safe
def bibliography(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """What the study reads and cites."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    page = Paginator(references_of(asking, study), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "studies/bibliography.html", {"study": study, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new_reference(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Another reference, by hand."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    form = ReferenceForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            add_reference(actor=asking, study=study, words=form.cleaned_data)
            messages.success(request, _("La référence est ajoutée."))
            return redirect("studies:bibliography", study.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": study,
        "form": form,
        "heading": _("Ajouter une référence"),
        "done": _("Ajouter"),
        "back": reverse("studies:bibliography", args=[study.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """References of a BibTeX or RIS file."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    problems: list[str] = []
    if form.is_bound and form.is_valid():
        try:
            done = import_references(actor=asking, study=study, content=form.content())
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _added(done.added, done.known))
            if not done.problems:
                return redirect("studies:bibliography", study.pk)
            problems = [str(problem) for problem in done.problems[:50]]
            form = ImportForm()
    context = {
        "study": study,
        "form": form,
        "problems": problems,
        "done": _("Importer"),
        "back": reverse("studies:bibliography", args=[study.pk]),
    }
    return render(request, "studies/import.html", context, status=422 if form.errors else 200)


def _added(added: int, known: int) -> str:
    said = ngettext("%(count)d référence ajoutée.", "%(count)d références ajoutées.", added) % {"count": added}
    if not known:
        return said
    there = ngettext("%(count)d était déjà là.", "%(count)d étaient déjà là.", known) % {"count": known}
    return f"{said} {there}"


@require_http_methods(["GET", "HEAD", "POST"])
def reference(request: HttpRequest, reference_id: UUID) -> HttpResponse:
    """Other words for a reference."""
    asking = asking_of(request)
    shown = readable_reference(asking, reference_id)
    can_change_reference.require(asking, shown)
    data = request.POST if request.method == "POST" else None
    form = ReferenceForm(data, initial=ReferenceForm.initial_of(shown))
    if form.is_bound and form.is_valid():
        change_reference(actor=asking, reference=shown, words=form.cleaned_data)
        messages.success(request, _("C’est noté."))
        return redirect("studies:bibliography", shown.study_id)
    context = {
        "study": shown.study,
        "form": form,
        "heading": shown.title,
        "done": _("Enregistrer"),
        "back": reverse("studies:bibliography", args=[shown.study_id]),
        "remove": reverse("studies:remove_reference", args=[shown.pk]),
        "remove_words": _("Retirer cette référence"),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_POST
def remove(request: HttpRequest, reference_id: UUID) -> HttpResponse:
    """Take a reference away."""
    asking = asking_of(request)
    shown = readable_reference(asking, reference_id)
    study_id = shown.study_id
    remove_reference(actor=asking, reference=shown)
    messages.success(request, _("La référence est retirée."))
    return redirect("studies:bibliography", study_id)


@require_safe
def exported(request: HttpRequest, study_id: UUID, kind: str) -> HttpResponse:
    """The bibliography as BibTeX or RIS."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    rows = references_of(asking, study)
    if kind == "bib":
        text, content_type = written_bibtex(rows), "application/x-bibtex; charset=utf-8"
    else:
        text, content_type = written_ris(rows), "application/x-research-info-systems; charset=utf-8"
    response = HttpResponse(text, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="bibliographie.{kind}"'
    return response

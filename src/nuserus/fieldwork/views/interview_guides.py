"""Guides of interviews: read by all of the study, written by who conducts it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.fieldwork.actions.interviews import Written, write_guide
from nuserus.fieldwork.forms.interviews import GuideForm, text_of
from nuserus.fieldwork.models import Guide
from nuserus.fieldwork.queries.interviews import guides_of, readable_guide, versions_of_guide
from nuserus.fieldwork.rules import can_change_guide, can_read_guide, can_write_guide
from nuserus.foundation.asking import asking_of
from nuserus.foundation.levels import Level
from nuserus.studies.forms.opening import refuse
from nuserus.studies.models import Study
from nuserus.studies.queries.studies import readable_study


@require_safe
def guides(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """The guides of a study."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    context = {
        "study": study,
        "guides": guides_of(asking, study),
        "writes": can_write_guide.allows(asking, _blank(study)),
    }
    return render(request, "fieldwork/interview_guides.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Write a guide."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    can_write_guide.require(asking, _blank(study))
    return _write(request, study, None)


@require_safe
def guide(request: HttpRequest, guide_id: UUID) -> HttpResponse:
    """One guide: its last version, and those before."""
    asking = asking_of(request)
    found = readable_guide(asking, guide_id)
    versions = versions_of_guide(asking, found)
    context = {
        "study": found.study,
        "guide": found,
        "version": versions[0],
        "before": versions[1:],
        "writes": can_change_guide.allows(asking, found),
        "why": can_read_guide.why(asking, found),
    }
    return render(request, "fieldwork/interview_guide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def rewrite(request: HttpRequest, guide_id: UUID) -> HttpResponse:
    """Write the next version."""
    asking = asking_of(request)
    found = readable_guide(asking, guide_id)
    can_change_guide.require(asking, found)
    return _write(request, found.study, found)


def _write(request: HttpRequest, study: Study, found: Guide | None) -> HttpResponse:
    asking = asking_of(request)
    initial = {}
    if found is not None:
        initial = {"title": found.title, "text": text_of(versions_of_guide(asking, found)[0].themes)}
    form = GuideForm(request.POST if request.method == "POST" else None, initial=initial)
    if found is None:
        del form.fields["note"]
    if form.is_bound and form.is_valid():
        try:
            version = write_guide(
                actor=asking,
                study=study,
                guide=found,
                written=Written(form.cleaned_data["title"], form.themes(), form.cleaned_data.get("note", "")),
            )
        except ValidationError as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Le guide est gardé."))
            return redirect("fieldwork:guide", version.guide_id)
    context = {
        "study": study,
        "guide": found,
        "form": form,
        "heading": _("Une nouvelle version du guide") if found else _("Écrire un guide"),
    }
    return render(request, "fieldwork/interview_guide_form.html", context, status=422 if form.is_bound else 200)


def _blank(study: Study) -> Guide:
    return Guide(study=study, scope_level=Level.GROUP, scope_group=study.pk, scope_mission=study.pk)

"""Hearing, adopting, showing: what the referents of a place do with what was worked on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.charters.actions.adopting import adopt_charter, choose_readers
from nuserus.charters.actions.listening import record_consultation, record_reading, remove_consultation, write_simple
from nuserus.charters.forms.charters import AdoptForm, ConsultationForm, ReadersForm, ReadingForm, SimpleForm
from nuserus.charters.models import Charter, CharterVersion, Consultation
from nuserus.charters.queries.charters import charter_at_work
from nuserus.charters.rules import can_work_on_charter
from nuserus.charters.views.answering import done
from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.levels import Level


@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Record who was heard, what they said, and what it changed."""
    asking, charter = _written(request, charter_id)
    form = ConsultationForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: record_consultation(actor=asking, charter=charter, heard=form.heard())
    ):
        return _back(request, charter, _("La concertation est gardée : elle se lira avec les règles."))
    return _form(request, charter, form, _("Raconter une concertation"), _("Enregistrer"))


@require_POST
def unconsult(request: HttpRequest, charter_id: UUID, consultation_id: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    asking, charter = _written(request, charter_id)
    consultation = get_object_or_404(
        Consultation.objects.select_related("charter"), pk=consultation_id, charter=charter
    )
    remove_consultation(actor=asking, consultation=consultation)
    return _back(request, charter, _("La concertation est retirée. Les versions déjà adoptées la gardent."))


@require_http_methods(["GET", "HEAD", "POST"])
def simple(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Write the simple version."""
    asking, charter = _written(request, charter_id)
    form = SimpleForm(request.POST or None, initial={"text": charter.simple})
    if request.method == "POST" and done(
        form, lambda: write_simple(actor=asking, charter=charter, text=form.cleaned_data["text"])
    ):
        return _back(request, charter, _("La version simple est enregistrée."))
    return _form(request, charter, form, _("La version simple"), _("Enregistrer"))


@require_http_methods(["GET", "HEAD", "POST"])
def read_over(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Record that people concerned read the simple version over: then it is called FALC."""
    asking, charter = _written(request, charter_id)
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: record_reading(actor=asking, charter=charter, read=form.read_over())
    ):
        return _back(request, charter, _("La relecture est gardée. Ce texte s’appelle FALC tant qu’il ne change pas."))
    return _form(request, charter, form, _("Relue par des personnes concernées"), _("Enregistrer"))


@require_http_methods(["GET", "HEAD", "POST"])
def adopt(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Make a version of what stands there."""
    asking, charter = _written(request, charter_id)
    form = AdoptForm(request.POST or None)
    if request.method == "POST" and done(
        form, lambda: adopt_charter(actor=asking, charter=charter, in_force_from=form.cleaned_data["in_force_from"])
    ):
        messages.success(request, _("Les règles sont adoptées. Imprimez l’affiche ; relisez-les ensemble dans un an."))
        return redirect("charters:charter", charter.pk)
    heard = Consultation.objects.filter(charter=charter, accompanied__gt=0).exists()
    return _form(request, charter, form, _("Adopter ces règles"), _("Adopter"), alone=not heard)


@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: HttpRequest, charter_id: UUID) -> HttpResponse:
    """Choose who may read what was adopted."""
    asking, charter = _written(request, charter_id)
    version = CharterVersion.objects.filter(charter=charter).order_by("-number").first()
    if version is None:
        messages.error(request, _("Adoptez d’abord ces règles : ce qui se travaille reste dans votre lieu."))
        return redirect("charters:work", charter.pk)
    form = ReadersForm(request.POST or None, initial={"level": version.scope_level, "named": version.named})
    if request.method == "POST" and done(
        form, lambda: choose_readers(actor=asking, charter=charter, **form.cleaned_data)
    ):
        said = _("C’est enregistré : vos règles restent dans votre lieu.")
        if form.cleaned_data["level"] != Level.INSTITUTION:
            said = _("C’est enregistré : d’autres lieux peuvent partir de vos règles.")
        return _back(request, charter, said)
    return _form(request, charter, form, _("Qui peut lire"), _("Enregistrer"), shows=True)


def _written(request: HttpRequest, charter_id: UUID) -> tuple[Asking, Charter]:
    asking = asking_of(request)
    charter = charter_at_work(asking, charter_id)
    can_work_on_charter.require(asking, charter)
    return asking, charter


def _back(request: HttpRequest, charter: Charter, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("charters:work", charter.pk)


def _form(request: HttpRequest, charter: Charter, form: Any, title: str, button: str, **more: object) -> HttpResponse:
    context = {"charter": charter, "form": form, "title": title, "button": button, **more}
    return render(request, "charters/form.html", context, status=422 if form.is_bound else 200)

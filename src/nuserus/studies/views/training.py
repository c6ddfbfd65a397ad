"""The training leg of a study."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.foundation.asking import asking_of
from nuserus.studies.actions.training import (
    add_session,
    change_session,
    fill_self_evaluation,
    issue_certificate,
    record_attendance,
    write_agreement,
)
from nuserus.studies.enums import Half, Timing
from nuserus.studies.figures import said_minutes
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.training import AgreementForm, CertificateForm, SelfEvaluationForm, SessionForm
from nuserus.studies.models import Certificate
from nuserus.studies.paper.training import attendance_pdf, certificate_pdf
from nuserus.studies.queries.circles import own_seats, readable_seat
from nuserus.studies.queries.studies import conducted_study, conducts, readable_study
from nuserus.studies.queries.training import (
    agreement_of,
    attendance_at,
    certificates_of,
    followed_by,
    own_self_evaluation,
    readable_certificate,
    readable_session,
    self_means,
    sessions_of,
    trainees_of,
)
from nuserus.studies.rules import can_change_session, can_issue_certificate

_TIMINGS = {"avant": Timing.BEFORE, "apres": Timing.AFTER}


@require_safe
def training(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Agreement, sessions, one's own hours and self-evaluations."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    is_conducting = conducts(asking, study)
    seats = [seat for seat in own_seats(asking) if seat.study_id == study.pk]
    context = {
        "study": study,
        "conducts": is_conducting,
        "agreement": agreement_of(asking, study),
        "sessions": sessions_of(asking, study),
        "own_minutes": sum(followed_by(seat).minutes for seat in seats),
        "evaluations": [
            (slug, timing.label, own_self_evaluation(asking, study, timing)) for slug, timing in _TIMINGS.items()
        ],
        "certificates": certificates_of(asking, study),
        "means": self_means(study) if is_conducting else [],
    }
    return render(request, "studies/training.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Under which agreement the study trains."""
    asking = asking_of(request)
    study = conducted_study(asking, study_id)
    initial = AgreementForm.initial_of(agreement_of(asking, study))
    form = AgreementForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        write_agreement(actor=asking, study=study, words=form.cleaned_data)
        messages.success(request, _("C’est noté."))
        return redirect("studies:training", study.pk)
    context = {
        "study": study,
        "form": form,
        "heading": _("La convention de formation"),
        "done": _("Enregistrer"),
        "back": reverse("studies:training", args=[study.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Another session."""
    asking = asking_of(request)
    study = conducted_study(asking, study_id)
    form = SessionForm(request.POST if request.method == "POST" else None, asking=asking, study=study)
    if form.is_bound and form.is_valid():
        try:
            session = add_session(actor=asking, study=study, words=form.cleaned_data)
            messages.success(request, _("La séance est ajoutée. Imprimez la feuille à signer."))
            return redirect("studies:session", session.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": study,
        "form": form,
        "heading": _("Ajouter une séance"),
        "done": _("Ajouter"),
        "back": reverse("studies:training", args=[study.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """One session: the sheet to print, then who was there."""
    asking = asking_of(request)
    shown = readable_session(asking, session_id)
    records = can_change_session.allows(asking, shown)
    seats = list(trainees_of(asking, shown)) if records else []
    halves = [(half, minutes) for half, minutes in _halves(shown.morning, shown.afternoon) if minutes]
    if request.method == "POST":
        can_change_session.require(asking, shown)
        ticked = set(request.POST.getlist("there"))
        there = {(seat, half) for seat in seats for half, _minutes in halves if f"{seat.pk}:{half.value}" in ticked}
        record_attendance(actor=asking, session=shown, there=there)
        messages.success(request, _("Les présences sont notées."))
        return redirect("studies:session", shown.pk)
    known = attendance_at(asking, shown)
    context = {
        "study": shown.study,
        "session": shown,
        "records": records,
        "halves": [(half.label, said_minutes(minutes)) for half, minutes in halves],
        "rows": [
            {
                "seat": seat,
                "boxes": [
                    (f"{seat.pk}:{half.value}", half.label, (seat.pk, half.value) in known) for half, _m in halves
                ],
            }
            for seat in seats
        ],
    }
    return render(request, "studies/session.html", context)


def _halves(morning: int, afternoon: int) -> list[tuple[Half, int]]:
    return [(Half.MORNING, morning), (Half.AFTERNOON, afternoon)]


@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Another day, other hours."""
    asking = asking_of(request)
    shown = readable_session(asking, session_id)
    can_change_session.require(asking, shown)
    initial = SessionForm.initial_of(shown)
    data = request.POST if request.method == "POST" else None
    form = SessionForm(data, asking=asking, study=shown.study, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            change_session(actor=asking, session=shown, words=form.cleaned_data)
            messages.success(request, _("C’est noté."))
            return redirect("studies:session", shown.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": shown.study,
        "form": form,
        "heading": _("Changer cette séance"),
        "done": _("Enregistrer"),
        "back": reverse("studies:session", args=[shown.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def attendance_sheet(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The sheet to sign, as PDF."""
    asking = asking_of(request)
    shown = readable_session(asking, session_id)
    can_change_session.require(asking, shown)
    content = attendance_pdf(shown, trainees_of(asking, shown), agreement_of(asking, shown.study))
    return _pdf(content, f"emargement-{shown.held_on:%Y-%m-%d}")


@require_http_methods(["GET", "HEAD", "POST"])
def certify(request: HttpRequest, seat_id: UUID) -> HttpResponse:
    """Certify the hours of somebody."""
    asking = asking_of(request)
    seat = readable_seat(asking, seat_id)
    can_issue_certificate.require(asking, seat)
    initial = {"name": seat.account.shown_name if seat.account else ""}
    form = CertificateForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            made: Certificate = issue_certificate(actor=asking, seat=seat, name=form.cleaned_data["name"])
            messages.success(request, _("L’attestation est faite. La personne en est prévenue."))
            return redirect("studies:certificates", made.study_id)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": seat.study,
        "form": form,
        "heading": _("Faire une attestation"),
        "lead": _("%(hours)s notées pour cette personne.") % {"hours": said_minutes(followed_by(seat).minutes)},
        "done": _("Faire l’attestation"),
        "back": reverse("studies:certificates", args=[seat.study_id]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


@require_safe
def certificates(request: HttpRequest, study_id: UUID) -> HttpResponse:
    """Hours of everybody, and their certificates, for who conducts the study."""
    asking = asking_of(request)
    study = conducted_study(asking, study_id)
    seats = (
        study.seats.filter(attendances__isnull=False).distinct().select_related("account", "group__place__institution")
    )
    context = {
        "study": study,
        "rows": [{"seat": seat, "followed": followed_by(seat)} for seat in seats.order_by("invited_at", "pk")],
        "certificates": certificates_of(asking, study),
    }
    return render(request, "studies/certificates.html", context)


@require_safe
def certificate(request: HttpRequest, certificate_id: UUID) -> HttpResponse:
    """A certificate as PDF, for the person and for who conducts the study."""
    asking = asking_of(request)
    shown = readable_certificate(asking, certificate_id)
    return _pdf(certificate_pdf(shown, agreement_of(asking, shown.study)), f"attestation-{slugify(shown.name)[:40]}")


@require_http_methods(["GET", "HEAD", "POST"])
def self_evaluation(request: HttpRequest, study_id: UUID, slug: str) -> HttpResponse:
    """What one knows how to do, before or after the training. Nobody else reads it."""
    asking = asking_of(request)
    study = readable_study(asking, study_id)
    timing = _TIMINGS.get(slug)
    if timing is None:
        raise Http404
    known = own_self_evaluation(asking, study, timing)
    form = SelfEvaluationForm(request.POST if request.method == "POST" else None, known=known)
    if form.is_bound and form.is_valid():
        try:
            fill_self_evaluation(
                actor=asking, study=study, timing=timing, answers=form.answers(), words=form.cleaned_data["words"]
            )
            messages.success(request, _("C’est gardé, pour vous seul·e. Vous pouvez changer vos réponses."))
            return redirect("studies:training", study.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": study,
        "form": form,
        "heading": _("Ce que je sais faire, %(when)s") % {"when": timing.label},
        "lead": _("Vous seul·e lisez vos réponses. L’équipe n’en lit que des moyennes, à partir de cinq personnes."),
        "done": _("Garder mes réponses"),
        "back": reverse("studies:training", args=[study.pk]),
    }
    return render(request, "studies/form.html", context, status=422 if form.is_bound else 200)


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response

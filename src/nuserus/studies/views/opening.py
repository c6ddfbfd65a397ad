"""Preparing a study: one question a screen, each kept when it is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nuserus.foundation.asking import Asking, asking_of
from nuserus.studies.actions.opening import (
    describe_study,
    keep_rules,
    lay_out_study,
    open_study,
    qualify_study,
    say_on_notices,
)
from nuserus.studies.enums import LegalBasis
from nuserus.studies.forms.opening import (
    LegalForm,
    NoticeForm,
    PeriodForm,
    PurposeForm,
    RetentionForm,
    TemplateForm,
    TitleForm,
    initial_of,
    refuse,
)
from nuserus.studies.models import Study
from nuserus.studies.queries.plan import phases_of
from nuserus.studies.queries.studies import led_study, retention_of

Make = Callable[[Asking, Study, Any], forms.Form]


@dataclass(frozen=True, slots=True)
class Screen:
    """One question: its words, the form, and what keeps the answer."""

    slug: str
    label: str | Promise
    question: str | Promise
    reason: str | Promise
    form: Make
    keep: Callable[[Asking, Study, Any], None]


def _described(actor: Asking, study: Study, form: forms.Form) -> None:
    describe_study(actor=actor, study=study, words=form.cleaned_data)


def _qualified(actor: Asking, study: Study, form: LegalForm) -> None:
    qualify_study(actor=actor, study=study, legal=form.legal())


def _noticed(actor: Asking, study: Study, form: NoticeForm) -> None:
    given = form.cleaned_data
    say_on_notices(
        actor=actor,
        study=study,
        legal_basis=LegalBasis(given["legal_basis"]),
        controller=given["controller"],
        contact=given["contact"],
    )


def _laid_out(actor: Asking, study: Study, form: TemplateForm) -> None:
    lay_out_study(actor=actor, study=study, template=form.cleaned_data["template"])


def _kept(actor: Asking, study: Study, form: RetentionForm) -> None:
    keep_rules(actor=actor, study=study, rules=form.rules())


SCREENS: dict[str, Screen] = {
    screen.slug: screen
    for screen in (
        Screen(
            "titre",
            gettext_lazy("Le titre"),
            gettext_lazy("Comment s’appelle cette étude ?"),
            gettext_lazy("C’est ce que liront les personnes que vous inviterez."),
            lambda actor, study, data: TitleForm(data, initial=initial_of(study, "title")),
            _described,
        ),
        Screen(
            "but",
            gettext_lazy("À quoi elle sert"),
            gettext_lazy("À quoi sert-elle ?"),
            gettext_lazy("Chacun doit pouvoir dire oui ou non en sachant pourquoi."),
            lambda actor, study, data: PurposeForm(data, initial=initial_of(study, "purpose", "question")),
            _described,
        ),
        Screen(
            "periode",
            gettext_lazy("La période"),
            gettext_lazy("De quand à quand ?"),
            gettext_lazy("Une idée suffit. Les dates précises viendront dans le calendrier."),
            lambda actor, study, data: PeriodForm(data, initial=initial_of(study, "starts_on", "ends_on")),
            _described,
        ),
        Screen(
            "cadre",
            gettext_lazy("Le cadre juridique"),
            gettext_lazy("Qu’est-ce que c’est, pour la loi ?"),
            gettext_lazy(
                "Le cadre juridique décide des avis à demander avant de commencer. Vous pouvez le préciser plus tard."
            ),
            lambda actor, study, data: LegalForm(
                data,
                initial=initial_of(
                    study, "qualification", "justification", "opinion_body", "opinion_reference", "opinion_on"
                ),
            ),
            _qualified,
        ),
        Screen(
            "notices",
            gettext_lazy("Les notices"),
            gettext_lazy("Que doivent savoir les personnes à qui vous demandez leur accord ?"),
            gettext_lazy("C’est imprimé sur chaque notice, à côté du texte qui demande l’accord."),
            lambda actor, study, data: NoticeForm(
                data, initial=initial_of(study, "legal_basis", "controller", "contact")
            ),
            _noticed,
        ),
        Screen(
            "conservation",
            gettext_lazy("La conservation"),
            gettext_lazy("Combien de temps garder ce qui est recueilli ?"),
            gettext_lazy("Les durées proposées conviennent souvent. Laissez vide ce que l’étude ne recueille pas."),
            lambda actor, study, data: RetentionForm(data, rules=list(retention_of(actor, study))),
            _kept,
        ),
        Screen(
            "modele",
            gettext_lazy("Les étapes"),
            gettext_lazy("De quelles étapes partir ?"),
            gettext_lazy("Tout se change ensuite : noms, jours, dates."),
            lambda actor, study, data: TemplateForm(data),
            _laid_out,
        ),
    )
}


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The first question opens the study."""
    asking = asking_of(request)
    if "study_lead" not in asking.roles:
        raise PermissionDenied(_("Les responsables d’étude ouvrent des études. Demandez ce rôle à qui tient ce site."))
    form = TitleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _asking, study_id = open_study(actor=asking, title=form.cleaned_data["title"])
            return redirect("studies:prepare", study_id, "but")
        except ValidationError as refusal:
            refuse(form, refusal)
    screen = SCREENS["titre"]
    context = {"form": form, "screen": screen, "steps": _dots(None, "titre"), "back": reverse("studies:list")}
    return render(request, "studies/question.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, study_id: UUID, slug: str) -> HttpResponse:
    """One question of a study that is there."""
    asking = asking_of(request)
    study = led_study(asking, study_id)
    screen = SCREENS.get(slug)
    if screen is None:
        raise Http404
    if slug == "modele" and phases_of(asking, study):
        return redirect("studies:plan", study.pk)
    form = screen.form(asking, study, request.POST if request.method == "POST" else None)
    alone = "seul" in request.GET
    if form.is_bound:
        if request.POST.get("do") == "skip":
            return redirect(_after(study, slug, alone=alone))
        if form.is_valid():
            try:
                screen.keep(asking, study, form)
                return redirect(_after(study, slug, alone=alone))
            except ValidationError as refusal:
                refuse(form, refusal)
    context = {
        "form": form,
        "screen": screen,
        "study": study,
        "steps": [] if alone else _dots(study, slug),
        "alone": alone,
        "back": reverse("studies:detail", args=[study.pk]),
    }
    return render(request, "studies/question.html", context, status=422 if form.is_bound else 200)


def _after(study: Study, slug: str, *, alone: bool) -> str:
    names = list(SCREENS)
    following = names.index(slug) + 1
    if alone:
        return reverse("studies:detail", args=[study.pk])
    if following < len(names):
        return reverse("studies:prepare", args=[study.pk, names[following]])
    return reverse("studies:places", args=[study.pk])


def _dots(study: Study | None, here: str) -> list[dict[str, str]]:
    names = list(SCREENS)
    return [
        {
            "label": str(screen.label),
            "url": reverse("studies:prepare", args=[study.pk, slug]) if study else "",
            "state": "here" if slug == here else ("passed" if names.index(slug) < names.index(here) else "todo"),
        }
        for slug, screen in SCREENS.items()
    ]

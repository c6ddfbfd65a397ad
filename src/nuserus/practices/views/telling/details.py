"""Details that may point at somebody: shown in their place on the last screen, decided one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.actions.details import keep_in_sheet, reopen_in_sheet, replace_in_sheet, screen_sheet
from nuserus.practices.enums import ETHICS
from nuserus.practices.enums.telling import ALL_QUESTIONS
from nuserus.practices.models import Sheet
from nuserus.practices.queries.told import rare_in
from nuserus.practices.queries.writers import written_sheet
from nuserus.screening.enums import KeepReason
from nuserus.screening.queries.flags import Detail, ReadText
from nuserus.screening.queries.names_program import names_finder

# How often the last screen asks whether the names were found, before it leaves it to the person.
AGAIN = 8
REASONS = [(choice.value, choice.label) for choice in KeepReason]


@dataclass(frozen=True, slots=True)
class ShownText:
    """One answer with its details, and the details that are decided below it: each set of words once."""

    label: str
    url: str
    text: ReadText
    details: list[Detail]


def details_context(asking: Asking, sheet: Sheet, question: str = "") -> dict[str, Any]:
    """What the pages show of the details of a sheet; of one question alone, what the rules found in it."""
    told, screening = screen_sheet(actor=asking, sheet=sheet, by_model=not question)
    seen: set[tuple[str, str]] = set()
    texts: list[ShownText] = []
    for text in screening.texts:
        slug, _dot, name = text.field.partition(".")
        if not text.details or (question and slug != question):
            continue
        fresh = []
        for detail in text.details:
            key = (detail.flag.kind, detail.flag.words_digest)
            if key not in seen:
                seen.add(key)
                fresh.append(detail)
        texts.append(ShownText(_label(slug, name), _address(sheet, slug), text, fresh))
    details = [detail for shown in texts for detail in shown.details]
    return {
        "sheet_id": sheet.pk,
        "screened": texts,
        "left": sum(detail.is_open for detail in details),
        "undecided": [detail for detail in details if detail.is_open],
        "stayed": [detail for detail in details if not detail.is_open],
        "replaced": screening.replaced,
        "names_by_rules": names_finder() is None,
        "names_pending": screening.names_pending,
        "rare": rare_in(sheet, told),
        "keep_reasons": REASONS,
    }


def _label(question: str, name: str) -> str:
    if question == "did":
        return f"{ALL_QUESTIONS[question]} · {name.removeprefix('text_')}"
    if question == "check":
        return _("Le titre")
    if question == "ethics" and name in ETHICS:
        return ETHICS[name].question
    if question == "more":
        return str(Sheet._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
    return str(ALL_QUESTIONS[question])


def _address(sheet: Sheet, question: str) -> str:
    return reverse("telling:question", args=[sheet.pk, question]) + "?depuis=verifier"


@require_safe
def details(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The details alone: what the last screen asks for again while names are looked for.

    Who opens its address is led to that screen.
    """
    sheet = written_sheet(asking_of(request), sheet_id)
    if request.headers.get("HX-Request") != "true":
        return redirect("telling:question", sheet_id, "check")
    return _section(request, sheet)


def _section(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    asked = request.GET.get("encore", "")
    again = min(int(asked), AGAIN) - 1 if asked.isdecimal() and len(asked) == 1 else AGAIN
    context = details_context(asking_of(request), sheet) | {"again": max(again, 0)}
    return render(request, "practices/telling/_details.html", context)


@require_POST
def decide(request: HttpRequest, sheet_id: UUID, flag_id: UUID) -> HttpResponse:
    """Keep a detail for a reason, replace it, or decide again; the last screen is shown again."""
    asking = asking_of(request)
    sheet = written_sheet(asking, sheet_id)
    what, _colon, reason = request.POST.get("detail", "").partition(":")
    try:
        if what == "replace":
            replace_in_sheet(actor=asking, sheet=sheet, flag_id=flag_id)
        elif what == "reopen":
            reopen_in_sheet(actor=asking, sheet=sheet, flag_id=flag_id)
        else:
            keep_in_sheet(actor=asking, sheet=sheet, flag_id=flag_id, reason=reason)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    if request.headers.get("HX-Request") and what != "replace":
        return _section(request, sheet)
    return redirect(f"{reverse('telling:question', args=[sheet.pk, 'check'])}#details")

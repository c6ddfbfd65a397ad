"""One question a screen: a plain form, that works without any script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.foundation.asking import Asking, asking_of
from nuserus.foundation.files import refused_upload_size
from nuserus.foundation.files.intake import too_heavy
from nuserus.foundation.powers import allow_recording
from nuserus.practices.actions.answers import Conflict, Typed, save_answer
from nuserus.practices.actions.pictures import put_cover, remove_cover
from nuserus.practices.actions.speaking import KIND
from nuserus.practices.enums import SheetStatus
from nuserus.practices.enums.telling import ALL_QUESTIONS
from nuserus.practices.forms.telling import QuestionForm, moved
from nuserus.practices.models import Sheet
from nuserus.practices.queries.choices import device_choices
from nuserus.practices.queries.plain import advice_by_line, plain_review_of
from nuserus.practices.queries.reviews import reviews_owned_by
from nuserus.practices.queries.together import both_texts, writing_now
from nuserus.practices.queries.writers import is_writer, may_answer, readable_sheet
from nuserus.practices.views.telling.check import check
from nuserus.practices.views.telling.details import details_context
from nuserus.practices.views.telling.screens import after, form_for, held_answer, initial_of, screen
from nuserus.voice.contributions import speaking_panel

TYPED = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK, SheetStatus.PUBLISHED})


@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, sheet_id: UUID, question: str) -> HttpResponse:
    """Show a question, or take its answer and go on."""
    if question not in ALL_QUESTIONS:
        raise Http404
    asking = asking_of(request)
    sheet = readable_sheet(asking, sheet_id)
    if not may_answer(asking, sheet, question):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    if is_writer(asking, sheet) and sheet.status not in TYPED:
        messages.info(request, _("Votre fiche n’est pas ouverte à l’écriture. Vous pouvez la reprendre ci-dessous."))
        return redirect("telling:sheet", sheet.pk)
    if question == "check":
        return check(request, sheet)
    if request.method == "POST":
        return _take(request, sheet, question)
    form = form_for(asking, question, initial=initial_of(sheet, question, held_answer(sheet, question)))
    return _show(request, sheet, question, form)


def _take(request: HttpRequest, sheet: Sheet, question: str) -> HttpResponse:
    """Save what the page sent; a text that lost against a newer one is shown with it."""
    asking = asking_of(request)
    do = request.POST.get("do", "")
    data = moved(request.POST, do) if question == "did" else request.POST
    form = form_for(asking, question, data=data, files=request.FILES, initial=initial_of(sheet, question, None))
    heavy = refused_upload_size(request)
    if heavy:
        form.add_error("picture" if "picture" in form.fields else None, too_heavy(heavy))
    if not form.is_valid():
        return _show(request, sheet, question, form, status=422)
    try:
        outcome = save_answer(actor=asking, sheet_id=sheet.pk, typed=_typed(data, question, form))
        if question == "photo":
            _take_photo(asking, sheet, form)
    except ValidationError as refusal:
        form.refuse(refusal)
        return _show(request, sheet, question, form, status=422)
    if isinstance(outcome, Conflict):
        return _show(request, sheet, question, form, conflict=outcome, status=409)
    return redirect(_next(request, sheet, question, do))


def _typed(data: QueryDict, question: str, form: QuestionForm) -> Typed:
    revision = data.get("revision", "")
    known = int(revision) if revision.isdigit() and len(revision) < 10 else 0
    return Typed(question, form.typed(), known, from_page=True)


def _take_photo(asking: Asking, sheet: Sheet, form: QuestionForm) -> None:
    """Put the photo that was sent, or take off the one that was there."""
    upload = form.cleaned_data.get("picture")
    if upload is False:
        remove_cover(actor=asking, sheet=sheet)
    elif isinstance(upload, UploadedFile):
        put_cover(actor=asking, sheet=sheet, upload=upload, alternative=form.cleaned_data["alternative"])


def _next(request: HttpRequest, sheet: Sheet, question: str, do: str) -> str:
    """Where the page goes once it is saved."""
    here = reverse("telling:question", args=[sheet.pk, question])
    asked = request.GET.urlencode()
    if do == "search":
        return f"{here}?{urlencode({'q': request.POST.get('q', '')[:100]})}#catalogue"
    if do.startswith(("up_", "down_", "remove_", "both")) or (question == "photo" and "picture" in request.FILES):
        return f"{here}?{asked}" if asked else here
    asking = asking_of(request)
    if not is_writer(asking, sheet):
        review = reviews_owned_by(asking).get(sheet=sheet)
        return reverse("reviewing:review", args=[review.pk])
    if sheet.status == SheetStatus.PUBLISHED or request.GET.get("depuis") == "fiche":
        return reverse("telling:sheet", args=[sheet.pk])
    back = "check" if request.GET.get("depuis") == "verifier" else after(question)
    return reverse("telling:question", args=[sheet.pk, back])


def _show(  # noqa: PLR0913
    request: HttpRequest,
    sheet: Sheet,
    question: str,
    form: QuestionForm,
    *,
    conflict: Conflict | None = None,
    status: int = 200,
) -> HttpResponse:
    asking = asking_of(request)
    context: dict[str, Any] = screen(request, sheet, question, form)
    context["conflict"] = conflict
    context["both"] = both_texts(conflict.fields, form.typed()) if conflict else {}
    context["writing"] = writing_now(asking, sheet, question)
    context["is_writer"] = is_writer(asking, sheet)
    if not context["is_writer"]:
        _leave_words(form, sheet, question)
    elif request.method != "POST":
        context["here"] = details_context(asking, sheet, question)
    if question == "simple":
        text = str(form["simple_version"].value() or "")
        context["advised"] = advice_by_line(text, pictures=sheet.pictures.count())
        context["plain"] = plain_review_of(sheet)
    if question == "device":
        chosen = form["devices"].value() or []
        text = request.GET.get("q", "")[:100]
        context["devices"] = device_choices(asking, chosen, text)
        context["asked"] = text
    context["voice"] = speaking_panel(request, KIND, sheet.pk, question)
    response = render(request, f"practices/telling/questions/{_template(question)}.html", context, status=status)
    if context["voice"]:
        allow_recording(response)
    return response


def _leave_words(form: QuestionForm, sheet: Sheet, question: str) -> None:
    """What the author wrote is shown to a reviewer, and closed."""
    if question == "facets":
        return
    mine = set(reviews_completed(sheet, question))
    for name, field in form.fields.items():
        field.disabled = bool(form.get_initial_for_field(field, name)) and name not in mine


def reviews_completed(sheet: Sheet, question: str) -> list[str]:
    """The fields of a question that the open review filled in."""
    review = sheet.reviews.filter(decided_at=None).first()
    names: list[str] = review.completed.get(question, []) if review else []
    return names


def _template(question: str) -> str:
    """Questions of one text share a page; the others have their own."""
    return "text" if question in {"intention", "happened", "watch_for", "more"} else question

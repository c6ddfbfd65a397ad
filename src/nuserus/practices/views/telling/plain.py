"""The simple version, edited apart: advice beside the text, and the readings by people concerned."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import asking_of
from nuserus.practices.actions.plain_reading import record_plain_reading
from nuserus.practices.forms.plain import PlainReadingForm
from nuserus.practices.models import Sheet
from nuserus.practices.queries.plain import advice_by_line, plain_review_of, reading_words, readings_of
from nuserus.practices.queries.writers import may_answer, readable_sheet

LONGEST = 2_000


@require_POST
@never_cache
def advice(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """A part of the page of the simple version: advice on the text as it is typed; nothing is kept."""
    _sheet(request, sheet_id)
    text = request.POST.get("simple_version", "")[:LONGEST].replace("\r\n", "\n")
    return render(request, "practices/telling/_advice.html", {"advised": advice_by_line(text)})


@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """Record who, among the people concerned, read the simple version over, and how."""
    asking, sheet = asking_of(request), _sheet(request, sheet_id)
    form = PlainReadingForm(request.POST if request.method == "POST" else None, initial={"text": sheet.simple_version})
    if request.method == "POST" and form.is_valid():
        try:
            record_plain_reading(actor=asking, sheet=sheet, text=form.read_text(), told=form.told())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("C’est enregistré. La version simple s’appelle maintenant FALC."))
            return redirect("telling:plain_reading", sheet.pk)
    context = {
        "sheet": sheet,
        "form": form,
        "plain": plain_review_of(sheet),
        "readings": [
            {"words": reading_words(one), "current": one.text == sheet.simple_version, "changed": one.what_changed}
            for one in readings_of(sheet)
        ],
    }
    return render(request, "practices/telling/plain_reading.html", context, status=422 if form.errors else 200)


def _sheet(request: HttpRequest, sheet_id: UUID) -> Sheet:
    """The sheet, for those who may write its simple version. Raises Unreadable or PermissionDenied."""
    asking = asking_of(request)
    sheet = readable_sheet(asking, sheet_id)
    if not may_answer(asking, sheet, "simple"):
        raise PermissionDenied(_("La version simple se relit avec les personnes nommées sur la fiche."))
    return sheet

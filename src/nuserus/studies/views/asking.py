"""Asking somebody what they agree to: the notices of a place, and one sitting."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from nuserus.consent.enums import How, NoticeFormat, Purpose, Voice
from nuserus.foundation.asking import Asking, asking_of
from nuserus.studies.actions.participants import record_answers
from nuserus.studies.forms.opening import refuse
from nuserus.studies.forms.participants import LANGUAGES, AskForm, SittingForm
from nuserus.studies.models import Participant
from nuserus.studies.paper.notices import notices_pdf
from nuserus.studies.queries.circles import readable_place
from nuserus.studies.queries.notices import around_notice, formats_in, wordings
from nuserus.studies.queries.participants import SHORT, Shown, readable_participant, shown_participant, usual_end
from nuserus.studies.queries.studies import leads, retention_of
from nuserus.studies.rules import can_change_participant

_SLUGS = {purpose.value.replace("_", "-"): purpose for purpose in Purpose}


@require_safe
def notices(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """What people of this place are asked: every notice, to read or to print."""
    asking = asking_of(request)
    place = readable_place(asking, place_id)
    texts = wordings(NoticeFormat.WRITTEN, "fr")
    context = {
        "around": around_notice(asking, place),
        "study": place.study,
        "place": place,
        "leads": leads(asking, place.study),
        "notices": [(slug, purpose, texts[purpose]) for slug, purpose in _SLUGS.items()],
        "formats": formats_in("fr"),
        "languages": LANGUAGES,
    }
    return render(request, "studies/notices.html", context)


@require_safe
def notice(request: HttpRequest, place_id: UUID, slug: str) -> HttpResponse:
    """One notice in large type, in the format and the language one chooses."""
    asking = asking_of(request)
    place = readable_place(asking, place_id)
    purpose = _SLUGS.get(slug)
    if purpose is None:
        raise Http404
    form, language = _text_of(request.GET)
    context = {
        "around": around_notice(asking, place),
        "study": place.study,
        "place": place,
        "slug": slug,
        "purpose": purpose,
        "version": wordings(form, language)[purpose],
        "formats": formats_in("fr"),
        "form": form,
        "language": language,
    }
    return render(request, "studies/notice.html", context)


@require_safe
def printed(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Notices to print and to sign: all of them, or those that are ticked."""
    asking = asking_of(request)
    place = readable_place(asking, place_id)
    form, language = _text_of(request.GET)
    purposes = [one for one in Purpose if one.value in request.GET.getlist("but")] or list(Purpose)
    texts = wordings(form, language)
    content = notices_pdf(
        around_notice(asking, place),
        [texts[purpose] for purpose in purposes],
        represented="representant" in request.GET,
        day=timezone.now(),
    )
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="notices.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _text_of(given: QueryDict) -> tuple[NoticeFormat, str]:
    """The format and the language asked for, as far as the notices are written so."""
    language = "en" if given.get("langue") == "en" else "fr"
    wanted = given.get("texte", "")
    form = NoticeFormat(wanted) if wanted in NoticeFormat.values else NoticeFormat.WRITTEN
    return (form if form in formats_in(language) else NoticeFormat.WRITTEN), language


@require_safe
def ask(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """Before asking: who answers, on which text, how, about what."""
    asking = asking_of(request)
    found = readable_participant(asking, participant_id)
    can_change_participant.require(asking, found)
    sent = "comment" in request.GET
    form = AskForm(request.GET if sent else None, participant=found, initial=_proposed(asking, found))
    if sent and form.is_valid():
        return redirect(f"{reverse('studies:sitting', args=[found.pk])}?{urlencode(form.cleaned_data, doseq=True)}")
    context = {"study": found.study, "place": found.place, "participant": found, "form": form}
    return render(request, "studies/ask.html", context, status=422 if form.errors else 200)


def _proposed(asking: Asking, participant: Participant) -> dict[str, Any]:
    """What is still missing first: taking part, or what somebody began to answer."""
    shown = shown_participant(asking, participant)
    missing = [line for line in shown.lines if line.missing]
    waits = any(line.person is not None and line.representative is None for line in missing)
    return {
        "voix": Voice.REPRESENTATIVE if waits and participant.needs_representative else Voice.PERSON,
        "texte": NoticeFormat.WRITTEN,
        "langue": participant.language,
        "comment": How.PAPER,
        "but": [line.purpose.value for line in missing] or [Purpose.TAKE_PART.value],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def sitting(request: HttpRequest, participant_id: UUID) -> HttpResponse:
    """The texts, read together, and an answer for each; what was chosen before stays in the address."""
    asking = asking_of(request)
    found = readable_participant(asking, participant_id)
    can_change_participant.require(asking, found)
    chosen = AskForm(request.GET, participant=found)
    if not chosen.is_valid():
        return redirect("studies:ask", found.pk)
    given = chosen.cleaned_data
    voice, how, text = Voice(given["voix"]), How(given["comment"]), NoticeFormat(given["texte"])
    shown = shown_participant(asking, found)
    purposes = [purpose for purpose in Purpose if purpose.value in given["but"]]
    data = request.POST if request.method == "POST" else None
    form = SittingForm(data, shown=shown, purposes=purposes, voice=voice, how=how)
    if form.is_bound and form.is_valid():
        try:
            done = record_answers(
                actor=asking,
                participant=found,
                sitting=form.sitting(text, given["langue"]),
                answers=form.answers(),
            )
            count = len(done)
            messages.success(
                request,
                ngettext("%(count)d réponse est notée.", "%(count)d réponses sont notées.", count) % {"count": count},
            )
            return redirect("studies:participant", found.pk)
        except ValidationError as refusal:
            refuse(form, refusal)
    context = {
        "study": found.study,
        "place": found.place,
        "participant": found,
        "around": around_notice(asking, found.place),
        "form": form,
        "voice": voice,
        "how": how,
        "asked": _asked(asking, shown, purposes, form, wordings(text, given["langue"])),
        "again": f"{reverse('studies:ask', args=[found.pk])}?{request.GET.urlencode()}",
        "texts": [(one, _with_text(request.GET, one)) for one in formats_in(given["langue"]) if one != text],
    }
    return render(request, "studies/sitting.html", context, status=422 if form.errors else 200)


def _asked(
    asking: Asking, shown: Shown, purposes: list[Purpose], form: SittingForm, texts: dict[str, Any]
) -> list[dict[str, Any]]:
    rules = list(retention_of(asking, shown.participant.study))
    today = timezone.localdate()
    lines = {line.purpose: line for line in shown.lines}
    return [
        {
            "purpose": purpose,
            "short": SHORT[purpose],
            "version": texts[purpose],
            "line": lines[purpose],
            "field": form[f"answer_{purpose.value}"],
            "ends": usual_end(shown.participant.study, purpose, rules, today),
        }
        for purpose in purposes
    ]


def _with_text(given: QueryDict, text: NoticeFormat) -> str:
    other = given.copy()
    other["texte"] = text.value
    return f"?{other.urlencode()}"

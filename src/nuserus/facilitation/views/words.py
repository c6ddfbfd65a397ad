"""The words of a person: a card of their own, and whether they agree to be quoted."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.consent.enums import How, NoticeFormat, Purpose, Voice
from nuserus.consent.queries.consents import consent_holds, consents_about
from nuserus.consent.queries.notices import formats_of
from nuserus.facilitation.actions.ending import WORDS_CONSEQUENCE
from nuserus.facilitation.actions.saying import NOTICE, answer_quotation, put_words, remove_words
from nuserus.facilitation.enums import Speaker
from nuserus.facilitation.forms.saying import QuotedForm, WordsForm
from nuserus.facilitation.models import PersonWords
from nuserus.facilitation.queries.tellings import readable_words, telling_of, words_on
from nuserus.foundation.asking import Asking, asking_of
from nuserus.practices.queries.writers import is_writer, written_sheet


@require_http_methods(["GET", "HEAD", "POST"])
def on_sheet(request: HttpRequest, sheet_id: UUID) -> HttpResponse:
    """The cards of words of a sheet, for who writes it, and a new one."""
    asking = asking_of(request)
    sheet = written_sheet(asking, sheet_id)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            words = put_words(
                actor=asking,
                sheet=sheet,
                text=given["text"],
                said_by=given["said_by"],
                speaker=Speaker(given["speaker"]),
            )
            messages.success(request, _("La carte est gardée. Elle sera montrée quand la personne sera d’accord."))
            return redirect("facilitation:words_agree", words.pk)
        except ValidationError as refusal:
            form.refuse(refusal)
    context = {
        "sheet": sheet,
        "form": form,
        "cards": [{"words": one, **_answers(asking, one)} for one in words_on(sheet)],
        "consequence": WORDS_CONSEQUENCE,
    }
    return render(request, "facilitation/words.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, words_id: UUID) -> HttpResponse:
    """Read the notice to the person, and note what they say."""
    asking = asking_of(request)
    words = _writable(asking, words_id)
    own = words.subject == asking.user_id
    versions = formats_of(NOTICE)
    asked = request.GET.get("format") or request.POST.get("format") or (NoticeFormat.FALC if own else NoticeFormat.ORAL)
    version = next((one for one in versions if one.format == asked), versions[0])
    form = QuotedForm(request.POST if request.method == "POST" and not own else None)
    if request.method == "POST" and (own or form.is_valid()):
        try:
            agrees = request.POST.get("answer") == "yes"
            answer_quotation(
                actor=asking,
                words=words,
                agrees=agrees,
                how=How.ON_SCREEN if own else How(form.cleaned_data["how"]),
                form=NoticeFormat(version.format),
                voice=Voice.PERSON if own else Voice(form.cleaned_data["voice"]),
                witness="" if own else form.cleaned_data["witness"],
            )
            messages.success(
                request,
                _("L’accord est noté.") if agrees else _("C’est noté : ces paroles ne seront pas montrées."),
            )
            telling = telling_of(words.sheet)
            if own and telling is not None:
                return redirect("facilitation:telling", telling.pk)
            return redirect("facilitation:words", words.sheet_id)
        except ValidationError as refusal:
            if own:
                messages.warning(request, " ".join(refusal.messages))
            else:
                form.refuse(refusal)
    context = {
        "words": words,
        "own": own,
        "version": version,
        "versions": versions,
        "form": None if own else form,
        "consequence": WORDS_CONSEQUENCE,
        **_answers(asking, words),
    }
    return render(request, "facilitation/words_agree.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, words_id: UUID) -> HttpResponse:
    """Take a card away."""
    asking = asking_of(request)
    words = _writable(asking, words_id)
    remove_words(actor=asking, words=words)
    messages.success(request, _("La carte est enlevée."))
    return redirect("facilitation:words", words.sheet_id)


def _writable(asking: Asking, words_id: UUID) -> PersonWords:
    words = readable_words(asking, words_id)
    if not is_writer(asking, words.sheet):
        raise PermissionDenied(_("Les mots de cette fiche sont à ses auteurs et autrices."))
    return words


def _answers(asking: Asking, words: PersonWords) -> dict[str, object]:
    return {
        "shown": consent_holds(words.pk, Purpose.QUOTE, mission=words.sheet_id),
        "answers": consents_about(asking, words.pk, Purpose.QUOTE),
    }

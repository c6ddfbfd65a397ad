"""The teller reads card by card, approves, agrees; then the sheet may leave."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.consent.enums import How, NoticeFormat
from nuserus.consent.queries.notices import formats_of
from nuserus.facilitation.actions.approving import NOTICE, answer_publication, approve_card, send_for_teller
from nuserus.facilitation.actions.ending import SHEET_CONSEQUENCE
from nuserus.facilitation.forms.saying import SpokenForm
from nuserus.facilitation.models import Telling
from nuserus.facilitation.queries.cards import cards_to_read
from nuserus.facilitation.queries.tellings import agrees_to_publish, readable_telling
from nuserus.foundation.asking import Asking, asking_of


def _own(asking: Asking, telling_id: UUID) -> Telling:
    """The telling, for who approves it. Raises Unreadable, PermissionDenied."""
    shown = readable_telling(asking, telling_id)
    if shown.scope_author != asking.user_id:
        raise PermissionDenied(_("La personne qui raconte lit et approuve. Vous pouvez écrire avec elle."))
    return shown


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """One card at a time: what is written, « c’est bien cela », or change it."""
    asking = asking_of(request)
    shown = _own(asking, telling_id)
    witness = request.POST.get("witness", "")
    if request.method == "POST":
        try:
            approve_card(
                actor=asking,
                telling=shown,
                question=request.POST.get("question", "")[:30],
                digest=request.POST.get("digest", "")[:64],
                witness=witness,
            )
            return redirect(request.get_full_path())
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
    cards = cards_to_read(shown)
    waiting = [card for card in cards if not card.approved]
    wanted = request.GET.get("carte")
    card = next((card for card in cards if card.question == wanted and not card.approved), None)
    context = {
        "telling": shown,
        "cards": cards,
        "card": card or (waiting[0] if waiting else None),
        "place": len(cards) - len(waiting) + 1,
        "aloud": shown.teller_id is None,
        "witness": witness,
        "agrees": agrees_to_publish(shown),
    }
    return render(request, "facilitation/read.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """The notice in the format one chooses, and yes or no."""
    asking = asking_of(request)
    shown = _own(asking, telling_id)
    versions = formats_of(NOTICE)
    aloud = shown.teller_id is None
    usual = NoticeFormat.ORAL if aloud else NoticeFormat.FALC if shown.in_plain_words else NoticeFormat.WRITTEN
    asked = request.GET.get("format") or request.POST.get("format") or usual
    version = next((one for one in versions if one.format == asked), versions[0])
    form = SpokenForm(request.POST if request.method == "POST" and aloud else None)
    if request.method == "POST" and (not aloud or form.is_valid()):
        try:
            agrees = request.POST.get("answer") == "yes"
            answer_publication(
                actor=asking,
                telling=shown,
                agrees=agrees,
                form=NoticeFormat(version.format),
                how=How(form.cleaned_data["how"]) if aloud else How.ON_SCREEN,
                witness=form.cleaned_data["witness"] if aloud else "",
            )
            messages.success(
                request, _("Merci, votre accord est noté.") if agrees else _("C’est noté : rien ne sera publié.")
            )
            return redirect("facilitation:telling", shown.pk)
        except ValidationError as refusal:
            if aloud:
                form.refuse(refusal)
            else:
                messages.warning(request, " ".join(refusal.messages))
    context = {
        "telling": shown,
        "version": version,
        "versions": versions,
        "form": form if aloud else None,
        "agrees": agrees_to_publish(shown),
        "consequence": SHEET_CONSEQUENCE,
    }
    return render(request, "facilitation/agree.html", context, status=422 if form.errors else 200)


@require_POST
def send(request: HttpRequest, telling_id: UUID) -> HttpResponse:
    """A facilitator sends for somebody who belongs to no place."""
    asking = asking_of(request)
    shown = readable_telling(asking, telling_id)
    given = request.POST.get("institution", "")
    try:
        send_for_teller(actor=asking, telling=shown, institution=UUID(given) if given else None)
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.warning(request, message)
        return redirect("facilitation:telling", shown.pk)
    except ValueError:
        return redirect("facilitation:telling", shown.pk)
    messages.success(request, _("Le récit est envoyé. Une ou un collègue le relira sous 72 heures."))
    return redirect("facilitation:start")

"""Opening a card with its code, as often as may be tried."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from nuserus.consent.actions.trying import note_wrong_code, refused_until
from nuserus.consent.forms import CardForm
from nuserus.consent.queries.cards import card_is_known
from nuserus.ui.dates import date_format


def opened(request: HttpRequest) -> tuple[str, CardForm]:
    """The digest of the card whose code was sent; empty, with the reason in the form, when it opens nothing."""
    form = CardForm(request.POST)
    if not form.is_valid():
        return "", form
    address = get_adapter(request).get_client_ip(request)
    until = refused_until(address)
    if until is not None:
        form.add_error(
            "code",
            _(
                "Trop de codes n’ont rien ouvert, depuis cet appareil ou ce réseau. Attendez jusqu’à %(hour)s, puis "
                "réessayez. Votre carte marche toujours : depuis un autre appareil, elle s’ouvre dès maintenant."
            )
            % {"hour": date_format(localtime(until), "G \\h i")},
        )
        form.waits = True
        return "", form
    digest: str = form.cleaned_data["code"]
    if card_is_known(digest):
        return digest, form
    note_wrong_code(address)
    form.add_error(
        "code", _("Ce code n’ouvre rien. Vérifiez chaque signe. Si votre carte a été refaite, prenez la dernière.")
    )
    return "", form


def asked_again(request: HttpRequest, form: CardForm) -> HttpResponse:
    """The page of the code, with what is wrong."""
    status = 429 if form.waits else 422 if form.is_bound else 200
    return render(request, "consent/card.html", {"form": form}, status=status)

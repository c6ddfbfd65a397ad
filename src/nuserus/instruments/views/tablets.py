"""The devices of a person that send with another program."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nuserus.foundation.asking import asking_of
from nuserus.instruments.actions.tablets import add_tablet, revoke_tablet
from nuserus.instruments.forms.instruments import TabletForm
from nuserus.instruments.models import Tablet
from nuserus.instruments.rules import can_read_tablet
from nuserus.instruments.views.answering import done


@require_http_methods(["GET", "HEAD", "POST"])
def tablets(request: HttpRequest) -> HttpResponse:
    """The list; letting one more send shows its secret, once."""
    asking = asking_of(request)
    form = TabletForm(request.POST or None)
    made: list[tuple[Tablet, str]] = []
    written = request.method == "POST" and done(
        form, lambda: made.append(add_tablet(actor=asking, label=form.cleaned_data["label"]))
    )
    context = {
        "form": TabletForm() if written else form,
        "tablets": can_read_tablet.filter(Tablet.objects.all(), asking),
        "made": made[0] if made else None,
        "server": f"{settings.NUSERUS_ADDRESS}/openrosa",
    }
    status = 422 if form.is_bound and not written else 200
    return render(request, "instruments/tablets.html", context, status=status)


@require_POST
def stop(request: HttpRequest, tablet_id: UUID) -> HttpResponse:
    """A device that was lost or no longer serves."""
    asking = asking_of(request)
    tablet = get_object_or_404(can_read_tablet.filter(Tablet.objects.all(), asking), pk=tablet_id)
    revoke_tablet(actor=asking, tablet=tablet)
    messages.success(request, _("Cet appareil n’envoie plus rien. Ce qu’il a déjà envoyé reste."))
    return redirect("instruments:tablets")

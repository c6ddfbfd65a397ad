"""Merging two devices, for the moderators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nuserus.devices.actions.merge_devices import merge_devices
from nuserus.devices.forms.workbooks import MergeForm
from nuserus.devices.queries import device_readable
from nuserus.foundation.asking import asking_of
from nuserus.foundation.policy import Unreadable


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the device that stays, read what follows, merge."""
    asking = asking_of(request)
    if "moderator" not in asking.roles:
        raise Unreadable
    gone = get_object_or_404(device_readable(asking), slug=slug)
    form = MergeForm(request.POST if request.method == "POST" else None, gone=gone)
    if request.method == "POST" and form.is_valid():
        try:
            merge_devices(actor=asking, gone=gone, kept=form.cleaned_data["kept"])
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("Les deux ne font plus qu’un. L’ancienne adresse mène ici."))
            return redirect(form.cleaned_data["kept"])
    return render(request, "devices/merge.html", {"device": gone, "form": form})

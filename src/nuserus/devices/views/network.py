"""The network view: the inventories together, the same for everybody."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nuserus.devices.figures import device_figures
from nuserus.devices.forms.network import NetworkForm
from nuserus.devices.models import Device
from nuserus.devices.queries import accepted_devices
from nuserus.devices.queries.network import network_counts
from nuserus.devices.queries.pictures import PARAMETERS, Words, pictures_of
from nuserus.devices.rules.blocks import THRESHOLD
from nuserus.devices.sections import DEVICE_SECTIONS
from nuserus.foundation.asking import Asking, asking_of


@login_not_required
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """Which devices, where, at which stage, told by which sheets; narrowed by any choice."""
    everything = network_counts({})
    words = Words([everything])
    form = NetworkForm(request.GET, counts=everything, words=words)
    chosen = form.chosen()
    counts = network_counts(chosen) if chosen else everything
    device = get_object_or_404(accepted_devices(), slug=chosen["device"]) if "device" in chosen else None
    context = {
        "form": form,
        "counts": counts,
        "released_at": everything.released_at,
        "chips": _chips(chosen, words),
        "query": _query(chosen),
        "pictures": pictures_of(counts, chosen, words, _figures(asking_of(request))),
        "device": device,
        "sections": DEVICE_SECTIONS.of(request, device) if device else [],
        "threshold": THRESHOLD,
    }
    return render(request, "devices/network.html", context)


def _query(chosen: dict[str, str]) -> str:
    names = {dimension: name for name, dimension in PARAMETERS.items()}
    return "?" + urlencode({names[key]: said for key, said in chosen.items()}) if chosen else ""


def _chips(chosen: dict[str, str], words: Words) -> list[dict[str, str]]:
    return [
        {
            "label": words.of(dimension, value),
            "url": _query({key: said for key, said in chosen.items() if key != dimension}) or "?",
        }
        for dimension, value in chosen.items()
    ]


def _figures(asking: Asking) -> dict[str, str]:
    """What apps above count about each device, in words, by its slug."""
    slugs = dict(Device.objects.filter(status="accepted").values_list("pk", "slug"))
    said: dict[str, list[str]] = {}
    for figure in device_figures():
        if figure.key != "devices.places":
            for device, number in figure.count(asking).items():
                if device in slugs:
                    said.setdefault(slugs[device], []).append(figure.words(number))
    return {slug: " · ".join(words) for slug, words in said.items()}

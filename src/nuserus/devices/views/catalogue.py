"""The catalogue and the page of one device: public."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nuserus.devices.enums import DeviceStatus
from nuserus.devices.queries import (
    catalogue_by_family,
    deployments_of_device,
    device_readable,
    lines_of,
    merged_into,
    own_proposals,
    proposals_to_answer,
)
from nuserus.devices.rules import can_merge_device, can_read_device
from nuserus.devices.sections import DEVICE_SECTIONS
from nuserus.directory.queries import institutions_by_id, place_label
from nuserus.foundation.asking import asking_of

PER_PAGE = 20
MAX_CHARACTERS = 200


@login_not_required
@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """The devices by family, with what is counted about each."""
    asking = asking_of(request)
    text = request.GET.get("q", "").replace("\x00", " ").strip()[:MAX_CHARACTERS]
    families = catalogue_by_family(asking, text)
    context = {
        "text": text,
        "families": families,
        "count": sum(len(family.lines) for family in families),
        "proposed": own_proposals(asking),
        "waiting": proposals_to_answer(asking).count() if "moderator" in asking.roles else 0,
        "managed": institutions_by_id(asking.managed) if asking.managed else [],
    }
    return render(request, "devices/catalogue.html", context)


@login_not_required
@require_safe
def device(request: HttpRequest, slug: str) -> HttpResponse:
    """What a device is, what to ask before using it, where it is, and what upper apps add."""
    asking = asking_of(request)
    found = device_readable(asking).filter(slug=slug).first()
    if found is None:
        kept = merged_into(asking, slug)
        if kept is None:
            raise Http404
        return HttpResponsePermanentRedirect(kept.get_absolute_url())
    page = Paginator(deployments_of_device(asking, found), PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(asking, page)
    context = {
        "device": found,
        "page": page,
        "places": [(line, place_label(line.deployment.institution)) for line in lines],
        "sections": DEVICE_SECTIONS.of(request, found),
        "why": "" if found.is_accepted else can_read_device.why(asking, found),
        "managed": institutions_by_id(asking.managed) if asking.managed else [],
        "may_merge": can_merge_device.allows(asking, found) and found.status != DeviceStatus.REFUSED,
    }
    return render(request, "devices/device.html", context)

"""What the browser may use on our pages: nothing, but the microphone where a page records, and its place on the map."""

from __future__ import annotations

from collections.abc import Callable

from csp.constants import SELF
from django.http import HttpRequest, HttpResponseBase

HEADER = "Permissions-Policy"
_REFUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "midi", "usb")
NOTHING = ", ".join(f"{power}=()" for power in (*_REFUSED, "microphone"))
MICROPHONE = ", ".join([*(f"{power}=()" for power in _REFUSED), "microphone=(self)"])
PLACE = NOTHING.replace("geolocation=()", "geolocation=(self)")


class PowersMiddleware:
    """Refuses every power that the answer does not ask for itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.setdefault(HEADER, NOTHING)
        return response


def allow_recording(response: HttpResponseBase) -> None:
    """Let this page, and no page inside it, use the microphone and play what it has just recorded."""
    response[HEADER] = MICROPHONE
    setattr(response, "_csp_update", {"media-src": [SELF, "blob:"]})  # noqa: B010 - where django-csp looks for it


def allow_locating(response: HttpResponseBase) -> None:
    """Let this page, and no page inside it, ask the device where it is."""
    response[HEADER] = PLACE


def allow_pictures_from(response: HttpResponseBase, origin: str) -> None:
    """Let this page show pictures of one other origin: the tiles that the operator chose."""
    setattr(response, "_csp_update", {"img-src": [origin]})  # noqa: B010 - where django-csp looks for it

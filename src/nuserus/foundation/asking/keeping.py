"""Pages of a person are kept by nobody: neither a shared cache nor the phone that others use next."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

NOT_KEPT = "private, no-store"


class NotKeptMiddleware:
    """Forbids to store any answer to a request with a session, or that begins or ends one.

    So « back » after signing out asks the site again, and gets the page of a visitor. The session is
    told by its cookie, without a look into the database, which may be what failed. An answer that
    says itself who may keep it (public photos, suggestions) is left as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        if (name in request.COOKIES or name in response.cookies) and not response.has_header("Cache-Control"):
            response["Cache-Control"] = NOT_KEPT
        return response

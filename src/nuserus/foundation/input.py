"""What browsers and scripts send, before any page reads it: the texts of forms and addresses made plain.

One place for every form of every app: characters that can't be stored, and those that make a line read
otherwise than it is written, are taken out (`foundation.plain`). Secrets are left as they are typed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict

from nuserus.foundation.plain import visible

_SECRETS = ("password", "csrfmiddlewaretoken")


class PlainInputMiddleware:
    """Cleans `request.GET` and `request.POST`; after the proof of origin, which has read the body."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """Called by Django when the view is known."""
        request.GET = cleaned(request.GET)  # type: ignore[assignment]
        if request.method == "POST":
            request.POST = cleaned(request.POST)  # type: ignore[assignment]


def cleaned(sent: QueryDict) -> QueryDict:
    """The same names and values, each visible; the very object when nothing had to go."""
    if all(_is_clean(name) and all(map(_is_clean, values)) for name, values in sent.lists()):
        return sent
    plain = QueryDict(mutable=True, encoding=sent.encoding)
    for name, values in sent.lists():
        kept = values if any(word in name for word in _SECRETS) else [visible(value) for value in values]
        plain.setlist(visible(name), kept)
    return plain


def _is_clean(value: str) -> bool:
    return (value.isascii() and value.isprintable()) or visible(value) == value

"""What a person sees when an exception reached the top: a page that needs nothing, and what to do."""

from __future__ import annotations

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from nuserus.people.adapters import MailNotSent

RETRY_SECONDS = 30
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def failed(request: HttpRequest) -> HttpResponse:
    """The page of the exception being handled: 503 for what passes by itself, 500 for a fault of ours.

    Django calls it after the request was rolled back. No query and no context: the database may be
    what is missing.
    """
    error = sys.exc_info()[1]
    if isinstance(error, MailNotSent):
        return _later("503_mail.html")
    if isinstance(error, OperationalError | InterfaceError) or (isinstance(error, OSError) and error.errno in _FULL):
        return _later("503.html")
    return HttpResponse(render_to_string("500.html"), status=500)


def _later(template: str) -> HttpResponse:
    return HttpResponse(render_to_string(template), status=503, headers={"Retry-After": str(RETRY_SECONDS)})

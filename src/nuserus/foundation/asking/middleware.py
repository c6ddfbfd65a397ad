"""One transaction per request, in which the database knows who asks."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from nuserus.foundation.asking.scope import acting_as

# The health check must answer when there is no database to open a transaction on.
WITHOUT_TRANSACTION = frozenset({"/healthz"})


class AskingMiddleware:
    """Sets `request.asking`; rolls everything back when the view raised or failed.

    Django turns an exception into a response before it reaches us, so without the explicit
    rollback the half that was written before it would be committed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path in WITHOUT_TRANSACTION:
            return self.get_response(request)
        user_id = request.user.pk if request.user.is_authenticated else None
        with acting_as(user_id) as asking:
            request.asking = asking  # type: ignore[attr-defined]
            response = self.get_response(request)
            if response.status_code >= 500 or getattr(request, "view_raised", False):
                transaction.set_rollback(True)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        request.view_raised = True  # type: ignore[attr-defined]

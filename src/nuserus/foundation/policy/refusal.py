"""How a refusal is said."""

from __future__ import annotations

from django.http import Http404


class Unreadable(Http404):
    """The person may not know that this exists: the page is the one of what does not exist."""

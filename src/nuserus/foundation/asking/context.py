"""What every template may know of the person who asks."""

from __future__ import annotations

from django.http import HttpRequest

from nuserus.foundation.asking.asking import Asking, asking_of


def asking(request: HttpRequest) -> dict[str, Asking | bool]:
    """`asking`, and the two doors of the menu that depend on it."""
    who = asking_of(request)
    return {
        "asking": who,
        "can_review": bool(who.roles & {"reviewer", "moderator"}),
        "can_administer": "site_admin" in who.roles,
    }

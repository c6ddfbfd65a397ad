"""What every template may know of the person who asks."""

from __future__ import annotations

from django.http import HttpRequest

from nuserus.foundation.asking.asking import Asking, asking_of

# Parts in a study, told as "study_lead:<study>", with which somebody goes to its places.
_ON_THE_FIELD = ("study_lead:", "study_researcher:", "practitioner_researcher:")


def asking(request: HttpRequest) -> dict[str, Asking | bool]:
    """`asking`, and the doors of the menu that depend on it."""
    who = asking_of(request)
    return {
        "asking": who,
        "can_review": bool(who.roles & {"reviewer", "moderator"}),
        "can_administer": "site_admin" in who.roles,
        "does_fieldwork": any(role.startswith(_ON_THE_FIELD) for role in who.roles),
    }

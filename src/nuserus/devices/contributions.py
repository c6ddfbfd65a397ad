"""What this app adds to the pages and lists of others, and to its own catalogue."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from nuserus.devices.models import Deployment
from nuserus.devices.queries import inventory_of, lines_of, to_confirm_by_place
from nuserus.devices.rules import can_add_deployment
from nuserus.directory.models import Institution
from nuserus.foundation.asking import asking_of, current_asking
from nuserus.notifications.registry import DigestLine

# Enough to know a place by; the rest is on the page of its inventory.
SHOWN = 12


def inventory_section(request: HttpRequest, institution: Institution) -> SafeString:
    """The inventory of an institution, on its page, as far as the person may read it."""
    asking = asking_of(request)
    rows = list(inventory_of(asking, institution)[: SHOWN + 1])
    blank = Deployment(institution=institution, scope_institution=institution.pk)
    context = {
        "institution": institution,
        "lines": lines_of(asking, rows[:SHOWN]),
        "more": len(rows) > SHOWN,
        "may_add": can_add_deployment.allows(asking, blank),
    }
    return render_to_string("devices/_inventory_section.html", context, request)


def lines_to_confirm(account: UUID) -> list[DigestLine]:
    """The inventories of this account that have lines to confirm, for its weekly digest; asked acting as it."""
    asking = current_asking()
    if asking is None or asking.user_id != account:
        return []
    return [
        DigestLine(
            ngettext(
                "%(place)s\u00a0: %(count)d ligne de l’inventaire n’a pas été revue depuis un an",
                "%(place)s\u00a0: %(count)d lignes de l’inventaire n’ont pas été revues depuis un an",
                count,
            )
            % {"place": place, "count": count},
            reverse("devices:inventory", args=[place.pk]),
        )
        for place, count in to_confirm_by_place(asking)
    ]


def places_in_words(count: int) -> str:
    """ "3 lieux" """
    return ngettext("%(count)d lieu", "%(count)d lieux", count) % {"count": count}

"""What a sheet that was told lacks before it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuserus.facilitation.queries.cards import is_approved
from nuserus.facilitation.queries.tellings import agrees_to_publish, telling_of
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.registry import Lack

_BEFORE = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


def lacks_before_leaving(sheet: Sheet) -> Iterator[Lack]:
    """Approval of each card and consent, when somebody else wrote, or when it is told in plain words."""
    if sheet.status not in _BEFORE:
        return
    telling = telling_of(sheet)
    if telling is None or not telling.asks_consent:
        return
    if not is_approved(telling):
        yield Lack(_("lire et approuver chaque carte"), reverse("facilitation:read", args=[telling.pk]))
    elif not agrees_to_publish(telling):
        yield Lack(_("l’accord pour publier"), reverse("facilitation:agree", args=[telling.pk]))

"""What a sheet that was told lacks before it is sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuserus.facilitation.queries.cards import is_approved
from nuserus.facilitation.queries.tellings import agrees_to_publish, telling_of
from nuserus.foundation.asking import current_asking
from nuserus.practices.enums import SheetStatus
from nuserus.practices.models import Sheet
from nuserus.practices.registry import Lack

_BEFORE = frozenset({SheetStatus.DRAFT, SheetStatus.TO_REWORK})


def lacks_before_leaving(sheet: Sheet) -> Iterator[Lack]:
    """Approval of each card and consent, when somebody else wrote, or when it is told in plain words."""
    if sheet.status == SheetStatus.PUBLISHED:
        yield from _lacks_of_a_change(sheet)
    if sheet.status not in _BEFORE:
        return
    telling = telling_of(sheet)
    if telling is None or not telling.asks_consent:
        return
    if not is_approved(telling):
        yield Lack(_("lire et approuver chaque carte"), reverse("facilitation:read", args=[telling.pk]))
    elif not agrees_to_publish(telling):
        yield Lack(_("l’accord pour publier"), reverse("facilitation:agree", args=[telling.pk]))


def _lacks_of_a_change(sheet: Sheet) -> Iterator[Lack]:
    """What is public changes as it became public: a place answers for it, and who told it approved the words."""
    asking, telling = current_asking(), telling_of(sheet)
    if asking is None or telling is None or telling.scope_author != asking.user_id:
        return
    if not asking.institutions:
        yield Lack(_("un établissement qui réponde de ce changement"), reverse("facilitation:start"))
    elif telling.teller_id is None and not is_approved(telling):
        yield Lack(_("lire et approuver chaque carte"), reverse("facilitation:read", args=[telling.pk]))

"""A copy made from a backup does not send again what the original has sent since."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.notifications.enums import SendingState
from nuserus.notifications.models import Sending


def keep_waiting_mail_back() -> str:
    """End every mail that was under way; what it said goes into the next digest. Run as the system."""
    now = timezone.now()
    waiting = Sending.objects.filter(state__in=[SendingState.WAITING, SendingState.CLAIMED])
    kept = waiting.update(state=SendingState.DROPPED, ended_at=now, answer=_("copie restaurée"))
    kept += Sending.objects.filter(state=SendingState.LEAVING).update(state=SendingState.UNKNOWN, ended_at=now)
    if not kept:
        return ""
    return _(
        "Courriels qui attendaient et ne partiront pas de cette copie : %(count)d. "
        "Ce qu’ils disaient sera dans le prochain récapitulatif."
    ) % {"count": kept}

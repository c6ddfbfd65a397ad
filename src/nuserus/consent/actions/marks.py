"""What is left of the marks of somebody who withdraws."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.models import ConsentSignature
from nuserus.consent.provenance import Trace, Withdrawn


def erase_marks(withdrawn: Withdrawn) -> list[Trace]:
    """Erased, the drawings go; that the person confirmed stays written, as the proof of what they had said."""
    if withdrawn.mode != Mode.ERASE:
        return []
    marks = ConsentSignature.objects.filter(
        event__subject=withdrawn.subject, scope_mission=withdrawn.mission, erased_at=None
    ).exclude(strokes="")
    return [Trace(_("croix ou signatures dessinées"), marks.update(strokes="", erased_at=timezone.now()), Fate.REMOVED)]

"""What a withdrawal still owes: the jobs that end it, and its replay after a restoration."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from nuserus.consent.actions.outbox import empty_whole_outbox
from nuserus.consent.actions.withdrawing import carry_out, carry_out_or_raise
from nuserus.consent.enums import How, Outcome
from nuserus.consent.models import Flagged, Withdrawal
from nuserus.consent.rules import can_review_flagged
from nuserus.foundation.asking import Asking, as_system
from nuserus.foundation.audit import record
from nuserus.foundation.ledger.lines import Entry
from nuserus.foundation.levels import Level


def settle_withdrawals() -> int:
    """Take up every withdrawal that waits, or whose files do. Returns how many are over now."""
    with as_system("withdrawals that wait", recorded=False):
        waiting = list(Withdrawal.objects.filter(settled_at=None).order_by("requested_at"))
    return sum(_settle(row) for row in waiting)


def _settle(row: Withdrawal) -> bool:
    if row.done_at is None and not carry_out(row.pk):
        return False
    return empty_whole_outbox(row.pk)


@transaction.atomic
def review_flagged(*, actor: Asking, flagged: Flagged, outcome: Outcome) -> None:
    """Say that something was looked at, and what was done with it. Raises Unreadable or PermissionDenied."""
    can_review_flagged.require(actor, flagged)
    flagged.outcome = outcome
    flagged.save(update_fields=["outcome"])
    record(f"flagged reviewed {outcome.value}", actor=actor.user_id, object_id=flagged.pk)


def withdraw_subject_again(entry: Entry) -> None:
    """A person who withdrew since the backup has withdrawn in the copy too. What fails stops the restoration."""
    said = entry.details
    with as_system("a person who withdrew since the backup"):
        how = How(said["how"])
        Withdrawal.objects.get_or_create(
            pk=entry.object_id,
            defaults={
                "subject": UUID(said["subject"]),
                "mode": said["mode"],
                "how": how,
                "witness": _("registre des retraits") if how == How.ORAL else "",
                "recorded_by": UUID(said["by"]) if said["by"] else None,
                "requested_at": datetime.fromisoformat(entry.at),
                "scope_level": Level.RESTRICTED,
                "scope_author": UUID(said["author"]) if said["author"] else None,
                "scope_mission": UUID(said["mission"]),
            },
        )
    carry_out_or_raise(entry.object_id, noted=False)
    empty_whole_outbox(entry.object_id)

"""Participants who withdraw: who answers for them, and what is left of them here."""

from __future__ import annotations

import hashlib
from uuid import UUID

from django.db import connections, router
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nuserus.consent.enums import Fate, Mode
from nuserus.consent.provenance import Trace, Withdrawn, reached
from nuserus.studies.models import Participant

KIND = "studies.Participant"


def nameless(study_id: UUID, pseudonym: str) -> str:
    """What is kept of the pseudonym of somebody who was erased: enough to know it again on a late fiche.

    Devices without network make the same from what their drafts name (`frontend/programs/questionnaire`).
    """
    said = f"{study_id}:{pseudonym.strip().lower()}"
    return f"R-{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def who_answers_for_participant(subject: UUID, mission: UUID) -> UUID | None:
    """The account that answers for a participant of a place; None when there is no such participant there.

    Whoever asks: a card opens too when who wrote the person down does not read them any more.
    """
    with connections[router.db_for_read(Participant)].cursor() as cursor:
        cursor.execute("SELECT studies_answers_for(%s, %s)", [subject, mission])
        (account,) = cursor.fetchone()
    return UUID(str(account)) if account else None


def take_participant_back(withdrawn: Withdrawn) -> list[Trace]:
    """The person takes part no more. Erased, they lose their pseudonym too.

    The row stays, with its role: it is what their consents and the receipt are about.
    """
    reached(withdrawn, withdrawn.subject)
    row = Participant.objects.select_for_update().filter(pk=withdrawn.subject).first()
    if row is None:
        return []
    row.left_at = row.left_at or timezone.now()
    if withdrawn.mode != Mode.ERASE or row.pseudonym.startswith("R-"):
        row.save(update_fields=["left_at"])
        return []
    row.pseudonym = nameless(row.study_id, row.pseudonym)
    row.save(update_fields=["pseudonym", "left_at"])
    return [Trace(_("pseudonyme"), 1, Fate.REMOVED)]

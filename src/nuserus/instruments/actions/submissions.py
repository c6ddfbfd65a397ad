"""What is done with fiches once they are there: counted though they were put aside, and who reads them."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.missions import grant_mission, holders, revoke_mission
from nuserus.foundation.models.base import new_id
from nuserus.foundation.policy import Unreadable
from nuserus.instruments.actions.withdrawn import OF_THE_PLACE
from nuserus.instruments.enums import QuarantineReason, SubmissionStatus
from nuserus.instruments.models import Instrument, Submission
from nuserus.instruments.queries.submissions import people_to_name
from nuserus.instruments.rules import can_review_submission

# What a person may decide after reading; what another app put aside is for that app to give back.
ACCEPTABLE = frozenset({QuarantineReason.INVALID.value, QuarantineReason.CONFLICT.value, OF_THE_PLACE})


@transaction.atomic
def accept_submission(*, actor: Asking, submission: Submission) -> None:
    """Count a fiche that was put aside among the others, having read it."""
    can_review_submission.require(actor, submission)
    if submission.instrument_id not in actor.missions:
        raise PermissionDenied(_("Seules les personnes nommées pour lire ces fiches décident de celle-ci."))
    if submission.reason not in ACCEPTABLE:
        raise ValidationError(_("Cette fiche est retenue par une règle du site : elle ne se reprend pas ici."))
    submission.status, submission.reason = SubmissionStatus.ACCEPTED, ""
    submission.save(update_fields=["status", "reason"])
    record("accept submission", actor=actor.user_id, object_id=submission.pk)


@transaction.atomic
def name_reader(*, actor: Asking, instrument: Instrument, reader: UUID) -> None:
    """Name somebody who will read what is answered.

    Raises PermissionDenied to who does not read it, unless they lead it and nobody reads it any more; and
    Unreadable when that person is not one of those who may be named.
    """
    if reader not in {one.pk for one in people_to_name(actor, instrument)}:
        if instrument.pk in actor.missions and reader in holders(instrument.pk):
            return
        raise Unreadable
    if instrument.pk in actor.missions:
        grant_mission(instrument.pk, reader)
    elif not _named_again(instrument.pk, reader):
        raise PermissionDenied(_("Seules les personnes nommées pour lire ces fiches en nomment d’autres."))
    record("name reader of submissions", actor=actor.user_id, object_id=instrument.pk)


def _named_again(instrument: UUID, reader: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT instruments_name_again(%s, %s, %s)", [instrument, reader, new_id()])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def unname_reader(*, actor: Asking, instrument: Instrument, reader: UUID) -> None:
    """Take somebody off; never the last one, or nobody would read what comes."""
    if instrument.pk not in actor.missions:
        raise PermissionDenied(_("Seules les personnes nommées pour lire ces fiches en nomment d’autres."))
    if holders(instrument.pk) - {instrument.pk} <= {reader}:
        raise ValidationError(_("Il faut au moins une personne pour lire les fiches."))
    if reader == instrument.pk:
        raise Unreadable
    revoke_mission(instrument.pk, reader)
    record("take reader of submissions off", actor=actor.user_id, object_id=instrument.pk)

"""What leaves in a file and names somebody who takes part: a line that their receipt will show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise

from nuserus.consent.models import LeftExport
from nuserus.consent.provenance import note_export
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.instruments.models import Submission
from nuserus.instruments.registry import PersonThere, people_there
from nuserus.instruments.standard.people import named_in

# A program that takes the same thing again and again, or piece by piece, leaves one line a day.
_SAME: Final = timedelta(days=1)
_MOST_NAMES: Final = 200


@transaction.atomic
def note_fiche_left(*, actor: Asking, submission: Submission, what: str | Promise) -> None:
    """Write that a fiche, or a file of it, leaves: for each person whom it names, or who was there."""
    names = sorted({name.lower() for name in named_in(submission.content)})[:_MOST_NAMES]
    people = people_there(submission.pk)
    if names:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT person, place FROM instruments_people(%s, %s::text[])", [submission.instrument_id, names]
            )
            people |= {PersonThere(*found) for found in cursor.fetchall()}
    for one in sorted(people):
        note_export(what=what, mission=one.place, author=actor.user_id, subject=one.person)
    record("take fiche away", actor=actor.user_id, object_id=submission.pk)


@transaction.atomic
def note_left_once(*, actor: Asking, people: Iterable[PersonThere], what: str | Promise) -> None:
    """Write that something leaves, once a day for the same person, thing and taker."""
    wanted = set(people)
    lately = LeftExport.objects.filter(scope_author=actor.user_id, what=str(what), at__gt=timezone.now() - _SAME)
    known = set(lately.filter(subject__in=[one.person for one in wanted]).values_list("subject", flat=True))
    for one in sorted(one for one in wanted if one.person not in known):
        note_export(what=what, mission=one.place, author=actor.user_id, subject=one.person)

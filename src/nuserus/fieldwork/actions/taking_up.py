"""A fiche of the grid becomes an observation of a visit."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.fieldwork.actions.observing import LONGEST, LONGEST_SAYING, MOST_SAYINGS, new_observation
from nuserus.fieldwork.enums import VisitState
from nuserus.fieldwork.models import Observation, Presence, Saying, Visit
from nuserus.fieldwork.queries.fiches import found_in, is_taken
from nuserus.fieldwork.queries.places import participants_of
from nuserus.fieldwork.rules import can_add_observation
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.instruments.models import Submission
from nuserus.instruments.standard.people import named_in


@transaction.atomic
def take_up(*, actor: Asking, fiche: Submission, visit: Visit) -> Observation:
    """What the fiche says, as an observation in the making that its author completes.

    Raises ValidationError when somebody took it up already, for a cancelled visit or one of another study.
    """
    if visit.state == VisitState.CANCELLED or visit.study_id != fiche.instrument.study_id:
        raise ValidationError({"visit": _("Choisissez une visite de cette étude, qui n’est pas annulée.")})
    if is_taken(fiche):
        raise ValidationError(_("Cette fiche est déjà reprise : rien n’a été ajouté."))
    found = found_in(fiche)
    row = new_observation(actor, visit)
    can_add_observation.require(actor, row)
    row.submission = fiche
    row.day = min(found.day or timezone.localdate(visit.starts_at), timezone.localdate())
    row.where = plain_line(found.where)[:200]
    row.fact = plain_text(found.fact)[:LONGEST]
    row.interpretation = plain_text(found.interpretation)[:LONGEST]
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as twice:
        raise ValidationError(_("Cette fiche est déjà reprise : rien n’a été ajouté.")) from twice
    for position, words in enumerate(found.sayings[:MOST_SAYINGS], start=1):
        Saying(observation=row, position=position, text=plain_text(words)[:LONGEST_SAYING]).save(force_insert=True)
    _note_who_is_named(actor, row, fiche)
    record("take fiche up", actor=actor.user_id, object_id=row.pk)
    return row


def _note_who_is_named(actor: Asking, row: Observation, fiche: Submission) -> None:
    """Who the fiche names, by the number that the list gives or by pseudonym, and agrees, was there."""
    named = {name.lower() for name in named_in(fiche.content)}
    if not named:
        return
    for one in participants_of(actor, row.place_id):
        if one.agrees and named & {str(one.participant.pk), one.participant.pseudonym.lower()}:
            Presence(observation=row, participant=one.participant).save(force_insert=True)

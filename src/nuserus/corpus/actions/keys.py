"""The table of names: opening it, which is always journalled, and saying who may."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.corpus.models import KeyEntry, KeyHolder
from nuserus.corpus.queries.keys import Line, lines_of, people_who_may_keep
from nuserus.corpus.rules import can_end_key_holder, can_name_key_holder, can_open_key
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Study, StudyPlace
from nuserus.studies.queries.materials import scope_of_material


@transaction.atomic
def open_key_table(*, actor: Asking, place: StudyPlace) -> list[Line]:
    """Who is who in one place of a study. Each opening is in the journal, whatever is in the table.

    Raises Unreadable to who is not on the mission of the place, or keeps no table of the study.
    """
    if place.pk not in actor.missions:
        raise Unreadable
    can_open_key.require(actor, KeyEntry(study_id=place.study_id, **scope_of_material(place, author=actor.user_id)))
    record("open table of names", actor=actor.user_id, object_id=place.pk)
    return lines_of(actor, place)


@transaction.atomic
def name_key_holder(*, actor: Asking, study: Study, account_id: UUID) -> None:
    """Let somebody of the team open the tables of names of a study; twice is once.

    Raises ValidationError for somebody who does not read the materials of the study.
    """
    holder = KeyHolder(
        study=study,
        account_id=account_id,
        named_by=actor.user_id,
        scope_level=Level.RESTRICTED,
        scope_author=account_id,
        scope_mission=study.pk,
    )
    can_name_key_holder.require(actor, holder)
    if account_id not in {person.pk for person in people_who_may_keep(actor, study)}:
        raise ValidationError(_("Choisissez une personne de l’équipe qui lit les matériaux de l’étude."))
    Study.objects.select_for_update().get(pk=study.pk)
    if not KeyHolder.objects.filter(study=study, account_id=account_id, ended_at=None).exists():
        holder.save(force_insert=True)
        record("name key holder", actor=actor.user_id, object_id=study.pk)


@transaction.atomic
def end_key_holder(*, actor: Asking, holder: KeyHolder) -> None:
    """From now on the person opens no table of names of the study."""
    can_end_key_holder.require(actor, holder)
    if holder.ended_at is None:
        holder.ended_at = timezone.now()
        holder.save(update_fields=["ended_at"])
        record("end key holder", actor=actor.user_id, object_id=holder.study_id)

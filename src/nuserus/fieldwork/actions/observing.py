"""Writing an observation: begun, saved while it is typed, finished once its author read it over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.fieldwork.actions.revisions import next_revision
from nuserus.fieldwork.actions.visits import author_of
from nuserus.fieldwork.enums import ObservationState, VisitState
from nuserus.fieldwork.models import Observation, Presence, Saying, Visit
from nuserus.fieldwork.queries.observations import own_observation
from nuserus.fieldwork.queries.places import Known, participants_of
from nuserus.fieldwork.rules import can_add_observation, can_change_observation
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.foundation.policy import Unreadable
from nuserus.ui.dates import date_format

LONGEST = 20_000
LONGEST_SAYING = 4000
MOST_SAYINGS = 60
_SAYING = re.compile(r"saying_(\d{1,3})_(text|who)\Z")


@dataclass(slots=True)
class Written:
    """What the page says: `sayings` by their place on it, each with its text and the id of who speaks, or ""."""

    day: date | None = None
    where: str = ""
    fact: str = ""
    interpretation: str = ""
    present: list[str] = field(default_factory=list)
    sayings: dict[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """What is kept, and when."""

    revision: int
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something else was saved since: its revision, and what it says."""

    revision: int
    fields: dict[str, str | list[str]]


def begin_observation(*, actor: Asking, visit: Visit) -> Observation:
    """An empty observation of a visit, its author's alone. Raises ValidationError for a cancelled visit."""
    if visit.state == VisitState.CANCELLED:
        raise ValidationError(_("Cette visite est annulée. Prévoyez-en une autre pour observer."))
    row = new_observation(actor, visit)
    row.day = min(timezone.localdate(visit.starts_at), timezone.localdate())
    can_add_observation.require(actor, row)
    row.save(force_insert=True)
    return row


def new_observation(actor: Asking, visit: Visit) -> Observation:
    """One that is not saved yet."""
    return Observation(visit=visit, study_id=visit.study_id, place=visit.place, scope_author=author_of(actor))


def read_fields(fields: Mapping[str, Any]) -> Written:
    """What a saved page says. Names it does not know are left out; what is no text raises ValidationError."""
    written = Written()
    for name, value in fields.items():
        if name == "present":
            given = value if isinstance(value, list) else [value]
            written.present = [str(one) for one in given]
            continue
        if not isinstance(value, str):
            raise ValidationError(_("L’enregistrement n’a pas été compris."))
        saying = _SAYING.match(name)
        if saying:
            text, who = written.sayings.get(int(saying[1]), ("", ""))
            written.sayings[int(saying[1])] = (value, who) if saying[2] == "text" else (text, value)
        elif name == "day":
            written.day = _day(value)
        elif name in ("where", "fact", "interpretation"):
            setattr(written, name, value)
    return written


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def fields_of(row: Observation) -> dict[str, str | list[str]]:
    """What is kept, in the names of the page."""
    told: dict[str, str | list[str]] = {
        "day": row.day.isoformat(),
        "where": row.where,
        "fact": row.fact,
        "interpretation": row.interpretation,
        "present": [str(one.participant_id) for one in row.presences.all()],
    }
    for saying in row.sayings.all():
        told[f"saying_{saying.position}_text"] = saying.text
        told[f"saying_{saying.position}_who"] = str(saying.participant_id or "")
    return told


@transaction.atomic
def save_draft(*, actor: Asking, observation_id: UUID, written: Written, revision: int) -> Saved | Conflict:
    """Keep what is typed, as long as nothing else was saved since. Raises Unreadable, ValidationError once finished."""
    if not Observation.objects.select_for_update().filter(pk=observation_id, scope_author=actor.user_id).exists():
        raise Unreadable
    row = own_observation(actor, observation_id)
    if row.state != ObservationState.DRAFT:
        raise ValidationError(_("Cette observation est terminée. Ouvrez sa page pour la reprendre."))
    if row.revision != revision:
        return Conflict(row.revision, fields_of(row))
    _keep(actor, row, written, may_attach=_agreeing(participants_of(actor, row.place_id)))
    return Saved(row.revision, row.saved_at)


@transaction.atomic
def finish_observation(
    *, actor: Asking, observation: Observation, written: Written, revision: int | None = None
) -> None:
    """Keep it and give it to those on the mission of the place, or keep it anew when it is finished already.

    Raises ValidationError when it says nothing, comes from the future, or names somebody who does not agree,
    or did not any more on that day; PermissionDenied for whom it is not theirs; ChangedMeanwhile when it is not at
    `revision` any more.
    """
    can_change_observation.require(actor, observation)
    next_revision(observation, revision)
    row = own_observation(actor, observation.pk)
    known = participants_of(actor, row.place_id)
    _check(row, written, known)
    _keep(actor, row, written, may_attach=_agreeing(known))
    if row.state == ObservationState.DRAFT:
        row.state, row.done_at = ObservationState.DONE, timezone.now()
        # the database writes the scope; naming it here lets what hangs on the observation follow
        row.save(update_fields=["state", "done_at", "scope_mission"])
        record("finish observation", actor=actor.user_id, object_id=row.pk)
    else:
        record("change observation", actor=actor.user_id, object_id=row.pk)


def remove_draft(*, actor: Asking, observation: Observation) -> None:
    """Throw away what was begun. Raises ValidationError when it is finished: it is kept then."""
    can_change_observation.require(actor, observation)
    if observation.state != ObservationState.DRAFT:
        raise ValidationError(_("Cette observation est terminée : elle se garde. Vous pouvez la corriger."))
    observation.delete()
    record("remove draft of observation", actor=actor.user_id, object_id=observation.pk)


def say_reread(*, actor: Asking, observation: Observation) -> None:
    """Its author read it over after somebody withdrew: nothing of them stays."""
    can_change_observation.require(actor, observation)
    observation.flagged_at = None
    observation.save(update_fields=["flagged_at"])
    record("reread observation", actor=actor.user_id, object_id=observation.pk)


def _agreeing(known: Sequence[Known]) -> set[str]:
    return {str(one.participant.pk) for one in known if one.agrees}


def _check(row: Observation, written: Written, known: Sequence[Known]) -> None:
    if written.day is None:
        raise ValidationError({"day": _("Dites quel jour.")})
    if written.day > timezone.localdate():
        raise ValidationError({"day": _("Une observation ne se fait pas demain : choisissez un jour passé.")})
    if not (
        written.fact.strip() or written.interpretation.strip() or any(t.strip() for t, _w in written.sayings.values())
    ):
        raise ValidationError({"fact": _("Écrivez les faits, l’interprétation ou les mots exacts : l’un des trois.")})
    there = {str(one.participant_id) for one in row.presences.all()} | {
        str(one.participant_id) for one in row.sayings.all() if one.participant_id
    }
    named = set(written.present) | {who for text, who in written.sayings.values() if who and text.strip()}
    by_id = {str(one.participant.pk): one for one in known}
    for participant in sorted(named | there):
        one = by_id.get(participant)
        if one is None:
            raise ValidationError(
                {"present": _("Cette personne n’est pas connue dans ce lieu. Choisissez dans la liste.")}
            )
        if one.agrees:
            continue
        if one.ended_on is not None and written.day > one.ended_on:
            raise ValidationError({"day": _(
                "%(who)s a retiré son accord le %(day)s : une observation où cette personne est nommée "
                "ne peut pas être datée d’après ce jour."
            ) % {"who": one.participant, "day": date_format(one.ended_on, "j F Y")}})  # fmt: skip
        if participant not in there:
            raise ValidationError({"present": not_agreed(one)})


def not_agreed(one: Known) -> str:
    """Why somebody can't be attached, and what to do."""
    return _(
        "%(who)s : %(state)s. Recueillez d’abord son accord pour participer, puis revenez ; "
        "en attendant, écrivez sans cette personne."
    ) % {"who": one.participant, "state": one.said}


def _keep(actor: Asking, row: Observation, written: Written, *, may_attach: set[str]) -> None:
    row.day = written.day or row.day
    row.where = plain_line(written.where)[:200]
    row.fact = plain_text(written.fact)[:LONGEST]
    row.interpretation = plain_text(written.interpretation)[:LONGEST]
    row.revision += 1
    row.saved_at = timezone.now()
    row.save(update_fields=["day", "where", "fact", "interpretation", "revision", "saved_at"])
    speaking = {who for text, who in written.sayings.values() if text.strip()}
    try:
        with transaction.atomic():
            _keep_sayings(row, written, may_attach)
            _keep_presences(row, set(written.present) | speaking, may_attach)
    except DatabaseError as refused:
        if getattr(refused.__cause__, "sqlstate", "") != "NC002":
            raise
        raise ValidationError(
            {"present": _("Quelqu’un vient de retirer son accord. Ouvrez de nouveau la page.")}
        ) from refused


def _keep_sayings(row: Observation, written: Written, may_attach: set[str]) -> None:
    kept = {one.position: one for one in Saying.objects.filter(observation=row, withheld_at=None)}
    for position, (text, who) in sorted(written.sayings.items())[:MOST_SAYINGS]:
        words = plain_text(text)[:LONGEST_SAYING]
        saying = kept.get(position) or Saying(observation=row, position=position)
        if not words:
            if saying.position in kept:
                saying.delete()
            continue
        was = str(saying.participant_id or "")
        saying.text = words
        if who in may_attach or who in ("", was):
            saying.participant_id = UUID(who) if who else None
        saying.save(force_insert=position not in kept)


def _keep_presences(row: Observation, wanted: set[str], may_attach: set[str]) -> None:
    there = {str(one.participant_id): one for one in Presence.objects.filter(observation=row)}
    for participant in sorted((wanted & may_attach) - set(there)):
        Presence(observation=row, participant_id=UUID(participant)).save(force_insert=True)
    # who withdrew stays as they were: what is done with that is the withdrawal's
    for participant in sorted((set(there) & may_attach) - wanted):
        there[participant].delete()

"""Planning interviews, saying who is listened to and what was noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from nuserus.fieldwork.actions.revisions import next_revision
from nuserus.fieldwork.enums import InterviewKind, InterviewState, RecordingState
from nuserus.fieldwork.models import Guide, GuideVersion, Interview, InterviewParticipant, Recording
from nuserus.fieldwork.queries.interviews import agreements, agreements_of, people_of_place
from nuserus.fieldwork.rules import (
    can_add_guide_version,
    can_change_interview,
    can_drop_interview,
    can_plan_interview,
    can_write_guide,
)
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.models import Study, StudyPlace
from nuserus.studies.queries.materials import scope_of_material

MOST_THEMES = 40
MOST_QUESTIONS = 60
_SAID = ("guide", "kind", "mode", "held_on", "starts_at", "where")
# What the database answers when somebody does not agree to be recorded.
NOT_AGREED = "NC003"


@transaction.atomic
def plan_interview(*, actor: Asking, place: StudyPlace, said: Mapping[str, Any], people: Collection[UUID]) -> Interview:
    """An interview to come, with those of the place who are to be listened to.

    Raises PermissionDenied to who is not on the mission of the place, ValidationError in words.
    """
    interview = Interview(study_id=place.study_id, place=place, **scope_of_material(place, author=actor.user_id))
    if not can_plan_interview.allows(actor, interview):
        raise PermissionDenied(_("Seules les personnes nommées pour ce lieu y mènent des entretiens."))
    _say(interview, said)
    interview.save(force_insert=True)
    _name(actor, interview, people)
    record("plan an interview", actor=actor.user_id, object_id=interview.pk)
    return interview


@transaction.atomic
def change_interview(*, actor: Asking, interview: Interview, said: Mapping[str, Any], people: Collection[UUID]) -> None:
    """Say again when, where, how and with whom. Raises ValidationError when somebody recorded would leave."""
    can_change_interview.require(actor, interview)
    _say(interview, said)
    interview.save(update_fields=list(_SAID))
    _name(actor, interview, people)
    record("change an interview", actor=actor.user_id, object_id=interview.pk)


@transaction.atomic
def note_interview(*, actor: Asking, interview: Interview, notes: str, revision: int | None = None) -> None:
    """Keep the notes of who listens. Raises ChangedMeanwhile when they are not at `revision` any more."""
    can_change_interview.require(actor, interview)
    interview.notes_revision = next_revision(interview, revision, name="notes_revision")
    interview.notes = plain_text(notes)[:20_000]
    interview.save(update_fields=["notes", "notes_revision"])


@transaction.atomic
def hold_interview(*, actor: Asking, interview: Interview) -> None:
    """It took place. Raises ValidationError while somebody of it has not agreed to take part."""
    can_change_interview.require(actor, interview)
    found = agreements_of(interview)
    if not found:
        raise ValidationError(_("Dites d’abord qui participe à cet entretien."))
    missing = [str(one.participant) for one in found if not one.takes_part]
    if missing:
        raise ValidationError(
            _("Il manque l’accord pour participer de : %(people)s. Notez-le sur sa fiche, puis revenez ici.")
            % {"people": ", ".join(missing)}
        )
    if interview.state == InterviewState.PLANNED:
        interview.state = InterviewState.HELD
        interview.save(update_fields=["state"])
        record("hold an interview", actor=actor.user_id, object_id=interview.pk)


@transaction.atomic
def drop_interview(*, actor: Asking, interview: Interview) -> None:
    """Take away an interview that did not take place. Raises ValidationError when something of it is kept."""
    can_drop_interview.require(actor, interview)
    kept = Recording.objects.filter(interview=interview).exists() or interview.turns.exists() or interview.source_id
    if interview.state != InterviewState.PLANNED or kept:
        raise ValidationError(_("Cet entretien a eu lieu : il reste. Vous pouvez effacer ses enregistrements."))
    InterviewParticipant.objects.filter(interview=interview).delete()
    interview.delete()
    record("drop an interview", actor=actor.user_id, object_id=interview.pk)


def require_recordable(interview: Interview) -> None:
    """Raises ValidationError, which says what to do, unless everybody of the interview agrees to be recorded."""
    found = agreements_of(interview)
    if interview.withheld_at is not None:
        raise ValidationError(_("Cet entretien est mis de côté : on n’y ajoute plus rien."), code="withheld")
    if not found:
        raise ValidationError(_("Dites d’abord qui participe à cet entretien : l’enregistrement demande leur accord."))
    if any(one.participant.is_erased for one in found):
        raise ValidationError(_("Une personne de cet entretien a tout fait effacer : on n’y enregistre plus personne."))
    missing = [str(one.participant) for one in found if not (one.takes_part and one.recorded)]
    if missing:
        raise ValidationError(not_agreed(missing), code="consent")


def not_agreed(missing: Collection[str]) -> str:
    """What to do when these pseudonyms do not agree to be recorded."""
    return _(
        "On n’enregistre pas sans accord. Il manque celui de : %(people)s. Demandez-le, notez-le sur sa fiche, puis "
        "revenez ici ; sinon, écrivez des notes."
    ) % {"people": ", ".join(missing)}


@dataclass(frozen=True, slots=True)
class Written:
    """A guide as somebody wrote it: themes are {"title", "questions"}, `note` says what changes."""

    title: str
    themes: list[dict[str, Any]]
    note: str = ""


@transaction.atomic
def write_guide(*, actor: Asking, study: Study, guide: Guide | None, written: Written) -> GuideVersion:
    """A guide, or its next version. Raises ValidationError when it asks nothing or too much."""
    if guide is None:
        guide = Guide(study=study, scope_level=Level.GROUP, scope_group=study.pk, scope_mission=study.pk)
        if not can_write_guide.allows(actor, guide):
            raise PermissionDenied(_("Les guides sont écrits par les personnes qui conduisent l’étude."))
    if not any(theme["questions"] for theme in written.themes):
        raise ValidationError(_("Un guide a au moins une question. Écrivez-la sous un thème."))
    if len(written.themes) > MOST_THEMES or any(len(theme["questions"]) > MOST_QUESTIONS for theme in written.themes):
        raise ValidationError(_("Ce guide est trop long pour un entretien. Faites-en plusieurs."))
    last = GuideVersion.objects.filter(guide=guide).order_by("-number").first()
    version = GuideVersion(
        guide=guide,
        number=last.number + 1 if last else 1,
        themes=written.themes,
        note=plain_line(written.note)[:300],
        made_by=actor.user_id,
        scope_level=Level.GROUP,
        scope_group=study.pk,
        scope_mission=study.pk,
    )
    can_add_guide_version.require(actor, version)
    guide.title = plain_line(written.title)[:120] or _("Guide d’entretien")
    guide.save()
    if last is not None and last.themes == written.themes:
        return last
    version.save(force_insert=True)
    record("write a guide", actor=actor.user_id, object_id=guide.pk)
    return version


def _say(interview: Interview, said: Mapping[str, Any]) -> None:
    for name in _SAID:
        if name in said:
            setattr(interview, name, said[name])
    interview.where = plain_line(interview.where)[:200]


def _name(actor: Asking, interview: Interview, people: Collection[UUID]) -> None:
    rows = {row.participant_id: row for row in InterviewParticipant.objects.filter(interview=interview)}
    wanted = set(people)
    if interview.kind == InterviewKind.INDIVIDUAL and len(wanted) > 1:
        raise ValidationError({"people": _("Avec une personne : n’en cochez qu’une, ou choisissez « un groupe ».")})
    joining = list(people_of_place(actor, interview.place).filter(pk__in=wanted - set(rows)))
    if len(joining) != len(wanted - set(rows)):
        raise ValidationError({"people": _("Cette personne ne participe pas à l’étude dans ce lieu.")})
    recorded = Recording.objects.filter(interview=interview).exclude(state=RecordingState.ENDED).exists()
    leaving = [row for pk, row in rows.items() if pk not in wanted]
    if recorded and leaving:
        raise ValidationError(
            {"people": _("Sa voix est peut-être dans l’enregistrement : effacez-le avant de retirer quelqu’un.")}
        )
    if recorded:
        missing = [str(one.participant) for one in agreements(joining, interview.place_id) if not one.recorded]
        if missing:
            raise ValidationError({"people": not_agreed(missing)})
    scope = scope_of_material(interview.place, author=interview.scope_author)
    try:
        InterviewParticipant.objects.filter(pk__in=[row.pk for row in leaving]).delete()
        InterviewParticipant.objects.bulk_create(
            InterviewParticipant(interview=interview, participant=person, **scope) for person in joining
        )
    except DatabaseError as refused:
        if getattr(refused.__cause__, "sqlstate", "") == NOT_AGREED:
            raise ValidationError({"people": _("Un accord vient d’être retiré. Regardez les fiches.")}) from refused
        raise

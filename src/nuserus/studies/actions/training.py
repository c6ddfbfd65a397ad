"""The training leg: agreement, sessions, who was there, certificates, self-evaluations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.levels import Level
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.actions.notices import tell
from nuserus.studies.actions.opening import user_of
from nuserus.studies.enums import Half, Timing
from nuserus.studies.models import (
    Attendance,
    Certificate,
    Participation,
    SelfEvaluation,
    Study,
    TrainingAgreement,
    TrainingSession,
)
from nuserus.studies.queries.templates import self_evaluation_items
from nuserus.studies.queries.training import followed_by
from nuserus.studies.rules import (
    can_change_agreement,
    can_change_session,
    can_fill_self_evaluation,
    can_issue_certificate,
    can_record_attendance,
)

MAX_SESSIONS = 200


def write_agreement(*, actor: Asking, study: Study, words: Mapping[str, Any]) -> TrainingAgreement:
    """Say under which agreement the study trains."""
    agreement = TrainingAgreement.objects.filter(study=study).first() or TrainingAgreement(study=study)
    agreement.scope_mission = study.pk
    can_change_agreement.require(actor, agreement)
    for name in ("organisation", "declaration", "fund", "reference", "title"):
        limit = getattr(TrainingAgreement._meta.get_field(name), "max_length", None)
        setattr(agreement, name, plain_line(words.get(name, ""))[:limit])
    agreement.aims = plain_text(words.get("aims", ""))[:2000]
    agreement.hours, agreement.signed_on = words["hours"], words.get("signed_on")
    agreement.save()
    return agreement


def add_session(*, actor: Asking, study: Study, words: Mapping[str, Any]) -> TrainingSession:
    """Another session. Raises ValidationError for one that lasts no time."""
    if TrainingSession.objects.filter(study=study).count() >= MAX_SESSIONS:
        raise ValidationError(_("Une étude a deux cents séances au plus."))
    session = TrainingSession(study=study, scope_mission=study.pk)
    can_change_session.require(actor, session)
    _put(session, words)
    session.save(force_insert=True)
    return session


def change_session(*, actor: Asking, session: TrainingSession, words: Mapping[str, Any]) -> None:
    """Another day, other hours. Raises ValidationError as `add_session`, or once somebody is noted as there
    in a half-day that would last no time.
    """
    can_change_session.require(actor, session)
    _put(session, words)
    for half, minutes in ((Half.MORNING, session.morning), (Half.AFTERNOON, session.afternoon)):
        if not minutes and Attendance.objects.filter(session=session, half=half).exists():
            raise ValidationError(_("Des personnes sont notées présentes à cette demi-journée : gardez-lui une durée."))
    session.save()


def _put(session: TrainingSession, words: Mapping[str, Any]) -> None:
    if not words["morning"] and not words["afternoon"]:
        raise ValidationError({"morning": _("Dites combien de temps dure la séance, le matin ou l’après-midi.")})
    session.title = plain_line(words["title"])[:200]
    session.where, session.trainers = (
        plain_line(words.get("where", ""))[:200],
        plain_line(words.get("trainers", ""))[:200],
    )
    session.held_on, session.group = words["held_on"], words.get("group")
    session.morning, session.afternoon = words["morning"] or 0, words["afternoon"] or 0


def record_attendance(*, actor: Asking, session: TrainingSession, there: set[tuple[Participation, Half]]) -> None:
    """Note who was there, half-day by half-day, as the signed sheet says: what is not in `there` is taken off."""
    model = Attendance(session=session, study_id=session.study_id, scope_mission=session.study_id)
    can_record_attendance.require(actor, model)
    lasting = {
        half for half, minutes in ((Half.MORNING, session.morning), (Half.AFTERNOON, session.afternoon)) if minutes
    }
    wanted = {(seat.pk, half.value) for seat, half in there if half in lasting}
    known = {(row.seat_id, row.half): row for row in Attendance.objects.filter(session=session)}
    for place, row in known.items():
        if place not in wanted:
            row.delete()
    for seat_id, half in sorted(wanted - set(known)):
        Attendance(session=session, study_id=session.study_id, seat_id=seat_id, half=half).save(force_insert=True)
    record("record attendance", actor=actor.user_id, object_id=session.pk, content=str(sorted(wanted, key=str)))


def issue_certificate(*, actor: Asking, seat: Participation, name: str) -> Certificate:
    """Certify the hours that somebody followed, as they are noted now; they hear of it.

    Raises ValidationError for somebody who followed none, or without a name to write.
    """
    model = Certificate(seat=seat, study_id=seat.study_id, scope_mission=seat.study_id)
    can_issue_certificate.require(actor, model)
    followed = followed_by(seat)
    if not followed.minutes or followed.first_on is None or followed.last_on is None:
        raise ValidationError(_("Aucune heure n’est notée pour cette personne. Notez d’abord ses présences."))
    model.name = plain_line(name)[:120]
    if not model.name:
        raise ValidationError({"name": _("Écrivez le nom tel qu’il doit figurer sur l’attestation.")})
    agreement = TrainingAgreement.objects.filter(study=seat.study_id).first()
    model.minutes, model.first_on, model.last_on = followed.minutes, followed.first_on, followed.last_on
    model.planned = int(agreement.hours * 60) if agreement else 0
    model.save(force_insert=True)
    record("issue certificate", actor=actor.user_id, object_id=model.pk, content=f"{followed.minutes} min")
    if seat.account_id:
        tell(
            "certificate",
            [seat.account_id],
            about=seat.study_id,
            address=reverse("studies:training", args=[seat.study_id]),
            actor=actor.user_id,
            title=seat.study.title,
        )
    return model


def fill_self_evaluation(
    *, actor: Asking, study: Study, timing: Timing, answers: Mapping[str, int], words: str
) -> SelfEvaluation:
    """Say what one knows how to do, before or after. Nobody else reads it."""
    account = user_of(actor)
    row = SelfEvaluation.objects.filter(study=study, account=account, timing=timing).first() or SelfEvaluation(
        study=study, account_id=account, timing=timing, scope_author=account, scope_level=Level.RESTRICTED
    )
    can_fill_self_evaluation.require(actor, row)
    known = self_evaluation_items()
    row.answers = {key: value for key, value in answers.items() if key in known and value in (1, 2, 3, 4)}
    if not row.answers:
        raise ValidationError(_("Répondez au moins à une ligne."))
    row.words = plain_text(words)[:1000]
    row.save()
    return row

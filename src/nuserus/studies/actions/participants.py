"""Participants: written down by a pseudonym, and what each of them says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.consent.actions.cards import make_card
from nuserus.consent.actions.record import Asked, Mark, Said, record_consent
from nuserus.consent.enums import How, NoticeFormat, Purpose, State, Step, Voice
from nuserus.consent.models import Consent, ConsentCard
from nuserus.consent.queries.notices import current_notice
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line
from nuserus.foundation.policy import Unreadable
from nuserus.studies.models import Participant, StudyPlace
from nuserus.studies.queries.materials import scope_of_material
from nuserus.studies.queries.notices import NOTICES
from nuserus.studies.queries.participants import MATTER, a_consent_of, end_of_day, shown_participant, usual_end
from nuserus.studies.queries.pseudonyms import identity_in, is_reserved
from nuserus.studies.queries.studies import retention_of
from nuserus.studies.rules import can_add_participant, can_change_participant

YES, NO = "yes", "no"


def add_participant(*, actor: Asking, place: StudyPlace, words: Mapping[str, Any]) -> Participant:
    """Write down somebody who takes part, by a pseudonym.

    Raises Unreadable for who is not on the mission of the place, ValidationError for what looks like a name.
    """
    participant = Participant(study_id=place.study_id, place=place, **scope_of_material(place, author=actor.user_id))
    if not can_add_participant.allows(actor, participant):
        raise Unreadable
    participant.pseudonym = _pseudonym(participant, words["pseudonym"])
    _put(participant, words)
    _save(participant, force_insert=True)
    record("add participant", actor=actor.user_id, object_id=participant.pk)
    return participant


def change_participant(*, actor: Asking, participant: Participant, words: Mapping[str, Any]) -> None:
    """Another pseudonym, role, protection or language. Raises as `add_participant`; erased, nothing changes."""
    can_change_participant.require(actor, participant)
    _refuse_erased(participant)
    participant.pseudonym = _pseudonym(participant, words["pseudonym"])
    _put(participant, words)
    _save(participant)
    record("change participant", actor=actor.user_id, object_id=participant.pk)


def let_participant_leave(*, actor: Asking, participant: Participant, leaves: bool) -> None:
    """Say that somebody takes part no more, or again. What they agreed to does not change."""
    can_change_participant.require(actor, participant)
    _refuse_erased(participant)
    participant.left_at = (participant.left_at or timezone.now()) if leaves else None
    participant.save(update_fields=["left_at"])
    record("participant left" if leaves else "participant is back", actor=actor.user_id, object_id=participant.pk)


def _refuse_erased(participant: Participant) -> None:
    if participant.is_erased:
        raise ValidationError(_("Cette personne a tout fait effacer. Rien de plus n’est noté à son sujet."))


def _put(participant: Participant, words: Mapping[str, Any]) -> None:
    participant.role, participant.protection = words["role"], words["protection"]
    participant.language = words.get("language") or "fr"


def _pseudonym(participant: Participant, typed: str) -> str:
    said = plain_line(typed)[:40]
    if said == participant.pseudonym and said:
        return said
    if not said or is_reserved(said):
        raise ValidationError({"pseudonym": _("Choisissez un mot inventé, par exemple « Mésange ».")})
    why = identity_in(said)
    if why:
        raise ValidationError({"pseudonym": why})
    same = Participant.objects.filter(study_id=participant.study_id, pseudonym__iexact=said).exclude(pk=participant.pk)
    if same.exists():
        raise _taken()
    return said


def _save(participant: Participant, *, force_insert: bool = False) -> None:
    """Keep it; the database knows also the pseudonyms of the places that the person may not read."""
    try:
        with transaction.atomic():
            participant.save(force_insert=force_insert)
    except IntegrityError as twice:
        raise _taken() from twice


def _taken() -> ValidationError:
    return ValidationError({"pseudonym": _("Ce mot désigne déjà quelqu’un dans cette étude. Choisissez-en un autre.")})


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time that somebody is asked: who answers, on which text, how; the end if one was agreed upon."""

    voice: Voice
    form: NoticeFormat
    language: str
    how: How
    witness: str = ""
    said_on: date | None = None
    ends_on: date | None = None
    mark: Mark | None = None


@transaction.atomic
def record_answers(
    *, actor: Asking, participant: Participant, sitting: Sitting, answers: Mapping[Purpose, str]
) -> list[Consent]:
    """Write what somebody answered in one sitting, one step for each purpose; « not now » writes nothing.

    Raises ValidationError when nothing was answered, or an answer can't follow what was said before.
    """
    can_change_participant.require(actor, participant)
    _refuse_erased(participant)
    said = {purpose: answer for purpose, answer in answers.items() if answer in (YES, NO)}
    if not said:
        raise ValidationError(_("Rien n’est noté : aucune réponse n’est « oui » ni « non »."))
    _refuse_wrong_sitting(participant, sitting)
    asked = Asked(
        subject=participant.pk,
        object_kind=MATTER,
        object_id=participant.pk,
        author=participant.scope_author or participant.pk,
        mission=participant.place_id,
        voice=sitting.voice,
    )
    rules = list(retention_of(actor, participant.study))
    today = timezone.localdate()
    lines = {line.purpose: line for line in shown_participant(actor, participant).lines}
    done = []
    for purpose, answer in said.items():
        line = lines[purpose]
        known = line.person if sitting.voice == Voice.PERSON else line.representative
        until = sitting.ends_on or usual_end(participant.study, purpose, rules, today)
        done.append(
            record_consent(
                actor=actor,
                step=step_for(known, answer),
                asked=asked,
                said=Said(
                    version=current_notice(NOTICES[purpose], sitting.form, sitting.language),
                    how=sitting.how,
                    witness=plain_line(sitting.witness) if sitting.how == How.ORAL else "",
                    expires_at=end_of_day(until) if answer == YES else None,
                    said_on=sitting.said_on if sitting.how == How.PAPER else None,
                    mark=sitting.mark if sitting.how == How.ON_SCREEN else None,
                ),
            )
        )
    return done


def step_for(known: Consent | None, answer: str) -> Step:
    """The step that an answer is, after what this voice said before."""
    if known is not None and known.state == State.GIVEN:
        return Step.RENEWED if answer == YES else Step.WITHDRAWN
    if known is not None and known.state == State.EXPIRED and answer == YES:
        return Step.RENEWED
    return Step.GIVEN if answer == YES else Step.REFUSED


def _refuse_wrong_sitting(participant: Participant, sitting: Sitting) -> None:
    today = timezone.localdate()
    if sitting.said_on is not None and sitting.said_on > today:
        raise ValidationError({"said_on": _("Cette date est à venir. Notez le jour qui est écrit sur le papier.")})
    if sitting.ends_on is not None and sitting.ends_on <= today:
        raise ValidationError({"ends_on": _("Cette date est passée. Choisissez une date à venir, ou laissez vide.")})
    if sitting.how == How.PAPER and sitting.said_on is None:
        raise ValidationError({"said_on": _("Notez le jour qui est écrit sur le papier.")})
    if sitting.how == How.ON_SCREEN and sitting.mark is None:
        raise ValidationError({"typed": _("Dessinez une croix, ou confirmez sans dessiner.")})
    if sitting.how == How.CARD:
        raise ValidationError(_("La carte sert à reprendre un accord, pas à le donner."))
    if sitting.voice == Voice.REPRESENTATIVE and not participant.is_protected:
        raise ValidationError(_("Cette personne répond seule : aucune mesure de protection n’est notée."))


def make_participant_card(*, actor: Asking, participant: Participant) -> tuple[ConsentCard, str]:
    """The card with which they see what they agreed to and take it back alone; one they had opens nothing more.

    Raises ValidationError while nothing was answered.
    """
    can_change_participant.require(actor, participant)
    consent = a_consent_of(actor, participant)
    if consent is None:
        raise ValidationError(_("La carte montre des accords : notez d’abord une réponse, puis faites la carte."))
    return make_card(actor=actor, consent=consent)

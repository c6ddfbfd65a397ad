"""Opening a study, saying what it is, and closing it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.foundation.asking import Asking
from nuserus.foundation.asking.scope import say_who_asks
from nuserus.foundation.audit import record
from nuserus.foundation.models.base import new_id
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.studies.enums import OPINION_NEEDED, KeptFrom, KeptThen, LegalBasis, Material, Qualification, StudyStatus
from nuserus.studies.models import Phase, RetentionRule, Step, Study
from nuserus.studies.queries.templates import retention_shapes, study_shapes
from nuserus.studies.rules import can_change_phase, can_change_retention, can_change_study


def user_of(actor: Asking) -> UUID:
    """The account that asks. Raises PermissionDenied for a visitor."""
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour continuer."))
    return actor.user_id


def open_study(*, actor: Asking, title: str) -> tuple[Asking, UUID]:
    """A new study that its opener leads, with its team and committee; they stand on it from now on.

    Gives who asks, as the transaction knows them now, and the id. Raises PermissionDenied for whom does
    not lead studies, ValidationError without a title.
    """
    if "study_lead" not in actor.roles:
        raise PermissionDenied(_("Les responsables d’étude ouvrent des études. Demandez ce rôle à qui tient ce site."))
    called = plain_line(title)[:200]
    if not called:
        raise ValidationError({"title": _("Donnez un titre, même provisoire.")})
    study_id = new_id()
    with connection.cursor() as cursor:
        cursor.execute("SELECT studies_open(%s, %s, %s, %s, %s)", [study_id, new_id(), new_id(), new_id(), called])
    record("open study", actor=actor.user_id, object_id=study_id, content=called)
    return say_who_asks(user_of(actor)), study_id


def describe_study(*, actor: Asking, study: Study, words: Mapping[str, Any]) -> None:
    """Change the title, the purpose, the question or the dates. Raises ValidationError for dates in disorder."""
    can_change_study.require(actor, study)
    for name in ("title", "question"):
        if name in words:
            setattr(study, name, plain_line(words[name]))
    if "purpose" in words:
        study.purpose = plain_text(words["purpose"])
    for name in ("starts_on", "ends_on"):
        if name in words:
            setattr(study, name, words[name])
    if not study.title:
        raise ValidationError({"title": _("Donnez un titre, même provisoire.")})
    refuse_disorder(study.starts_on, study.ends_on)
    study.save()


def refuse_disorder(starts_on: date | None, ends_on: date | None) -> None:
    """Raises ValidationError when the end comes before the beginning."""
    if starts_on and ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("La fin vient avant le début. Changez l’une des deux dates.")})


@dataclass(frozen=True, slots=True)
class Legal:
    """What a study is for the law, why, and the opinion that was given."""

    qualification: Qualification
    justification: str = ""
    opinion_body: str = ""
    opinion_reference: str = ""
    opinion_on: date | None = None


def qualify_study(*, actor: Asking, study: Study, legal: Legal) -> None:
    """Say what the study is for the law. Raises ValidationError for a qualification without its reason."""
    can_change_study.require(actor, study)
    if legal.qualification != Qualification.UNSETTLED and not legal.justification.strip():
        raise ValidationError({"justification": _("Dites en une phrase pourquoi cette qualification.")})
    study.qualification = legal.qualification
    study.justification = plain_text(legal.justification)[:2000]
    study.opinion_body = plain_line(legal.opinion_body)[:200]
    study.opinion_reference = plain_line(legal.opinion_reference)[:120]
    study.opinion_on = legal.opinion_on
    study.save()
    record("qualify study", actor=actor.user_id, object_id=study.pk, content=str(legal))


def say_on_notices(
    *, actor: Asking, study: Study, legal_basis: LegalBasis, controller: str = "", contact: str = ""
) -> None:
    """What the notices say beside their text: on what basis data are kept, who answers for them, whom to ask."""
    can_change_study.require(actor, study)
    study.legal_basis = legal_basis
    study.controller = plain_line(controller)[:200]
    study.contact = plain_line(contact)[:300]
    study.save()
    record("say on notices of study", actor=actor.user_id, object_id=study.pk, content=study.contact)


@dataclass(frozen=True, slots=True)
class Kept:
    """How long one material is kept."""

    material: Material
    months: int
    kept_from: KeptFrom
    then: KeptThen
    reason: str = ""


def keep_rules(*, actor: Asking, study: Study, rules: list[Kept]) -> None:
    """Put these rules of retention in the place of those that were."""
    can_change_study.require(actor, study)
    RetentionRule.objects.filter(study=study).delete()
    for kept in rules:
        rule = RetentionRule(
            study=study,
            material=kept.material,
            months=kept.months,
            kept_from=kept.kept_from,
            then=kept.then,
            reason=plain_line(kept.reason)[:300],
        )
        can_change_retention.require(actor, rule)
        rule.save(force_insert=True)
    record("set retention of study", actor=actor.user_id, object_id=study.pk, content=str(rules))


def proposed_rules() -> list[Kept]:
    """The rules of retention that are proposed to a new study."""
    return [Kept(one.material, one.months, one.kept_from, one.then, one.reason) for one in retention_shapes()]


def lay_out_study(*, actor: Asking, study: Study, template: str) -> None:
    """Give the study the phases and steps of a template. Raises ValidationError where there are some already,
    or for a template that is not known.
    """
    can_change_study.require(actor, study)
    shape = study_shapes().get(template)
    if shape is None:
        raise ValidationError({"template": _("Ce modèle n’existe pas. Choisissez-en un de la liste.")})
    if Phase.objects.filter(study=study).exists():
        raise ValidationError({"template": _("Cette étude a déjà ses étapes. Changez-les une à une.")})
    for place, phase_shape in enumerate(shape.phases, 1):
        phase = Phase(
            study=study, position=place, name=phase_shape.name, aim=phase_shape.aim, scope_mission=study.scope_mission
        )
        can_change_phase.require(actor, phase)
        phase.save(force_insert=True)
        for rank, step in enumerate(phase_shape.steps, 1):
            Step(
                study=study,
                phase=phase,
                position=rank,
                kind=step.kind,
                name=step.name,
                days=step.days,
                in_each_place=step.in_each_place,
                produces=list(step.produces),
            ).save(force_insert=True)


def start_study(*, actor: Asking, study: Study) -> None:
    """The study begins. Raises ValidationError while the law asks for something first."""
    can_change_study.require(actor, study)
    if study.status != StudyStatus.PREPARING:
        raise ValidationError(_("Cette étude a déjà commencé. Rien n’a changé."))
    if study.qualification == Qualification.UNSETTLED:
        raise ValidationError(_("Dites d’abord la qualification juridique de cette étude, avec sa raison."))
    if study.qualification in OPINION_NEEDED and not study.opinion_reference:
        raise ValidationError(
            _("Une recherche de cette catégorie attend l’avis d’un comité : notez sa référence, puis commencez.")
        )
    study.status = StudyStatus.RUNNING
    study.starts_on = study.starts_on or timezone.localdate()
    study.save()
    record("start study", actor=actor.user_id, object_id=study.pk)


def close_study(*, actor: Asking, study: Study) -> None:
    """The study ends: the time of keeping counts from now. Raises ValidationError when it has not begun."""
    can_change_study.require(actor, study)
    if study.status != StudyStatus.RUNNING:
        raise ValidationError(_("Seule une étude en cours se termine. Rien n’a changé."))
    study.status, study.closed_at = StudyStatus.CLOSED, timezone.now()
    study.save()
    record("close study", actor=actor.user_id, object_id=study.pk)

"""Planning a visit, moving it, saying that it was made or why it was not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from nuserus.fieldwork.enums import VisitState
from nuserus.fieldwork.models import Visit, Visitor
from nuserus.fieldwork.rules import can_change_visit, can_plan_visit
from nuserus.foundation.asking import Asking
from nuserus.foundation.audit import record
from nuserus.foundation.plain import plain_line, plain_text
from nuserus.people.models import Account
from nuserus.studies.models import StudyPlace
from nuserus.studies.queries.materials import scope_of_material

MAX_VISITS = 400


@transaction.atomic
def plan_visit(*, actor: Asking, place: StudyPlace, words: Mapping[str, Any]) -> Visit:
    """Another visit of a place. Raises ValidationError for an end before its beginning, or too many visits."""
    visit = Visit(study_id=place.study_id, place=place, **scope_of_material(place, author=actor.user_id))
    can_plan_visit.require(actor, visit)
    if Visit.objects.filter(place=place).count() >= MAX_VISITS:
        raise ValidationError(_("Un lieu a quatre cents visites au plus."))
    _put(visit, words)
    visit.save(force_insert=True)
    _go(visit, words["visitors"])
    record("plan visit", actor=actor.user_id, object_id=visit.pk)
    return visit


@transaction.atomic
def change_visit(*, actor: Asking, visit: Visit, words: Mapping[str, Any]) -> None:
    """Another hour, aim or company. Raises ValidationError as `plan_visit`, and for what is cancelled."""
    can_change_visit.require(actor, visit)
    if visit.state == VisitState.CANCELLED:
        raise ValidationError(_("Cette visite est annulée. Rien n’a changé. Prévoyez-en une autre."))
    _put(visit, words)
    visit.save()
    _go(visit, words["visitors"])
    record("change visit", actor=actor.user_id, object_id=visit.pk)


def finish_visit(*, actor: Asking, visit: Visit) -> None:
    """It was made. Raises ValidationError before it began, or when it is not planned any more."""
    can_change_visit.require(actor, visit)
    if visit.state != VisitState.PLANNED:
        raise ValidationError(_("Cette visite n’attend plus : elle est faite ou annulée. Rien n’a changé."))
    if visit.starts_at > timezone.now():
        raise ValidationError(_("Cette visite n’a pas encore commencé. Changez sa date si elle a eu lieu plus tôt."))
    visit.state = VisitState.DONE
    visit.save(update_fields=["state"])
    record("finish visit", actor=actor.user_id, object_id=visit.pk)


def cancel_visit(*, actor: Asking, visit: Visit, reason: str) -> None:
    """It does not take place, and why; it stays, said to be cancelled. Raises ValidationError without a reason."""
    can_change_visit.require(actor, visit)
    why = plain_line(reason)[:300]
    if not why:
        raise ValidationError({"reason": _("Dites pourquoi, en quelques mots.")})
    if visit.state == VisitState.CANCELLED:
        raise ValidationError(_("Cette visite est déjà annulée. Rien n’a changé."))
    if visit.observations.exists():
        raise ValidationError(_("Des observations ont été faites pendant cette visite : elle ne s’annule plus."))
    visit.state, visit.reason = VisitState.CANCELLED, why
    visit.save(update_fields=["state", "reason"])
    record("cancel visit", actor=actor.user_id, object_id=visit.pk)


def _put(visit: Visit, words: Mapping[str, Any]) -> None:
    if words["ends_at"] <= words["starts_at"]:
        raise ValidationError({"ends": _("La fin vient avant le début. Changez l’une des deux heures.")})
    visit.starts_at, visit.ends_at = words["starts_at"], words["ends_at"]
    visit.where = plain_line(words.get("where", ""))[:200]
    visit.aim = plain_text(words.get("aim", ""))[:1000]
    visit.event = words.get("event")


def _go(visit: Visit, accounts: list[Account]) -> None:
    known: set[UUID] = set(Visitor.objects.filter(visit=visit).values_list("account_id", flat=True))
    wanted = {account.pk for account in accounts}
    Visitor.objects.filter(visit=visit, account__in=known - wanted).delete()
    for account in sorted(wanted - known):
        Visitor(visit=visit, account_id=account).save(force_insert=True)


def author_of(actor: Asking) -> UUID:
    """The account that writes. Raises PermissionDenied when nobody is signed in."""
    if actor.user_id is None:
        raise PermissionDenied(_("Connectez-vous pour écrire."))
    return actor.user_id
